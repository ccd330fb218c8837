"""Results as JSON alone, or as tables for the terminal."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import compress
from typing import TYPE_CHECKING

from launch_kits.settings.visible import UNSHOWN, visible
from launch_kits.statuses import TaskStatus
from launch_kits.workdays.in_words import day

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from launch_kits.cli.grid import TerminalTable
    from launch_kits.plan import Span
    from launch_kits.plan.assignments import Assignment
    from launch_kits.plan.rollout import Rollout
    from launch_kits.views.launch import TaskView

__all__ = [
    "UNSEEN",
    "as_json",
    "cell",
    "console",
    "marked",
    "plain",
    "plan_tables",
    "short_day",
    "show",
    "signed",
    "table",
    "task_rows",
    "working",
]


#: characters that a terminal obeys, or that turn a text; a line break is JSON's own
UNSEEN = re.compile(f"[{UNSHOWN}]")


def as_json(value: object) -> None:
    """Print a value as JSON.

    It is escaped for a terminal without Unicode.
    """
    escaped = not str(getattr(sys.stdout, "encoding", "")).lower().startswith("utf")
    text = json.dumps(value, indent=2, ensure_ascii=escaped, default=str)
    # a terminal obeys more characters than JSON escapes; no part of JSON but a text holds them
    print(UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def console() -> Console:
    """The terminal.

    Without one it has COLUMNS columns, or 120, so that nothing is cut in a log.
    """
    from launch_kits.cli.grid import Terminal

    # a key such as `battlecard:kite:` is no picture
    found = Terminal(highlight=False, soft_wrap=False, emoji=False)
    if not found.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        found = Terminal(highlight=False, width=120, emoji=False)
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
) -> TerminalTable:
    """A table.

    The columns in ``right`` are set flush right; those in ``spare`` are left out if there is no
    room.
    """
    from launch_kits.cli.grid import TerminalTable

    return TerminalTable(columns, title=title, right=right, spare=spare)


def plain(text: str) -> str:
    """A text whose brackets are not read as markup."""
    from rich.markup import escape

    return escape(text)


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show that a long piece of work goes on, with its seconds.

    It is shown on standard error: as a line that vanishes, or once if that is no terminal.
    """
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    shown = Console(stderr=True)
    if not shown.is_terminal:
        print(f"{text} …", file=sys.stderr)
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=shown, transient=True) as progress:
        progress.add_task(text, total=None)
        yield


def marked(text: str) -> RenderableType:
    """A table cell of a text of ours, whose markup is read."""
    from rich.text import Text

    return Text.from_markup(text)


def cell(text: str | None) -> RenderableType:
    """A table cell of plain text."""
    from rich.text import Text

    return Text(visible(text or ""))


def short_day(when: date | None) -> str:
    """A day in a table, such as ``Tue 2 Mar``; the year is clear from the lines around it."""
    return day(when, today=when) if when else ""


def plan_tables(rollout: Rollout, *, levelled: bool) -> Iterable[object]:
    """A table for each stage: tasks, owners, dates and float.

    Of levelled dates it shows the rest of the float: the days from the planned finish to due.
    """
    from rich.text import Text

    from launch_kits.cli.grid import Titled

    last = "Left" if levelled else "Float"
    columns = ("Task", "Owner", "Days", "Start", "Finish", "Due", last)
    dates = rollout.load.planned(levelled=levelled)
    left = rollout.load.days_left() if levelled else {}
    stages: dict[str, list[tuple[Assignment, Span]]] = {}
    for assignment, span in rollout.dated():
        stages.setdefault(assignment.stage.title, []).append((assignment, span))
    for title, rows in stages.items():
        found = table(
            *columns, title=title, right=("Days", last), spare=("Finish", "Days")
        )
        for assignment, span in rows:
            style = "yellow" if span.critical else ""
            spare = left.get(assignment.key, span.float_days)
            if spare < 0:
                style = "bold red"
            found.add_row(
                Titled(assignment.title, assignment.key),
                assignment.task.role,
                str(assignment.task.days) if assignment.task.days else "◆",
                short_day(dates[assignment.key].start),
                short_day(dates[assignment.key].finish),
                short_day(span.due),
                Text(signed(spare), style=style),
            )
        yield found


def task_rows(
    tasks: Iterable[TaskView],
    *,
    title: str | None = None,
    with_launch: bool = False,
    without: Collection[str] = (),
) -> TerminalTable:
    """Tasks as a table; a blocked one has its reason.

    The days of work are those that its messages name, with the day on which it ends as things stand
    if that is later.
    ``without`` names the columns that are left out; `overdue` leaves out that mark.
    """
    from rich.text import Text

    from launch_kits.cli.grid import Titled

    columns = (
        *(("Launch",) if with_launch else ()),
        "Task",
        "Owner",
        "Status",
        "When",
        "Due",
        "Float",
    )
    from launch_kits.database.records import TASK_STATUSES

    shown = [name not in without for name in columns]
    columns = tuple(compress(columns, shown))
    spare = tuple(name for name in ("When", "Float") if name in columns)
    found = table(*columns, title=title, right=("Float",), spare=spare)
    for task in tasks:
        state = Text(task.status, style=TASK_STATUSES[task.status].style)
        if task.overdue and "overdue" not in without:
            state.append(" overdue", style="bold red")
        late = task.float_days is not None and task.float_days < 0
        cells: list[RenderableType] = [
            *([task.launch] if with_launch else []),
            Titled(task.title, task.key, remark=_remark(task)),
            _owner(task),
            state,
            _days_of_work(task),
            short_day(task.due),
            Text(signed(task.float_days), style="bold red" if late else ""),
        ]
        found.add_row(*compress(cells, shown))
    return found


def _remark(task: TaskView) -> str:
    """Why a task is blocked, its last start, or that its owner has no time by its due day."""
    if task.starts_last and task.status is TaskStatus.READY and task.last_start:
        return f"start it on {short_day(task.last_start)} at the latest"
    if task.blocked_by:
        return task.blocked_by
    in_time = task.float_days is not None and task.float_days >= 0
    after = task.days > 0 and task.listed_days[1] > task.due
    return "planned after its due day" if in_time and after else ""


def _owner(task: TaskView) -> str:
    """The name of the owner, and of the person who acts for them."""
    acting = task.acting_name
    return f"{task.owner_name} ({acting} acts)" if acting else task.owner_name


def _days_of_work(task: TaskView) -> str:
    """The days of a task in a table, whose lines make the year clear."""
    from launch_kits.views.reader import work_days_in_words

    days = task.listed_days
    return work_days_in_words(days, task.late_finish, today=task.late_finish or days[1])


def signed(days: int | None) -> str:
    """Float with its sign; closed tasks have none."""
    if days is None:
        return ""
    return f"{days:+d}" if days else "0"
