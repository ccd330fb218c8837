"""The commands `outbox`."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.options import (
    clock,
    json_option,
    launch_option,
    now_option,
    open_store,
)
from launch_kits.settings import Settings

__all__ = ["outbox"]


@click.group(invoke_without_command=True)
@launch_option
@json_option
@now_option
@click.pass_context
def outbox(
    context: click.Context, launch: str | None, json: bool, now: datetime | None
) -> None:
    """Show the notices, sent and waiting.

    `outbox retry` sends dead ones again.
    """
    if context.invoked_subcommand is None:
        _show(launch, json=json, now=clock(now))


@outbox.command()
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@launch_option
@now_option
@click.pass_context
def retry(
    context: click.Context,
    keys: tuple[str, ...],
    launch: str | None,
    now: datetime | None,
) -> None:
    """Send dead notices again.

    Sends the notices of the given KEYs, those of a launch, or all. No notice arrives twice.
    """
    from launch_kits.cli.follow_up import follow_up, refuse_now
    from launch_kits.outbox import retry as retry_notices

    given = context.parent.params if context.parent else {}
    launch = launch or given.get("launch")
    now = now or given.get("now")
    settings = Settings.read()
    refuse_now(settings, now)
    store = open_store(settings)
    found = retry_notices(store, keys, launch=launch, now=clock(now))
    count = sum(found.values())
    verb = "notice waits" if count == 1 else "notices wait"
    print(f"{count} {verb} to be sent again" if count else "no notice is dead")
    for slug in found:
        follow_up(store, slug, settings=settings, now=clock(now))


def _show(launch: str | None, *, json: bool, now: datetime) -> None:
    from launch_kits.cli import output
    from launch_kits.database.queries import find_launch, notices_of
    from launch_kits.views.as_json import notices_json

    with open_store(Settings.read()).read() as session:
        if launch is not None:
            find_launch(session, launch)
        notices = notices_of(session, launch)
    if json:
        output.as_json(notices_json(notices))
        return
    found = output.table(
        "To", "Kind", "For", "Status", "Send after (UTC)", "Sent (UTC)", "Error"
    )
    for notice in notices:
        sent = _instant(notice.sent_at, now) if notice.sent_at else None
        texts = (
            notice.to,
            notice.kind,
            notice.task or notice.launch,
            notice.status,
            _instant(notice.send_after, now),
            sent,
            notice.error,
        )
        found.add_row(*(output.cell(text) for text in texts))
    output.show(found)


def _instant(at: datetime, now: datetime) -> str:
    """Write an instant; the year is left out if it is this one."""
    return f"{at:%d %b %H:%M}" if at.year == now.year else f"{at:%d %b %Y %H:%M}"
