"""The command `tasks`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    clock,
    json_option,
    launch_option,
    now_option,
    open_store,
    owner_option,
)
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.views.launch import LaunchView

__all__ = ["tasks"]


@click.command()
@owner_option
@launch_option
@json_option
@now_option
def tasks(
    owner: str | None, launch: str | None, json: bool, now: datetime | None
) -> None:
    """List open tasks by due day, across launches."""
    from launch_kits.cli import output
    from launch_kits.views.as_json import tasks_json
    from launch_kits.views.launch import open_tasks

    everyone = open_tasks(_views(launch, clock(now)))
    found = [
        task
        for task in everyone
        if owner is None or owner.lower() == task.owner.lower()
    ]
    if json:
        output.as_json(tasks_json(found))
    elif found:
        now_rows = [task for task in found if not task.later]
        later = [task for task in found if task.later]
        title = "Later: ready, handed out when its planned start is near"
        output.show(
            *([output.task_rows(now_rows, with_launch=True)] if now_rows else []),
            *(
                [output.task_rows(later, title=title, with_launch=True)]
                if later
                else []
            ),
        )
    elif owner and everyone:
        near = _near(owner, {task.owner for task in everyone})
        print(f"No open task is owned by {owner}{near}")
    else:
        print("No open tasks.")


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


def _views(launch: str | None, now: datetime) -> list[LaunchView]:
    from launch_kits.views.launch import list_launches, read_launch

    settings = Settings.read()
    with open_store(settings).read() as session:
        if launch is None:
            return list_launches(session, now=now, documents=settings.documents)
        return [read_launch(session, launch, now=now, documents=settings.documents)]
