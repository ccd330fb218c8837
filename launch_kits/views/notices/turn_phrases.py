"""The words for a launch that turns at risk, and for days that pass with work left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from launch_kits.views.notices.news_events import News, NewsEvent, Told, weekday
from launch_kits.views.notices.text import capitalize, quoted, shorten
from launch_kits.views.reader import count, iso_day, listed

__all__ = ["TURNS", "extension_lapsed", "gate_passed"]

#: tasks and checks that are named
NAMED = 3


def _at_risk(told: News) -> str:
    product = shorten(told.launch.product)
    lands_on, launch_on = told.fact("lands_on"), told.fact("launch_on")
    if not lands_on:
        turn = f"{product} is at risk: its launch day, {told.on('launch_on')}, cannot be kept"
    elif lands_on != launch_on:
        days = f"on {told.on('lands_on')}, not on {told.on('launch_on')}"
        turn = f"{product} is at risk: as things stand it lands {days}"
    else:
        turn = f"{product} is at risk, though its launch day can still be kept"
    late = told.notice.facts.get("late")
    behind = [*_behind(told)]
    causes = []
    if isinstance(late, int) and late:
        causes.append(f"{count(late, 'task')} {'is' if late == 1 else 'are'} overdue")
    if behind:
        causes.append(f"not in time: {', '.join(listed(behind, most=NAMED))}")
    return f"{turn}. {capitalize('; '.join(causes))}" if causes else turn


def _behind(told: News) -> Iterator[str]:
    rows = told.notice.facts.get("behind")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping):
            due = iso_day(row.get("due"))
            by = f", due {weekday(due)}" if due else ""
            owner = shorten(told.reader.name(str(row.get("owner"))))
            yield f"{quoted(str(row.get('title')))} ({owner}{by})"


def _launch_day_passed(told: News) -> str:
    left = told.notice.facts.get("open")
    tasks = count(left, "task") if isinstance(left, int) else "tasks"
    return (
        f"The launch day of {shorten(told.launch.product)}, {told.on('launch_on')}, "
        f"is over with {tasks} open. Finish them, or move the launch"
    )


def gate_passed(told: Told) -> str:
    """Write that a gate is open after its day, and its open checks."""
    return (
        f"Gate {quoted(told.fact('gate'))} is open after its day, {told.on('day')}: "
        f"{_checks(told)}"
    )


def _checks(told: Told) -> str:
    found = told.facts.get("checks")
    titles = [str(each) for each in found] if isinstance(found, list) else []
    named = ", ".join(listed(map(quoted, titles), most=NAMED))
    return f"{count(len(titles), 'check')}: {named}" if named else "a check"


def _waiver_ended(told: News) -> str:
    waiver = f"The waiver of {quoted(told.fact('check'))} ended on {told.on('until')}"
    gate = quoted(told.fact("gate"))
    return (
        f"{waiver}, so the gate {gate} is open again. Waive it again, or have it ticked"
    )


def extension_lapsed(told: Told) -> str:
    """Write that a request for more time needs no answer any more."""
    asked = f"No answer is needed any more about {told.quoted} until {told.on('until')}"
    return f"{asked}: it is due {told.on('due')} now"


TURNS: Mapping[NewsEvent, Callable[[News], str]] = {
    NewsEvent.AT_RISK: _at_risk,
    NewsEvent.LAUNCH_DAY_PASSED: _launch_day_passed,
    NewsEvent.GATE_PASSED: gate_passed,
    NewsEvent.WAIVER_ENDED: _waiver_ended,
    NewsEvent.EXTENSION_LAPSED: extension_lapsed,
}
