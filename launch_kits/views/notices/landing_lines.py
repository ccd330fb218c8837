"""The lines of a digest on where its launches land, and why."""

from __future__ import annotations

from collections.abc import Iterable

from launch_kits.plan import State
from launch_kits.views.landing import STATES, launched_in_list
from launch_kits.views.notices.digest_lines import DigestView, Line, product_of
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.message import Item, Subject
from launch_kits.views.notices.text import shares_in_words
from launch_kits.views.reader import count, iso_day

__all__ = ["landing_lines", "passed_items"]

#: causes that are named
NAMED = 2


def landing_lines(digest: DigestView) -> Iterable[str]:
    """Say of each launch when it lands, and why."""
    for line in digest.lines("launches"):
        launched_on = iso_day(line.get("launched_on"))
        if launched_on:
            when = launched_in_list(launched_on, day=digest.reader.day)
        else:
            launch_day = digest.day(line, "launch_on")
            when = f"launch day {launch_day}{_lands(line, digest)}"
        told = f"{product_of(line)}: {when}"
        state = line.get("state")
        if state in STATES and not launched_on:
            told += f"; {STATES[State(str(state))]}"
        late = line.get("late")
        if isinstance(late, int) and late:
            told += f", {count(late, 'task')} late"
        yield told


def passed_items(digest: DigestView) -> list[Item]:
    """List the launches with planned days that can no longer be kept, for their lead."""
    return [
        Item(
            text=f"{product_of(line)}: {line['passed']}",
            subject=Subject(str(line.get("launch")), ""),
            passed=True,
        )
        for line in digest.lines("launches")
        if line.get("passed")
    ]


def _lands(line: Line, digest: DigestView) -> str:
    """Return the day on which a launch lands, to follow its launch day if it is another.

    A lead reads the day that their last digest named, too.
    """
    lands_on = iso_day(line.get("lands_on"))
    before = _before(line, digest)
    if lands_on is None:
        return f", which cannot be kept as things stand{before}"
    if lands_on == iso_day(line.get("launch_on")):
        return f", on which it lands again{before}" if before else ""
    day = digest.reader.day(lands_on)
    return f", lands on {day} as things stand{before}{_because(line)}"


def _before(line: Line, digest: DigestView) -> str:
    """Return the day that the last digest named, in brackets; empty if it is the same."""
    if "landed" not in line:
        return ""
    landed = iso_day(line.get("landed"))
    said = digest.reader.day(landed) if landed else "no day"
    return f" ({said} in your last digest)"


def _because(line: Line) -> str:
    """Name the causes of a later landing; their days add up."""
    shares = rows_of(line, "because")
    named = [(each.get("cause"), each.get("days")) for each in shares[:NAMED]]
    rest = [
        days for each in shares[NAMED:] if isinstance(days := each.get("days"), int)
    ]
    if rest:
        more = "another task" if len(rest) == 1 else count(len(rest), "other task")
        named.append((more, sum(rest)))
    return f", because of {shares_in_words(named)}" if named else ""
