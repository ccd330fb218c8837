"""How results look: JSON alone on stdout, or tables that fit the terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from launch_kits.cli.grid import Grid
    from launch_kits.plan import Chain, Span, Step
    from launch_kits.rollout import Assignment, Rollout
    from launch_kits.views import LaunchView, TaskView

__all__ = [
    "as_json",
    "cell",
    "chain_json",
    "chain_lines",
    "console",
    "launch_json",
    "plain",
    "plan_tables",
    "plan_task_json",
    "short_day",
    "show",
    "table",
    "task_json",
    "task_rows",
]

#: status → how a table shows it
STYLES = {
    "waiting": "dim",
    "ready": "cyan",
    "doing": "blue",
    "review": "magenta",
    "blocked": "bold yellow",
    "done": "green",
    "dropped": "dim strike",
}


def as_json(value: object) -> None:
    """Print a value as JSON; a terminal that knows no Unicode gets it escaped."""
    escaped = not str(getattr(sys.stdout, "encoding", "")).lower().startswith("utf")
    print(json.dumps(value, indent=2, ensure_ascii=escaped, default=str))


def console() -> Console:
    """The terminal; 120 columns where there is none and COLUMNS does not say, so that nothing is cut in a log."""
    from rich.console import Console

    found = Console(highlight=False, soft_wrap=False)
    if not found.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        found = Console(highlight=False, width=120)
    return found


def show(*parts: object) -> None:
    """Print tables and lines."""
    out = console()
    for part in parts:
        out.print(part)


def table(
    *columns: str,
    title: str | None = None,
    right: Sequence[str] = (),
    spare: Sequence[str] = ("Sent (UTC)", "Send after (UTC)"),
) -> Grid:
    """A table; the columns in ``right`` are set flush right, those in ``spare`` left out where there is no room."""
    from launch_kits.cli.grid import Grid

    return Grid(columns, title=title, right=right, spare=spare)


def plain(text: str) -> str:
    """A text whose brackets are not taken for markup."""
    from rich.markup import escape

    return escape(text)


def cell(text: str | None) -> RenderableType:
    """A table cell of plain text."""
    from rich.text import Text

    return Text(text or "")


def short_day(day: date | None) -> str:
    """A day as people read it in a table: ``Tue 02 Mar``; the year is in the head."""
    return f"{day:%a %d %b}" if day else ""


def plan_task_json(assignment: Assignment, span: Span) -> dict[str, object]:
    """A planned task as the plan's JSON has it."""
    return {
        "key": assignment.key,
        "stage": assignment.stage.key,
        "title": assignment.title,
        "role": assignment.task.role,
        "owner": assignment.owner,
        "days": assignment.task.days,
        "after": [link.key for link in assignment.after],
        "anchor": assignment.task.anchor,
        "start": span.start.isoformat(),
        "finish": span.finish.isoformat(),
        "start_by": span.start_by.isoformat(),
        "due": span.due.isoformat(),
        "float": span.float_days,
        "critical": span.critical,
    }


def plan_tables(rollout: Rollout) -> Iterable[object]:
    """A table a stage: what, who, when, and how much there is to spare."""
    from rich.text import Text

    from launch_kits.cli.grid import Titled

    columns = ("Task", "Owner", "Days", "Start", "Finish", "Due", "Float")
    stages: dict[str, list[tuple[Assignment, Span]]] = {}
    for assignment, span in rollout.dated():
        stages.setdefault(assignment.stage.title, []).append((assignment, span))
    for title, rows in stages.items():
        found = table(*columns, title=title, right=("Days", "Float"), spare=("Finish", "Days"))
        for assignment, span in rows:
            style = "bold red" if span.float_days < 0 else "yellow" if span.critical else ""
            found.add_row(
                Titled(assignment.title, assignment.key),
                assignment.task.role,
                str(assignment.task.days) if assignment.task.days else "◆",
                short_day(span.start),
                short_day(span.finish),
                short_day(span.due),
                Text(f"{span.float_days:+d}" if span.float_days else "0", style=style),
            )
        yield found


def chain_json(chain: Chain | None) -> list[dict[str, object]]:
    """The chain that drives the date, from its first task to the last."""
    return [
        {
            "key": step.key,
            "start": step.span.start.isoformat(),
            "finish": step.span.finish.isoformat(),
            "float": step.span.float_days,
            "reason": step.reason,
            "waits_for": step.waits_for,
            "lag": step.lag,
            "closed": [day.isoformat() for day in step.closed],
            "off": [day.isoformat() for day in step.off],
        }
        for step in (chain.steps if chain else ())
    ]


def chain_lines(rollout: Rollout, chain: Chain | None) -> Iterable[object]:
    """What drives the date: each task with what keeps it from starting earlier."""
    if chain is None:
        return
    from launch_kits.cli.grid import Titled

    titles = {assignment.key: assignment.title for assignment in rollout.assignments}
    columns = ("Task", "Start", "Finish", "Float", "Why not earlier")
    found = table(*columns, title="What drives the date", right=("Float",), spare=("Float",))
    for step in chain.steps:
        found.add_row(
            Titled(titles[step.key], step.key),
            short_day(step.span.start),
            short_day(step.span.finish),
            f"{step.span.float_days:+d}" if step.span.float_days else "0",
            cell(_why(step)),
        )
    yield found
    hold = "its own due day" if chain.held_by == "due" else f"the {chain.anchor} day"
    yield f"The last of them must be done by {chain.held_on:%a %d %b %Y}, {hold}.\n"


def _why(step: Step) -> str:
    reasons = {
        "begin_on": "work begins",
        "waits_for": f"waits for {step.waits_for}" + (f", then {_days(step.lag)}" if step.lag else ""),
        "not_before": "its earliest start",
        "begun_on": "was begun",
    }
    held_up = [f"{_days(len(step.closed))} closed"] if step.closed else []
    held_up += [f"owner off for {_days(len(step.off))}"] if step.off else []
    return "; ".join([reasons[step.reason], *held_up])


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"


def task_json(task: TaskView, *, launch: str | None = None) -> dict[str, object]:
    """A task as status has it; with ``launch``, as `tasks` has it."""
    from launch_kits.exports import standing_of

    return {**({"launch": launch} if launch is not None else {}), **standing_of(task)}


def launch_json(view: LaunchView) -> dict[str, object]:
    """The head of a launch, as every status has it."""
    return {
        "launch": view.slug,
        "product": view.product,
        "status": view.status,
        "launch_on": view.launch_on.isoformat(),
        "readiness": round(view.readiness, 4),
        "late": view.late,
    }


def task_rows(tasks: Iterable[TaskView], *, title: str | None = None, with_launch: bool = False) -> Grid:
    """Tasks as a table, with what holds those that are blocked."""
    from rich.text import Text

    from launch_kits.cli.grid import Titled

    columns = (*(("Launch",) if with_launch else ()), "Task", "Owner", "Status", "Start", "Due", "Float")
    found = table(*columns, title=title, right=("Float",), spare=("Start", "Float"))
    for task in tasks:
        state = Text(task.status, style=STYLES[task.status])
        if task.overdue:
            state.append(" overdue", style="bold red")
        spare = "" if task.float_days is None else f"{task.float_days:+d}" if task.float_days else "0"
        late = task.float_days is not None and task.float_days < 0
        found.add_row(
            *([task.launch] if with_launch else []),
            Titled(task.title, task.key, remark=task.blocked_by or ""),
            task.owner_name,
            state,
            short_day(task.start),
            short_day(task.due),
            Text(spare, style="bold red" if late else ""),
        )
    return found
