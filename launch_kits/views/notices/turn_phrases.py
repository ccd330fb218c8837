"""The words for a launch that turns at risk, and for days that pass with work left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from launch_kits.views.notices.facts import rows_of, texts_of
from launch_kits.views.notices.news_events import News, NewsEvent, Told, weekday
from launch_kits.views.notices.text import capitalize, is_or_are, quoted, shorten
from launch_kits.views.reader import Reader, count, iso_day, listed

__all__ = ["TURNS", "extension_lapsed", "gate_passed", "on_track"]

#: tasks and checks that are named
NAMED = 3


def _at_risk(told: News) -> str:
    product = shorten(told.launch.product)
    turn = f"{product} is at risk{_landing(told)}"
    if told.fact("launched_on"):
        turn = f"{product}, launched on {told.on('launched_on')}, has late work"
    causes = "; ".join(_causes(told))
    return f"{turn}. {capitalize(causes)}" if causes else turn


def _landing(told: News) -> str:
    """Return the day on which a launch lands as things stand, to follow that it is at risk."""
    lands_on = told.fact("lands_on")
    launch_day = told.on("launch_on")
    if not lands_on:
        return f": its launch day, {launch_day}, cannot be kept"
    if lands_on == told.fact("launch_on"):
        return ", though its launch day can still be kept"
    return f": as things stand it lands on {told.on('lands_on')}, not on {launch_day}"


def _causes(told: News) -> Iterator[str]:
    late = told.facts.get("late")
    if isinstance(late, int) and late:
        yield f"{count(late, 'task')} {is_or_are(late)} overdue"
    behind = [_behind(row, told.reader) for row in rows_of(told.facts, "behind")]
    if behind:
        named = listed(behind, most=NAMED, noun="task")
        yield f"not in time: {', '.join(named)}"


def _behind(row: Mapping[str, object], reader: Reader) -> str:
    title = quoted(str(row.get("title")))
    owner = shorten(reader.name(str(row.get("owner"))))
    due = iso_day(row.get("due"))
    by = f", due {weekday(due)}" if due else ""
    if row.get("with"):
        approver = shorten(reader.name(str(row["with"])))
        return f"{title} (waits for {approver} to approve it{by})"
    return f"{title} ({owner}{by})"


def on_track(told: Told) -> str:
    """Write that a launch is not at risk any more."""
    product = shorten(told.fact("product"))
    if told.fact("launched_on"):
        return f"{product} has no late work any more"
    return f"{product} is on track again: it lands on its launch day, {told.on('launch_on')}"


def gate_passed(told: Told) -> str:
    """Write that a gate is open after its day, and its open checks."""
    return (
        f"Gate {quoted(told.fact('gate'))} is open after its day, {told.on('day')}: "
        f"{_checks(told)}"
    )


def _checks(told: Told) -> str:
    titles = texts_of(told.facts, "checks")
    if not titles:
        return "a check"
    named = listed(map(quoted, titles), most=NAMED, noun="check")
    return f"{count(len(titles), 'check')}: {', '.join(named)}"


def extension_lapsed(told: Told) -> str:
    """Write that a request for more time needs no answer any more."""
    asked = f"No answer is needed any more about {told.quoted} until {told.on('until')}"
    return f"{asked}: it is due {told.on('due')} now"


TURNS: Mapping[NewsEvent, Callable[[News], str]] = {
    NewsEvent.AT_RISK: _at_risk,
    NewsEvent.ON_TRACK: on_track,
    NewsEvent.EXTENSION_LAPSED: extension_lapsed,
}
