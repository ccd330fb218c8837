"""The lines of a digest in words, from the facts that it remembers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.plan import State
from launch_kits.views.decisions import ToDecide, Wanted
from launch_kits.views.landing import STATES
from launch_kits.views.notices.decision_text import asked_text
from launch_kits.views.notices.message import Item, Subject
from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.reader import Reader, count, iso_day

__all__ = [
    "DigestView",
    "Line",
    "asked",
    "at_risk",
    "landing_lines",
    "not_begun",
    "of_others",
    "review",
    "subject_of",
    "work",
]

Line = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DigestView:
    """The facts of a digest, and its reader."""

    facts: Mapping[str, object]
    reader: Reader

    def lines(self, key: str) -> list[Line]:
        """Return the lines under a key; none if older facts lack it."""
        found = self.facts.get(key)
        if not isinstance(found, list):
            return []
        return [line for line in found if isinstance(line, Mapping)]

    @property
    def several(self) -> bool:
        """Whether lines have to name their launch."""
        keys = ("tasks", "help", "asks", "seen", "news")
        return len({line.get("launch") for key in keys for line in self.lines(key)}) > 1

    def seen(self, kind: str) -> list[Line]:
        """Return the tasks of others that are late, at risk, or due soon."""
        return [line for line in self.lines("seen") if line.get("kind") == kind]

    def product(self, line: Line) -> str:
        """Return the launch of a line, after a space; empty if all are of one launch."""
        return f" ({shorten(str(line.get('product')))})" if self.several else ""

    def title(self, line: Line) -> str:
        """Return the title of a line in quotes, with its launch if there are several."""
        return f"{quoted(str(line.get('title')))}{self.product(line)}"

    def day(self, line: Line, key: str = "due") -> str:
        """Return a day of a line in words."""
        return self.reader.day(iso_day(line.get(key)) or self.reader.today)

    def owner(self, line: Line) -> str:
        """Return the name of the owner of a task."""
        return shorten(self.reader.name(str(line.get("owner"))))

    def overdue(self, line: Line) -> bool:
        """Return whether the due day of a line was over on the day of the digest."""
        return (iso_day(line.get("due")) or self.reader.today) < self.reader.today


def work(line: Line, digest: DigestView) -> str:
    """Write a task of the reader's own."""
    if digest.overdue(line):
        return f"{digest.title(line)}: {_was_due(line, digest)}"
    if _ends_today(line, digest.reader):
        ends = "planned to be finished today"
        return f"{digest.title(line)}: {ends}, due {digest.day(line)} at the latest"
    planned = _planned(line, digest.reader)
    if planned is None:
        return f"{digest.title(line)}: due {digest.day(line)}"
    return (
        f"{digest.title(line)}: planned {planned}, due {digest.day(line)} at the latest"
    )


def _was_due(line: Line, digest: DigestView) -> str:
    """Say on which day a task was due, and how long ago that is."""
    due = iso_day(line.get("due")) or digest.reader.today
    return f"was due {digest.reader.due(due)}"


def review(line: Line, digest: DigestView) -> str:
    """Write a review that the reader owes."""
    by = "was due" if digest.overdue(line) else "by"
    return (
        f"Approve {digest.title(line)} of {digest.owner(line)}, {by} {digest.day(line)}"
    )


def of_others(line: Line, digest: DigestView) -> str:
    """Write a task of another person who needs help, or is late."""
    due = f"due {digest.day(line)}"
    if digest.overdue(line):
        due = _was_due(line, digest)
    return f"{digest.title(line)} of {digest.owner(line)}: {due}"


def at_risk(line: Line, digest: DigestView) -> str:
    """Write a task of another person that cannot make its due day."""
    whose = f"{digest.title(line)} of {digest.owner(line)}"
    return f"{whose} cannot be done by {digest.day(line)} as things stand"


def not_begun(line: Line, digest: DigestView) -> str:
    """Write a task of another person that is due soon and not begun."""
    return f"{digest.title(line)} of {digest.owner(line)}: due {digest.day(line)}"


def asked(line: Line, digest: DigestView) -> Item:
    """Write an answer that the reader owes besides reviews."""
    until = iso_day(line.get("until"))
    checks = line.get("checks")
    ask = ToDecide(
        wanted=Wanted(str(line.get("wanted"))),
        who="",
        title=str(line.get("title")),
        key=str(line.get("task")),
        owner=str(line["owner"]) if line.get("owner") else None,
        due=iso_day(line.get("due")),
        until=until,
        checks=tuple(map(str, checks)) if isinstance(checks, list) else (),
    )
    text = f"{asked_text(ask, digest.reader)}{digest.product(line)}"
    more_time = until if ask.wanted is Wanted.MORE_TIME else None
    subject = subject_of(line, more_time)
    if ask.wanted in (Wanted.GATE, Wanted.WAIVER):
        subject = Subject(str(line.get("launch")), "")
    return Item(text=text, subject=subject)


def subject_of(line: Line, until: date | None = None) -> Subject | None:
    """Return the task of a line; ``until`` is a day that is asked for."""
    task = line.get("task")
    return Subject(str(line.get("launch")), str(task), until) if task else None


def landing_lines(digest: DigestView) -> Iterable[str]:
    """Say of each launch on which day it is to land, and as things stand."""
    for line in digest.lines("launches"):
        lands_on, launch_on = (
            iso_day(line.get("lands_on")),
            iso_day(line.get("launch_on")),
        )
        told = f"{shorten(str(line.get('product')))}: launch day {digest.day(line, 'launch_on')}"
        if lands_on is None:
            told += ", which cannot be kept as things stand"
        elif lands_on != launch_on:
            told += f", lands on {digest.reader.day(lands_on)} as things stand"
        state, late = line.get("state"), line.get("late")
        if state in STATES:
            told += f"; {STATES[State(str(state))]}"
        if isinstance(late, int) and late:
            told += f", {count(late, 'task')} late"
        yield told


def _ends_today(line: Line, reader: Reader) -> bool:
    """Whether a task is planned to be finished today, and due later."""
    due, finish = iso_day(line.get("due")), iso_day(line.get("planned_finish"))
    if due is None or finish is None or due <= reader.today:
        return False
    return reader.calendar.last_on_or_before(finish) == reader.today


def _planned(line: Line, reader: Reader) -> str | None:
    """Return the days planned for a task, or None if they say no more than its due day.

    Those of begun work are over, or are no longer the days on which it is done. Days beyond the due
    day are left out too.
    """
    if line.get("status") == TaskStatus.DOING:
        return None
    due = iso_day(line.get("due")) or reader.today
    start, finish = (
        iso_day(line.get("planned_start")),
        iso_day(line.get("planned_finish")),
    )
    if start is None or finish is None or start >= due:
        return None
    if due < reader.today or due < finish:
        return None
    return reader.span(start, finish)
