"""Commands that read: status, tasks, history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    clock,
    json_option,
    launch_argument,
    launch_option,
    now_option,
    open_store,
    owner_option,
)
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.records import Event
    from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["history", "status", "tasks"]


@click.command()
@click.argument("launch", required=False)
@json_option
@now_option
def status(launch: str | None, json: bool, now: datetime | None) -> None:
    """Show where a launch stands.

    Readiness, what is late, what is next. Without LAUNCH, all launches.
    """
    settings = Settings.read()
    with open_store(settings).read() as session:
        if launch is None:
            from launch_kits.views.launch import list_launches

            _list(
                list_launches(session, now=clock(now), documents=settings.documents),
                json=json,
            )
            return
        from launch_kits.views.facts import read_view

        view = read_view(
            session,
            launch,
            now=clock(now),
            documents=settings.documents,
            folders=settings.templates,
        )
    if json:
        from launch_kits.cli.output import as_json
        from launch_kits.views.as_json import gates_json, launch_json

        as_json({**launch_json(view), "tasks": _tasks_json(view), **gates_json(view)})
    else:
        _show(view)


def _tasks_json(view: LaunchView) -> list[dict[str, object]]:
    from launch_kits.views.as_json import task_json

    return [
        {**task_json(task), "stale": list(view.stale.get(task.key, ()))}
        for task in view.tasks
    ]


def _list(views: list[LaunchView], *, json: bool) -> None:
    from launch_kits.cli import output
    from launch_kits.views.as_json import launch_json

    if json:
        output.as_json(
            [
                {**launch_json(view), "tasks_open": len(view.open_tasks)}
                for view in views
            ]
        )
        return
    if not views:
        print("No launch yet; `launch-kits start BRIEF` starts one.")
        return
    found = output.table(
        "Launch",
        "Product",
        "Status",
        "Launch day",
        "Ready",
        "Late",
        "Open",
        right=("Ready", "Late", "Open"),
    )
    for view in views:
        late = f"[bold red]{view.late}[/]" if view.late else "0"
        found.add_row(
            view.slug,
            output.plain(view.product),
            view.status,
            f"{view.launch_on:%a %d %b %Y}",
            f"{view.percent}%",
            late,
            str(len(view.open_tasks)),
        )
    output.show(found)


def _show(view: LaunchView) -> None:
    from launch_kits.cli import output
    from launch_kits.cli.gates import verdict_line

    overdue = [task for task in view.open_tasks if task.overdue]
    following = [task for task in view.next_tasks if not task.overdue]
    parts: list[object] = [_head(view)]
    if view.status == "running":
        opening = [] if overdue or following else _opening_next(view)
        for title, rows in (
            ("Overdue", overdue),
            ("Next", following),
            ("Opens next, on its start day", opening),
        ):
            if rows:
                parts.append(output.task_rows(rows, title=title))
        waiting = len(view.open_tasks) - len(
            {task.key for task in (*overdue, *following)}
        )
        closed = len(view.tasks) - len(view.open_tasks)
        parts.append(f"Waiting for their turn: {waiting}. Closed: {closed}.")
        if view.gates:
            parts.append(
                f"{verdict_line(view)} `launch-kits gate {view.slug}` shows the gates."
            )
    if view.stale:
        parts.append(
            f"\nDocuments out of date, for what has changed (`launch-kits render {view.slug}` writes them again):"
        )
        parts += [
            f"  {output.plain(key)} ({output.plain(', '.join(why))})"
            for key, why in view.stale.items()
        ]
    output.show(*parts)
    folder = next((task.document.parent for task in view.tasks if task.document), None)
    if folder:
        # Not through Rich, which would cut a long path in two.
        print(f"Documents: {folder}")


def _head(view: LaunchView) -> str:
    from launch_kits.cli import output

    title = f"[bold]{output.plain(view.product)}[/]  {view.slug} · {view.status}\n"
    day = f"launch {view.launch_on:%a %d %b %Y}"
    if view.status != "running":
        return f"{title}{day} · {view.percent}% ready\n"
    days = (view.launch_on - view.today).days
    when = (
        f"in {days} days"
        if days > 1
        else "tomorrow"
        if days == 1
        else "today"
        if days == 0
        else f"{-days} days ago"
    )
    said = [f"{day}, {when}", f"{view.percent}% ready"]
    said.append(
        f"[bold red]{view.late} overdue[/]"
        if view.late
        else "[green]nothing overdue[/]"
    )
    blocked = sum(task.status == "blocked" for task in view.tasks)
    said += [f"[bold yellow]{blocked} blocked[/]"] if blocked else []
    worst = min(
        (task.float_days for task in view.open_tasks if task.float_days is not None),
        default=0,
    )
    said += [f"[bold red]{-worst} working days late[/]"] if worst < 0 else []
    return f"{title}{' · '.join(said)}\n"


def _opening_next(view: LaunchView) -> list[TaskView]:
    """The tasks that only a day holds."""
    open_keys = {task.key for task in view.open_tasks}
    return [task for task in view.open_tasks if not open_keys & set(task.after)]


@click.command()
@owner_option
@launch_option
@json_option
@now_option
def tasks(
    owner: str | None, launch: str | None, json: bool, now: datetime | None
) -> None:
    """List open tasks by due day, of everyone or of one person, across launches."""
    from launch_kits.cli import output
    from launch_kits.views.as_json import task_json

    views = _views(launch, now)
    found = sorted(
        (
            task
            for view in views
            if view.status == "running"
            for task in view.open_tasks
            if _is(owner, task)
        ),
        key=lambda task: task.due,
    )
    if json:
        output.as_json([task_json(task, launch=task.launch) for task in found])
    elif found:
        output.show(output.task_rows(found, with_launch=True))
    else:
        owners = {
            task.owner
            for view in views
            if view.status == "running"
            for task in view.open_tasks
        }
        print(
            f"No open task is owned by {owner}{_near(owner, owners)}"
            if owner and owners
            else "No open tasks."
        )


def _is(owner: str | None, task: TaskView) -> bool:
    return owner is None or owner.lower() == task.owner.lower()


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


def _views(launch: str | None, now: datetime | None) -> list[LaunchView]:
    from launch_kits.views.launch import list_launches, read_launch

    settings = Settings.read()
    with open_store(settings).read() as session:
        if launch is not None:
            return [
                read_launch(
                    session, launch, now=clock(now), documents=settings.documents
                )
            ]
        return list_launches(session, now=clock(now), documents=settings.documents)


@click.command()
@launch_argument
@json_option
def history(launch: str, json: bool) -> None:
    """Show what happened in a launch, oldest first."""
    from launch_kits.cli import output
    from launch_kits.database.queries import find_launch
    from launch_kits.views.as_json import event_json, events_of

    with open_store(Settings.read()).read() as session:
        find_launch(session, launch)
        events = events_of(session, launch)
    if json:
        output.as_json([event_json(event) for event in events])
        return
    found = output.table("At (UTC)", "By", "What", "Task", "Note")
    for event in events:
        texts = (
            f"{event.at:%d %b %H:%M}",
            event.by,
            event.verb,
            event.task,
            _told(event),
        )
        found.add_row(*(output.cell(text) for text in texts))
    output.show(found)


def _told(event: Event) -> str:
    """What an event changed, and its note."""
    data = event.data
    changes = {
        "until": f"{'asked for ' if data.get('asked') else ''}{data.get('due_before', 'due')} → {data.get('until')}",
        "owner": f"{data.get('owner_before')} → {data.get('owner')}",
        "launch_before": f"{data.get('launch_before')} → {data.get('launch_on')}",
        "link": str(data.get("link")),
    }
    told = [text for key, text in changes.items() if data.get(key)]
    return "; ".join([*told, *([event.note] if event.note else [])])
