"""The options and helpers that commands share."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.settings import Settings
from launch_kits.settings.masking import masked_in
from launch_kits.settings.visible import one_line
from launch_kits.workdays.in_words import days_in

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.errors import Fault
    from launch_kits.lint.planned import Planned

__all__ = [
    "PATH",
    "brief_argument",
    "by_name",
    "by_option",
    "clock",
    "fault_line",
    "json_option",
    "kit_option",
    "launch_argument",
    "launch_option",
    "link_option",
    "listed",
    "note_option",
    "now_option",
    "on_option",
    "open_store",
    "owner_option",
    "planned_brief",
    "say",
    "say_doubt",
    "task_argument",
    "tell",
    "warn",
]


def _instant(
    _ctx: click.Context, _param: click.Parameter, written: str | None
) -> datetime | None:
    if written is None:
        return None
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(
            f'"{written}" is not an instant; use one like 2026-11-23T09:00:00-05:00'
        ) from None
    if instant.tzinfo is None:
        raise click.BadParameter(
            f'"{written}" has no offset; use one like {written}+00:00'
        )
    from launch_kits.workdays.calendar import FIRST_YEAR, LAST_YEAR

    # A year less on both sides, since it may be another day in another time zone, and the days
    # before and after are read too.
    if not FIRST_YEAR < instant.year < LAST_YEAR:
        raise click.BadParameter(
            f'"{written}" is not within the years {FIRST_YEAR + 1} to {LAST_YEAR - 1}'
        )
    return instant


def _brief_file(_ctx: click.Context, _param: click.Parameter, given: Path) -> Path:
    """The brief's file, or the only brief in a folder."""
    from launch_kits.inputs.search import brief_named

    return brief_named(given)


def _kit_file(
    _ctx: click.Context, _param: click.Parameter, written: str | None
) -> Path | None:
    """The file of a kit that is given by name or path."""
    if written is None:
        return None
    from launch_kits.inputs.search import kit_file

    return kit_file(written, search=Settings.read().path)


PATH = click.Path(path_type=Path)

json_option = click.option("--json", is_flag=True, help="Print JSON.")
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Show its effect, and change nothing."
)
now_option = click.option("--now", metavar="INSTANT", callback=_instant, hidden=True)
by_option = click.option(
    "--by",
    metavar="EMAIL",
    help="The person who acts; the owner, approver or lead by default.",
)
link_option = click.option("--link", metavar="URL", help="The address of the result.")
note_option = click.option("--note", metavar="TEXT", help="A remark for the history.")
on_option = click.option(
    "--on", metavar="DATE", help="Launch day: 2027-03-02, or +12w, +10d from today."
)
kit_option = click.option(
    "--kit",
    metavar="NAME|PATH",
    callback=_kit_file,
    help="A kit by its name or its file.",
)
owner_option = click.option(
    "--owner", metavar="EMAIL", help="Show only this person's tasks."
)
launch_option = click.option(
    "--launch", metavar="LAUNCH", help="Show only this launch."
)
brief_argument = click.argument("brief", type=PATH, callback=_brief_file)
launch_argument = click.argument("launch")
task_argument = click.argument("task")


def clock(now: datetime | None) -> datetime:
    """The instant of a command: `--now`, or the clock's."""
    return now or datetime.now(UTC)


def open_store(settings: Settings) -> Store:
    """The database of the settings, closed when the command ends."""
    from launch_kits.database.store import Store
    from launch_kits.settings.place import this_place

    store = Store(settings.database_url, door="cli", origin=this_place())
    click.get_current_context().call_on_close(store.close)
    return store


def planned_brief(
    path: Path,
    *,
    on: str | None = None,
    begin: str | None = None,
    kit: Path | None = None,
    now: datetime,
) -> Planned:
    """Read and lint a brief's file by the settings, and plan it.

    Raises InputError, PlanError, Refused.
    """
    from launch_kits.lint.planned import read_rollout

    settings = Settings.read()
    return read_rollout(
        path,
        search=settings.path,
        templates=settings.templates,
        on=on,
        begin=begin,
        kit=kit,
        now=now,
    )


@contextmanager
def by_name(name: str) -> Iterator[None]:
    """Look for a launch by its name; NotFound tells if a folder has the name, but no brief."""
    try:
        yield
    except NotFound as error:
        if Path(name).is_dir():
            raise NotFound(f"{error}; the folder {name} has no brief either") from None
        raise


def listed(written: str, known: Sequence[str], noun: str) -> list[str]:
    """Split a comma-separated list into known names, each once.

    Raises Refused if a name is unknown or the list is empty; ``noun`` names the kind.
    """
    names = list(
        dict.fromkeys(name.strip() for name in written.split(",") if name.strip())
    )
    for name in names:
        if name not in known:
            raise Refused(
                f'unknown {noun} "{name}"{suggest(name, known) or "; known: " + ", ".join(known)}'
            )
    if not names:
        raise Refused(f"name at least one {noun} of {', '.join(known)}")
    return names


def say(text: str) -> None:
    """Print a message that is not the command's result."""
    print(one_line(masked_in(text)), file=sys.stderr)


def fault_line(fault: Fault, *, warning: bool = False) -> str:
    """A fault for people: its place, and its message with days in words."""
    kind = "warning: " if warning else ""
    return one_line(masked_in(f"{fault.place}: {kind}{days_in(fault.message)}"))


def say_doubt(doubt: Fault) -> None:
    """Print a doubtful thing of an input, with its days in words."""
    print(fault_line(doubt, warning=True), file=sys.stderr)


def warn(text: str) -> None:
    """Print a warning about a launch, with its days in words."""
    say(f"warning: {days_in(text)}")


def tell(text: object) -> None:
    """Print a line of the command's result; a terminal obeys none of it."""
    print(one_line(str(text)))
