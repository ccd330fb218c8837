"""The command `tasks`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    clock,
    json_option,
    launch_option,
    listed,
    now_option,
    open_store,
    owner_option,
    tell,
)
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.views.kept_tasks import ListedLaunch
    from launch_kits.views.launch import LaunchView
    from launch_kits.views.task import TaskView
    from launch_kits.views.task_filter import TaskFilter

__all__ = ["tasks"]


@click.command()
@owner_option
@click.option("--role", metavar="LIST", help="Show only tasks of these roles.")
@launch_option
@click.option("--stage", metavar="LIST", help="Show only tasks of these stages.")
@click.option(
    "--status",
    metavar="LIST",
    help="Show only tasks of these statuses, of overdue, or of later (not handed out yet).",
)
@click.option(
    "--week",
    metavar="WEEK",
    help="Show only tasks due in this week: this, next or 2027-W05.",
)
@json_option
@now_option
def tasks(
    owner: str | None,
    role: str | None,
    launch: str | None,
    stage: str | None,
    status: str | None,
    week: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """List open tasks by due day, across launches.

    A LIST has commas between its parts.
    """
    from launch_kits.cli import output
    from launch_kits.cli.request_lines import request_lines
    from launch_kits.views.as_json import tasks_json
    from launch_kits.views.task_filter import STATES, TaskFilter

    at = clock(now)
    views = _views(launch, at)
    every = TaskFilter(states=STATES).tasks(views) if role or stage else []
    wanted = TaskFilter(
        owner=owner,
        roles=_known(role, (task.role for task in every), "role"),
        stages=_known(stage, (task.stage for task in every), "stage"),
        states=_known(status, STATES, "status"),
        week=week,
    )
    found = wanted.tasks(views)
    if json:
        output.as_json(tasks_json(found))
        return
    fixed = _fixed(wanted, launch)
    owed = _owed(owner, at, launch) if owner and not _narrowed(wanted) else []
    if not found:
        if not owed:
            tell(_none(wanted, fixed, TaskFilter().tasks(views)))
        output.show(*_owed_table(owed))
        return
    if fixed:
        tasks = count(len(found), "task")
        output.show(f"{output.plain(_in_words(fixed))}: {tasks}")
    hidden = _hidden(wanted, launch, owners={task.owner for task in found})
    output.show(*_owed_table(owed), *_tables(found, hidden), *request_lines(found))


def _narrowed(wanted: TaskFilter) -> bool:
    """Whether only some of a person's tasks are asked for."""
    return bool(wanted.roles or wanted.stages or wanted.states or wanted.week)


def _owed(owner: str, now: datetime, launch: str | None) -> Sequence[str]:
    """The answers and the help that a person owes, as their other lists have them."""
    from launch_kits.views.notices.context import ContextLoader
    from launch_kits.views.personal_queue import read_queue

    settings = Settings.read()
    store = open_store(settings)
    contexts = ContextLoader(store, documents=settings.documents)
    queue = read_queue(store, contexts, owner, now=now)
    return [
        each.message.sentence
        for each in queue.answers
        if launch is None or each.launch.slug == launch
    ]


def _owed_table(sentences: Sequence[str]) -> Iterator[object]:
    """Yield the answers that a person owes, a line each."""
    from launch_kits.cli import output

    if sentences:
        yield "[bold]To answer[/]"
        yield from (output.plain(f"  {sentence}") for sentence in sentences)


def _tables(found: Sequence[TaskView], hidden: set[str]) -> Iterator[object]:
    """Yield the tasks to be worked on now, then those for later."""
    from launch_kits.cli import output

    now_rows = [task for task in found if not task.later]
    later = [task for task in found if task.later]
    title = "Later: ready, handed out when its planned start is near"
    tables = [(now_rows, None), (later, title)]
    for rows, name in tables:
        if rows:
            yield output.task_rows(rows, title=name, with_launch=True, without=hidden)


def _known(written: str | None, names: Iterable[str], noun: str) -> list[str]:
    """The parts of a list, checked against the names there are; raises Refused."""
    known = list(dict.fromkeys(names))
    return listed(written, known, noun) if written is not None and known else []


def _fixed(wanted: TaskFilter, launch: str | None) -> list[str]:
    """What all tasks of the list have in common, in words."""
    parts = [
        (launch,),
        (wanted.owner,),
        wanted.roles,
        wanted.stages,
        wanted.states,
        (_week_in_words(wanted.week) if wanted.week else None,),
    ]
    return [" or ".join(map(str, part)) for part in parts if any(part)]


def _week_in_words(week: str) -> str:
    return f"due {week} week" if week in ("this", "next") else f"due in week {week}"


def _in_words(fixed: list[str]) -> str:
    return " · ".join(fixed)


def _hidden(
    wanted: TaskFilter, launch: str | None, *, owners: Collection[str]
) -> set[str]:
    """The columns, and the mark, that would say the same in every row."""
    from launch_kits.database.records import TaskStatus
    from launch_kits.views.task_filter import LATER, OVERDUE

    one_status = len(wanted.states) == 1 and set(wanted.states) <= {*TaskStatus, LATER}
    columns = {
        OVERDUE: set(wanted.states) == {OVERDUE},
        "Launch": launch is not None,
        "Owner": len(owners) == 1 and bool(wanted.owner or wanted.roles),
        "Status": one_status,
    }
    return {name for name, is_fixed in columns.items() if is_fixed}


def _none(wanted: TaskFilter, fixed: list[str], everyone: list[TaskView]) -> str:
    """Say that there is no such task, and who has some if only the owner was asked for."""
    if not everyone or not fixed:
        return "No open tasks."
    owners = {task.owner for task in everyone}
    if wanted.owner and wanted.owner.casefold() not in map(str.casefold, owners):
        return f"No open task is owned by {wanted.owner}{_near(wanted.owner, owners)}"
    return f"No such task: {_in_words(fixed)}."


def _near(email: str, owners: Collection[str]) -> str:
    """The owner whose name is nearest to an email's, else all of them.

    The host would make everybody near.
    """
    names = {each.partition("@")[0]: each for each in sorted(owners)}
    near = get_close_matches(email.partition("@")[0], names, n=1, cutoff=0.6)
    return (
        f'; did you mean "{names[near[0]]}"?'
        if near
        else f"; owners: {', '.join(sorted(owners))}"
    )


def _views(
    launch: str | None, now: datetime
) -> Sequence[LaunchView] | Sequence[ListedLaunch]:
    from launch_kits.views.launch import read_launch
    from launch_kits.views.overview import list_tasks

    settings = Settings.read()
    with open_store(settings).read() as session:
        if launch is None:
            return list_tasks(session, now=now, documents=settings.documents)
        return [read_launch(session, launch, now=now, documents=settings.documents)]
