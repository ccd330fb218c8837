"""The commands `claims`: stale, conflicts, why, expire."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    clock,
    json_option,
    now_option,
    open_store,
    say,
    tell,
)
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line
from launch_kits.workdays.in_words import days_in

if TYPE_CHECKING:
    from launch_kits.views.claim_rows import Row
    from launch_kits.views.ledgers import LedgerUse

__all__ = ["claims"]

places_argument = click.argument("places", metavar="[PATH|LAUNCH]...", nargs=-1)


@click.group()
def claims() -> None:
    """Look after the claims and their sources.

    PATH is a brief, a ledger or a folder; LAUNCH is a launch's name, and its own snapshot is read.
    Without any, the launches that run are read.
    """


@claims.command()
@places_argument
@json_option
@now_option
def stale(places: tuple[str, ...], json: bool, now: datetime | None) -> None:
    """List stale cards and sources.

    Cards past their review, and sources that are too old or of unknown date.
    """
    from launch_kits.views.claim_rows import stale_rows

    _print(
        stale_rows(_ledgers(places, clock(now))),
        json,
        "Nothing is stale.",
        _stale_cells,
        ("Ledger", "What", "Id", "As of", "Stale since", "For"),
    )


def _stale_cells(row: Row) -> Sequence[object]:
    return (
        row["ledger"],
        row["what"],
        row["id"],
        _day(row["as_of"]),
        _day(row["stale_since"]),
        _words(row["claims"]),
    )


@claims.command()
@places_argument
@json_option
@now_option
def conflicts(places: tuple[str, ...], json: bool, now: datetime | None) -> None:
    """List disagreements of sources that the ledger has not settled."""
    from launch_kits.views.claim_rows import conflict_rows

    _print(
        conflict_rows(_ledgers(places, clock(now))),
        json,
        "No conflict is open.",
        _conflict_cells,
        ("Ledger", "Id", "Title", "Note", "Until settled"),
    )


def _conflict_cells(row: Row) -> Sequence[object]:
    values = row["values"] if isinstance(row["values"], list) else []
    said = "\n".join(
        f"{each['value']} ({', '.join(each['src']) or 'not sourced'}{_place(each)})"
        for each in values
    )
    return (row["ledger"], row["id"], row["subject"], said, row["use"])


def _place(value: Row) -> str:
    """The line and the words of a value, such as `, line 14: “5 USD”`."""
    line = f", line {value['line']}" if value["line"] is not None else ""
    return line + (f": “{value['quote']}”" if value["quote"] else "")


@claims.command()
@click.argument("claim", metavar="ID")
@places_argument
@json_option
@now_option
def why(claim: str, places: tuple[str, ...], json: bool, now: datetime | None) -> None:
    """Show sources and uses of a claim such as redis.y4."""
    from launch_kits.views.claim_rows import claim_rows

    folders = Settings.read().templates
    rows = claim_rows(_ledgers(places, clock(now)), claim, folders=folders)
    if json:
        from launch_kits.cli.output import as_json

        as_json(rows)
        return
    for row in rows:
        _tell_why(row)


def _tell_why(row: Row) -> None:
    tell(one_line(f"{row['id']} ({row['kind']}, {row['section']}): {row['text']}"))
    tell(f"  written in {row['path']}" + (f":{row['line']}" if row["line"] else ""))
    if not row["holds"]:
        instead = row["superseded_by"]
        later = f"; {instead} takes its place" if instead else ""
        tell(f"  has ended ({_day(row['valid_until']) or 'on no known day'}){later}")
    for name, lines in (
        (
            "rests on",
            [_source(each) for each in _rows(row["sources"])] or ["no source"],
        ),
        (
            "named by",
            [f"{each['what']}, {each['field']}" for each in _rows(row["fields"])],
        ),
        ("brought out by", [str(each) for each in _list(row["exposed_by"])]),
        (
            "used in" if row["holds"] else "was used in",
            [_document(each) for each in _rows(row["documents"])],
        ),
        (
            "held back",
            [
                f"from {who} readers: {what}"
                for who, what in dict(_pairs(row["hidden"])).items()
                if what
            ],
        ),
    ):
        for line in lines:
            tell(f"  {name} {one_line(line)}")


def _day(written: object) -> str:
    return days_in(str(written or ""))


def _source(each: Row) -> str:
    as_of = _day(each["as_of"])
    return f"{each['id']}, {as_of}{', stale' if each['stale'] else ''}: {each['url']}"


def _document(each: Row) -> str:
    return f"{each['task']} for {_words(each['audiences'])} readers"


@claims.command()
@places_argument
@click.option(
    "--within",
    metavar="DAYS",
    type=click.IntRange(0, 3650),
    default=30,
    help="Days ahead; 30 by default.",
)
@json_option
@now_option
def expire(
    places: tuple[str, ...], within: int, json: bool, now: datetime | None
) -> None:
    """List claims that have ended or end soon.

    With the documents that print them, or did.
    """
    from launch_kits.views.claim_rows import ending_rows

    folders = Settings.read().templates
    _print(
        ending_rows(_ledgers(places, clock(now)), within=within, folders=folders),
        json,
        "No claim ends.",
        _expire_cells,
        ("Id", "Last day", "Ended", "Instead", "Title", "For"),
    )


def _expire_cells(row: Row) -> Sequence[object]:
    tasks = _words([each["task"] for each in _rows(row["documents"])])
    return (
        row["id"],
        _day(row["last_day"]),
        "yes" if row["ended"] else "no",
        row["superseded_by"],
        row["text"],
        tasks,
    )


def _ledgers(places: Sequence[str], now: datetime) -> list[LedgerUse]:
    """The ledgers of the places, or of the launches that run."""
    from launch_kits.views.ledgers import (
        ledger_uses_at,
        ledger_uses_of_launches,
        split_places,
    )

    settings = Settings.read()
    paths, slugs = split_places(places)
    found: list[LedgerUse] = []
    for path in paths:
        found += ledger_uses_at(path, search=settings.path, now=now)
    if slugs or not paths:
        with open_store(settings).read() as session:
            of_launches = ledger_uses_of_launches(
                session, slugs, now=now, documents=settings.documents
            )
        if of_launches is None:
            say("no launch is running; name a brief, a ledger, a folder or a launch")
        found += of_launches or []
    return found


def _print(
    rows: Sequence[Row],
    json: bool,
    nothing: str,
    cells: Callable[[Row], Sequence[object]],
    columns: Sequence[str],
) -> None:
    from launch_kits.cli import output

    if json:
        output.as_json(rows)
    elif not rows:
        tell(nothing)
    else:
        found = output.table("Where", *columns)
        for row in rows:
            found.add_row(
                *(
                    output.cell(None if text is None else str(text))
                    for text in (row["where"], *cells(row))
                )
            )
        output.show(found)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _rows(value: object) -> list[Row]:
    return [each for each in _list(value) if isinstance(each, dict)]


def _pairs(value: object) -> list[tuple[str, object]]:
    return list(value.items()) if isinstance(value, dict) else []


def _words(value: object) -> str:
    return ", ".join(str(each) for each in _list(value))
