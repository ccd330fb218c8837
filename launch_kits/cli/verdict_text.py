"""The gates of a launch and its last decision, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from launch_kits.cli.output import plain
from launch_kits.plan.doubts import doubts_in_words
from launch_kits.plan.readiness import waited_for
from launch_kits.views.notices.text import capitalize
from launch_kits.workdays.in_words import count, day

if TYPE_CHECKING:
    from launch_kits.database.records import Decision
    from launch_kits.views.launch import LaunchView

__all__ = ["announcement_lines", "verdict_line"]


def announcement_lines(view: LaunchView) -> Iterator[str]:
    """A line for each notice that is too short, and each announcement out of order."""
    for message in doubts_in_words(doubt.fault for doubt in view.plan.announcements):
        yield f"[bold yellow]{plain(capitalize(message))}.[/]"


def verdict_line(view: LaunchView) -> str:
    """Sentences on the gates and the last decision."""
    decided = _decision_line(view, view.decision) if view.decision else ""
    if view.has_gone:
        return f"{decided}{_open_today(view)}"
    found = view.verdict
    missing = len(found.reasons)
    line = "[green]Ready to go: no hard gate before it is open.[/]"
    if not found.go:
        checks = count(missing, "check")
        verb = "is" if missing == 1 else "are"
        line = f"[bold red]Not ready to go:[/] {checks} of hard gates {verb} open."
    line += _other_checks(view)
    if found.early:
        has = "has" if len(found.early) == 1 else "have"
        passed = count(len(found.early), "passed gate")
        line += f" [bold yellow]{passed} still {has} open work.[/]"
    return f"{line} {decided}" if decided else line


def _open_today(view: LaunchView) -> str:
    """Name the checks that are open after the last go, those before it apart."""
    before = after = 0
    for gate in view.gates:
        missing = len(gate.open_checks(view.today))
        if waited_for(gate, up_to=view.decides_at):
            before += missing
        else:
            after += missing
    parts = [f"{count(before, 'check')} of the gates before it"] if before else []
    parts += [f"{count(after, 'check')} of the gates after it"] if after else []
    return f" Open today: {', '.join(parts)}." if parts else ""


def _other_checks(view: LaunchView) -> str:
    """Name the open checks that the next go does not wait for, so that all add up."""
    soft = later = 0
    for gate in view.gates:
        missing = len(gate.open_checks(view.today))
        if not gate.hard:
            soft += missing
        elif not waited_for(gate, up_to=view.decides_at):
            later += missing
    parts = [f"{later} of hard gates for later"] if later else []
    parts += [f"{soft} of soft gates"] if soft else []
    if not parts:
        return ""
    verb = "does" if soft + later == 1 else "do"
    more = count(soft + later, "more open check")
    return f" {more} {verb} not hold the next go: {', '.join(parts)}."


def _decision_line(view: LaunchView, decision: Decision) -> str:
    word = "go" if decision.go else "no-go"
    why = f": {plain(decision.note.rstrip('.'))}" if decision.note else ""
    by = plain(view.name(decision.by))
    return f"Decided on {day(decision.at, today=decision.at)}: [bold]{word}[/], by {by}{why}."
