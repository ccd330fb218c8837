"""The command `forget`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import clock, open_store
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from pathlib import Path

    from launch_kits.verbs.forget import Forgotten

__all__ = ["forget"]

#: table → one of its rows in words, and several
ROWS = {
    "answered": ("request from Slack", "requests from Slack"),
    "card_use": ("use of a card", "uses of cards"),
    "day_change": ("change of a day", "changes of days"),
    "decision": ("decision", "decisions"),
    "digest_due": ("time of a digest", "times of digests"),
    "document_version": ("version of a document", "versions of documents"),
    "event": ("event", "events"),
    "extension": ("request for more time", "requests for more time"),
    "gate_check": ("check of a gate", "checks of gates"),
    "launch": ("launch with its brief", "launches with their briefs"),
    "notice": ("notice", "notices"),
    "question": ("question", "questions"),
    "room_link": ("link of the launch room", "links of the launch room"),
    "room_session": ("session of the launch room", "sessions of the launch room"),
    "slack_user": ("Slack profile", "Slack profiles"),
    "task": ("task", "tasks"),
    "waiver": ("waiver", "waivers"),
}
#: tables that are computed again from the others
COMPUTED = ("kept_tasks", "overview")
#: a row of any other table
OTHER = ("other record", "other records")


@click.command()
@click.argument("email", metavar="EMAIL")
@click.option(
    "--name",
    "names",
    metavar="TEXT",
    multiple=True,
    help="Another name of the person, to be replaced in all texts; may be repeated.",
)
@click.option("--apply", is_flag=True, help="Do it. It cannot be undone.")
def forget(email: str, names: Sequence[str], *, apply: bool) -> None:
    """Show the effect of erasing a person.

    With --apply, do it: a pseudonym takes the place of address and names in all launches, and
    sessions, links and the Slack profile are deleted. Refused while the person has a part in a
    running launch. Files that hold the address are listed, and stay.
    """
    from launch_kits.cli import output
    from launch_kits.verbs.forget import forget as erase
    from launch_kits.verbs.forget import preview_forgetting
    from launch_kits.worker.traces import files_with

    settings = Settings.read()
    store = open_store(settings)
    verb = erase if apply else preview_forgetting
    found = verb(store, email, names=names, now=clock(None))
    runs = _forget_runs(settings, found) if apply else None
    files = files_with(settings, [email, *found.words])
    output.show(*_lines(found, files, applied=apply))
    if apply:
        output.show(_of_prefect(settings, runs))


def _forget_runs(settings: Settings, found: Forgotten) -> int | None:
    """Delete the runs in Prefect; None without a server."""
    from launch_kits.board.address import api_auth, api_url

    url = api_url(settings)
    if url is None:
        return None
    from launch_kits.board.client import connected
    from launch_kits.board.forget import forget_runs

    with connected(url, auth=api_auth(settings)) as client:
        return forget_runs(client, found.launches, holds=found.replacer.names)


def _of_prefect(settings: Settings, runs: int | None) -> str:
    if runs is None:
        return (
            "No Prefect server is used. If one was used before, delete its database while it is "
            "stopped: the next sweep with a server makes the runs of running launches again."
        )
    days = settings.keep.events
    rest = f"stay for {count(days, 'day')}" if days else "stay for ever"
    return (
        f"Prefect: {count(runs, 'run')} deleted; the next sweep makes those of running launches "
        f"again. Its events and logs {rest} (LAUNCH_KITS_KEEP_EVENTS)."
    )


def _lines(found: Forgotten, files: Sequence[Path], *, applied: bool) -> Iterator[str]:
    from launch_kits.cli.output import plain

    becomes = "is now" if applied else "would become"
    who = plain(", ".join([found.email, *found.names]))
    yield f"{who} {becomes} {found.pseudonym}."
    for heading, rows in (("changed", found.changed), ("deleted", found.deleted)):
        for table, number in sorted(rows.items()):
            if number and table not in COMPUTED:
                one, several = ROWS.get(table, OTHER)
                yield f"  {heading}: {count(number, one, plural=several)}"
    for name in found.chosen:
        yield plain(
            f'"{name}" is only in their Slack profile, so it stays within longer texts; '
            f'--name "{name}" replaces it there'
        )
    for name, whose in found.shared.items():
        yield plain(
            f'"{name}" is also the name of {", ".join(whose)}, so it stays in texts; '
            f'--name "{name}" replaces it there'
        )
    if found.launches:
        yield f"Launches: {plain(', '.join(found.launches))}"
    if files:
        yield "These files hold the address or a name, and stay; change or delete them:"
        yield from (f"  {plain(str(path))}" for path in files)
    if not applied:
        yield "Nothing is changed yet; --apply does it, and cannot be undone."
