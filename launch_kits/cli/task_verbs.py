"""The commands on a task: one table of verbs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from launch_kits.cli.follow_up import carry_out_or_try
from launch_kits.cli.options import (
    by_option,
    clock,
    dry_run_option,
    launch_argument,
    link_option,
    note_option,
    now_option,
    open_store,
    say,
    task_argument,
)
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Change, Outcome

__all__ = [
    "approve",
    "begin",
    "block",
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

#: the verbs that change a plan
TRIED = frozenset(["drop", "reopen", "extend", "approve"])

until_option = click.option(
    "--until",
    metavar="DATE",
    required=True,
    help="The last day of the time it needs: 2027-02-05, or +3d from today.",
)
asked_option = click.option(
    "--until",
    metavar="DATE",
    help="Answer the request for more time until this day, also if work is in review.",
)
to_option = click.option(
    "--to", metavar="ROLE|EMAIL", required=True, help="A role of the team, or an email."
)
waits_on_option = click.option(
    "--waits-on",
    metavar="ROLE|EMAIL",
    help="The person who can help, and is told.",
)
remark_option = click.option(
    "--note", metavar="TEXT", required=True, help="The remark."
)


def _checks(
    _ctx: click.Context, _param: click.Parameter, written: str | None
) -> tuple[str, ...]:
    """The checks of a list with commas."""
    return tuple(filter(None, (part.strip() for part in (written or "").split(","))))


checks_option = click.option(
    "--checks",
    metavar="LIST",
    callback=_checks,
    help="Gate checks that it proves, as STAGE.KEY or STAGE.N, with commas.",
)


def _verb(name: str, summary: str, *options: Callable[[Any], Any]) -> click.Command:
    """The command of a verb that takes its options as they are, but for days.

    One of the verbs that change a plan can be tried.
    """

    def command(
        launch: str,
        task: str,
        now: datetime | None,
        *,
        dry_run: bool = False,
        **given: str | tuple[str, ...] | None,
    ) -> None:
        from launch_kits import verbs
        from launch_kits.views.written_day import read_day

        verb = getattr(verbs, name)
        until = str(given.pop("until", None) or "")

        def run(store: Store | Change, at: datetime) -> Outcome:
            days = open_store(Settings.read())
            day = {"until": read_day(days, launch, until, now=at)} if until else {}
            found: Outcome = verb(store, launch, task, now=at, **given, **day)
            return found

        carry_out_or_try(launch, now, run, dry_run=dry_run)
        if name == "approve" and not dry_run:
            _say_gaps(launch, task, now)

    tried = (dry_run_option,) if name in TRIED else ()
    after = (*reversed(options), task_argument, launch_argument)
    for add in (now_option, *tried, *after):
        command = add(command)
    return click.command(name, help=summary)(command)


def _say_gaps(launch: str, task: str, now: datetime | None) -> None:
    """Name the parts that the document of an approved task lacks, or of one with more time."""
    from launch_kits.errors import DocumentError
    from launch_kits.views.documents import read_lacks

    settings = Settings.read()
    # the approval holds, whether the document can be rendered or not
    with suppress(DocumentError), open_store(settings).read() as session:
        lacks = read_lacks(
            session,
            launch,
            task,
            now=clock(now),
            documents=settings.documents,
            folders=settings.templates,
        )
        if lacks:
            say(f"note: the document of {task} lacks {', '.join(lacks)}")


begin = _verb("begin", "Start work on a task.", by_option, note_option)
done = _verb(
    "done",
    "Finish a task; one with an approver goes to review.",
    link_option,
    checks_option,
    by_option,
    note_option,
)
submit = _verb(
    "submit", "Hand a task over for approval.", link_option, by_option, note_option
)
approve = _verb(
    "approve",
    "Approve a task in review, or the more time that its owner asked for.",
    asked_option,
    checks_option,
    by_option,
    note_option,
)
reject = _verb(
    "reject",
    "Send a task in review back, or refuse the more time that its owner asked for.",
    asked_option,
    by_option,
    note_option,
)
block = _verb(
    "block",
    "Mark a task as blocked; --note says why, and the lead is told.",
    waits_on_option,
    by_option,
    note_option,
)
unblock = _verb("unblock", "Continue a blocked task.", by_option, note_option)
drop = _verb(
    "drop",
    "Leave a task out; its successors wait for its predecessors.",
    by_option,
    note_option,
)
reopen = _verb(
    "reopen",
    "Take a done or dropped task up again; successors not yet begun go back to waiting.",
    by_option,
    note_option,
)
extend = _verb(
    "extend",
    "Give a task more time.\n\n"
    "Up to its due day it is granted at once, and the due day stays. Beyond it the lead is asked.",
    until_option,
    by_option,
    note_option,
)
note = _verb(
    "note",
    "Write a remark into a task's history; --link shows its result so far.",
    remark_option,
    link_option,
    by_option,
)


@click.command()
@launch_argument
@click.argument("task", required=False)
@to_option
@click.option("--role", metavar="ROLE", help="All open tasks of this role.")
@by_option
@note_option
@dry_run_option
@now_option
def reassign(
    launch: str,
    task: str | None,
    to: str,
    role: str | None,
    by: str | None,
    note: str | None,
    *,
    dry_run: bool,
    now: datetime | None,
) -> None:
    """Give a task to another owner.

    With --role, all open tasks of a role.
    """
    from launch_kits import verbs

    if (task is None) == (role is None):
        raise click.UsageError("name either a TASK or a --role to reassign")

    def verb(store: Store | Change, at: datetime) -> Outcome:
        if role is not None:
            return verbs.reassign_role(
                store, launch, role=role, to=to, by=by, note=note, now=at
            )
        return verbs.reassign(store, launch, str(task), to=to, by=by, note=note, now=at)

    carry_out_or_try(launch, now, verb, dry_run=dry_run)
