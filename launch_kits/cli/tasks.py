"""Commands on a task: one for each verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from launch_kits.cli.doors import By, LaunchArg, Note, Now, TaskArg, clock, day, open_store, say
from launch_kits.errors import Refused
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.launch import Outcome
    from launch_kits.store import Store

__all__ = [
    "approve",
    "begin",
    "block",
    "carry_out",
    "done",
    "drop",
    "extend",
    "note",
    "reassign",
    "reject",
    "reopen",
    "submit",
    "unblock",
]

Link = Annotated[str | None, typer.Option("--link", metavar="URL", help="Where the result can be seen.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="New due day: 2027-02-05, or +3d from today.")]
To = Annotated[str, typer.Option("--to", metavar="ROLE|EMAIL", help="A role of the team, or an email.")]


def carry_out(slug: str, now: datetime | None, verb: Callable[[Store, datetime], Outcome]) -> None:
    """Carry a verb out, say what it did, and bring its consequences about.

    With a Prefect server the launch's run is woken to do that; without one it is done here.
    """
    from launch_kits.cli.consequences import follow_up, refuse_now

    settings = Settings.read()
    refuse_now(settings, now)
    store = open_store(settings)
    instant = clock(now)
    outcome = verb(store, instant)
    for warning in outcome.warnings:
        say(f"warning: {warning}")
    print(outcome.message)
    if outcome.changed:
        follow_up(store, slug, settings=settings, now=instant)


def begin(launch: LaunchArg, task: TaskArg, by: By = None, note: Note = None, now: Now = None) -> None:
    """Start work on a task."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.begin(store, launch, task, by=by, note=note, now=at))


def done(
    launch: LaunchArg, task: TaskArg, link: Link = None, by: By = None, note: Note = None, now: Now = None
) -> None:
    """Finish a task; one with an approver goes to review."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.done(store, launch, task, by=by, link=link, note=note, now=at))


def submit(
    launch: LaunchArg, task: TaskArg, link: Link = None, by: By = None, note: Note = None, now: Now = None
) -> None:
    """Hand a task over for approval."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.submit(store, launch, task, by=by, link=link, note=note, now=at))


def approve(launch: LaunchArg, task: TaskArg, by: By = None, note: Note = None, now: Now = None) -> None:
    """Approve a task in review, or the more time that its owner asked for."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.approve(store, launch, task, by=by, note=note, now=at))


def reject(launch: LaunchArg, task: TaskArg, by: By = None, note: Note = None, now: Now = None) -> None:
    """Send a task in review back, or refuse the more time that its owner asked for."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.reject(store, launch, task, by=by, note=note, now=at))


def block(launch: LaunchArg, task: TaskArg, by: By = None, note: Note = None, now: Now = None) -> None:
    """Say that a task cannot go on; --note says why, and the lead hears it."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.block(store, launch, task, by=by, note=note, now=at))


def unblock(launch: LaunchArg, task: TaskArg, by: By = None, note: Note = None, now: Now = None) -> None:
    """Say that a blocked task goes on."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.unblock(store, launch, task, by=by, note=note, now=at))


def drop(launch: LaunchArg, task: TaskArg, by: By = None, note: Note = None, now: Now = None) -> None:
    """Leave a task out; its successors wait for what it waited for."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.drop(store, launch, task, by=by, note=note, now=at))


def reopen(launch: LaunchArg, task: TaskArg, by: By = None, note: Note = None, now: Now = None) -> None:
    """Take a done or dropped task up again; successors not yet begun go back to waiting."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.reopen(store, launch, task, by=by, note=note, now=at))


def note(
    launch: LaunchArg,
    task: TaskArg,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="The remark.", show_default=False)],
    by: By = None,
    now: Now = None,
) -> None:
    """Write a remark into a task's history."""
    from launch_kits import launch as verbs

    carry_out(launch, now, lambda store, at: verbs.note(store, launch, task, by=by, note=note, now=at))


def extend(launch: LaunchArg, task: TaskArg, until: Until, by: By = None, note: Note = None, now: Now = None) -> None:
    """Move a task's due day: at once within its float, beyond it the lead is asked."""
    from launch_kits import launch as verbs

    def verb(store: Store, at: datetime) -> Outcome:
        return verbs.extend(store, launch, task, until=_day_of(store, launch, until, at), by=by, note=note, now=at)

    carry_out(launch, now, verb)


def _day_of(store: Store, slug: str, written: str, now: datetime) -> date:
    from launch_kits.brief import Brief
    from launch_kits.store import find_launch

    with store.read() as session:
        zone = Brief.model_validate(find_launch(session, slug).brief).zone()
    return day(written, now=now, zone=zone)


def reassign(
    launch: LaunchArg,
    to: To,
    task: Annotated[
        str | None, typer.Argument(metavar="[TASK]", help="The task's key; or use --role.", show_default=False)
    ] = None,
    role: Annotated[str | None, typer.Option("--role", metavar="ROLE", help="All open tasks of this role.")] = None,
    by: By = None,
    note: Note = None,
    now: Now = None,
) -> None:
    """Give a task, or all open tasks of a role, to another owner."""
    from launch_kits import launch as verbs

    if (task is None) == (role is None):
        raise Refused("name either a task or a --role to reassign")

    def verb(store: Store, at: datetime) -> Outcome:
        if role is not None:
            return verbs.reassign_role(store, launch, role=role, to=to, by=by, note=note, now=at)
        return verbs.reassign(store, launch, str(task), to=to, by=by, note=note, now=at)

    carry_out(launch, now, verb)
