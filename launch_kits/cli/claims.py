"""Commands that look after ledgers: claims stale, conflicts, why, expire."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import clock, json_option, now_option, open_store, say
from launch_kits.errors import NotFound, suggest
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.documents.citations import Printed
    from launch_kits.inputs.ledger import Claim
    from launch_kits.views.ledgers import LedgerUse

__all__ = ["claims"]

#: a row of a result as JSON has it
Row = dict[str, object]

places_argument = click.argument("places", metavar="[PATH|LAUNCH]...", nargs=-1)


@click.group()
def claims() -> None:
    """Look after the claims: what is stale, in conflict or about to end, and where a claim is used.

    PATH is a brief, a ledger or a folder; LAUNCH is a launch's name, whose own snapshot is looked
    at. Without any, the launches that run.
    """


@claims.command()
@places_argument
@json_option
@now_option
def stale(places: tuple[str, ...], json: bool, now: datetime | None) -> None:
    """List cards past their review, and sources too old to rest on or of unknown date."""
    from launch_kits.claims.audit import stale as find

    rows: list[Row] = [
        {
            **_head(held),
            "what": each.what,
            "id": each.id,
            "as_of": each.as_of,
            "stale_since": each.since.isoformat() if each.since else None,
            "claims": list(each.claims),
        }
        for held in _holdings(places, clock(now))
        for each in find(held.ledger, today=held.today)
    ]
    _print(
        rows,
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
        row["as_of"],
        row["stale_since"],
        _words(row["claims"]),
    )


@claims.command()
@places_argument
@json_option
@now_option
def conflicts(places: tuple[str, ...], json: bool, now: datetime | None) -> None:
    """List what sources disagree about, until the ledger settles it."""
    from launch_kits.claims.audit import open_conflicts

    rows: list[Row] = [
        {
            **_head(held),
            "id": claim.id,
            "section": section,
            "subject": claim.text,
            "values": [
                {"value": each.value, "src": list(each.src)} for each in claim.values
            ],
            "use": claim.use,
        }
        for held in _holdings(places, clock(now))
        for section, claim in open_conflicts(held.ledger, today=held.today)
    ]
    _print(
        rows,
        json,
        "No conflict is open.",
        _conflict_cells,
        ("Ledger", "Id", "Title", "Note", "Until settled"),
    )


def _conflict_cells(row: Row) -> Sequence[object]:
    values = row["values"] if isinstance(row["values"], list) else []
    said = "\n".join(
        f"{each['value']} ({', '.join(each['src']) or 'not sourced'})"
        for each in values
    )
    return (row["ledger"], row["id"], row["subject"], said, row["use"])


@claims.command()
@click.argument("claim", metavar="ID")
@places_argument
@json_option
@now_option
def why(claim: str, places: tuple[str, ...], json: bool, now: datetime | None) -> None:
    """Show where a claim such as redis.y4 is used, and what it rests on."""
    settings = Settings.read()
    held = _holdings(places, clock(now))
    found = [(each, known) for each in held if (known := each.find(claim)) is not None]
    if not found:
        refs = [each.ref(known) for each in held for _, _, known in each.ledger.each()]
        raise NotFound(
            f'no claim "{claim}"{suggest(claim, refs) or "; `claims why` takes one such as redis.y4"}'
        )
    rows = [_why(each, known, folders=settings.templates) for each, known in found]
    if json:
        from launch_kits.cli.output import as_json

        as_json(rows)
        return
    for row in rows:
        _tell_why(row)


def _why(held: LedgerUse, claim: Claim, *, folders: Sequence[Path]) -> Row:
    from launch_kits.claims.visibility import hidden_because
    from launch_kits.inputs.audience import Audience

    ledger, today = held.ledger, held.today
    path, line = held.place(claim)
    section = next(name for name, _, each in ledger.each() if each.id == claim.id)
    after_days = ledger.card.stale_after_days
    ended = claim.ended_by(today)
    return {
        **_head(held),
        "id": held.ref(claim),
        "path": path,
        "line": line,
        "section": section,
        "kind": claim.kind,
        "text": claim.text,
        "holds": not ended,
        "valid_until": claim.valid_until,
        "superseded_by": claim.superseded_by,
        "hidden": {
            str(who): hidden_because(ledger, claim, today=today, reader=who)
            for who in Audience
        },
        "sources": [
            {
                "id": name,
                "url": source.url,
                "as_of": source.as_of,
                "by": source.by,
                "stale": is_stale,
            }
            for name in dict.fromkeys(
                (*claim.src, *(src for each in claim.values for src in each.src))
            )
            if (source := ledger.sources.get(name))
            for is_stale in [source.stale_on(today, after_days=after_days)]
        ],
        "fields": [
            {"field": where, "line": at, "what": what}
            for where, at, what in held.fields(claim)
        ],
        "exposed_by": [
            each.id for _, _, each in ledger.each() if each.exposes == claim.id
        ],
        "documents": _documents(
            held.documents([claim], folders=folders, revived=ended)[claim.id]
        ),
    }


def _documents(found: Sequence[Printed]) -> list[dict[str, object]]:
    return [
        {
            "task": each.task,
            "template": each.template,
            "audiences": list(each.audiences),
        }
        for each in found
    ]


def _tell_why(row: Row) -> None:
    print(f"{row['id']} ({row['kind']}, {row['section']}): {row['text']}")
    print(f"  stands in {row['path']}" + (f":{row['line']}" if row["line"] else ""))
    if not row["holds"]:
        later = (
            f"; {row['superseded_by']} takes its place" if row["superseded_by"] else ""
        )
        print(f"  has ended ({row['valid_until'] or 'on no known day'}){later}")
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
            print(f"  {name} {line}")


def _source(each: Row) -> str:
    return f"{each['id']}, {each['as_of']}{', stale' if each['stale'] else ''}: {each['url']}"


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
    """List claims that have ended or end soon, with the documents that print or used to print them."""
    from launch_kits.claims.audit import endings

    settings = Settings.read()
    rows: list[Row] = []
    for held in _holdings(places, clock(now)):
        found = list(endings(held.ledger, today=held.today, within=within))
        documents = held.documents(
            [each.claim for each in found], folders=settings.templates, revived=True
        )
        rows += [
            {
                **_head(held),
                "id": held.ref(each.claim),
                "section": each.section,
                "text": each.claim.text,
                "ended": each.ended,
                "last_day": each.last_day.isoformat() if each.last_day else None,
                "superseded_by": each.claim.superseded_by,
                "fields": [
                    {"field": where, "line": at, "what": what}
                    for where, at, what in held.fields(each.claim)
                ],
                "documents": _documents(documents[each.claim.id]),
            }
            for each in found
        ]
    _print(
        rows,
        json,
        "No claim ends.",
        _expire_cells,
        ("Id", "Last day", "Ended", "Instead", "Title", "For"),
    )


def _expire_cells(row: Row) -> Sequence[object]:
    tasks = _words([each["task"] for each in _rows(row["documents"])])
    return (
        row["id"],
        row["last_day"],
        "yes" if row["ended"] else "no",
        row["superseded_by"],
        row["text"],
        tasks,
    )


def _head(held: LedgerUse) -> Row:
    return {"where": held.where, "ledger": held.key, "card": held.ledger.card.id}


def _holdings(places: Sequence[str], now: datetime) -> list[LedgerUse]:
    """The ledgers of the places named, or of the launches that run."""
    from launch_kits.views.ledgers import ledger_uses_at

    settings = Settings.read()
    found: list[LedgerUse] = []
    slugs: list[str] = []
    for place in places:
        if place.endswith((".yaml", ".yml")) or "/" in place or Path(place).exists():
            found += ledger_uses_at(Path(place), search=settings.path, now=now)
        else:
            slugs.append(place)
    if slugs or not places:
        found += _of_launches(slugs, settings, now)
    return found


def _of_launches(
    slugs: Sequence[str], settings: Settings, now: datetime
) -> list[LedgerUse]:
    from sqlmodel import col, select

    from launch_kits.database.records import Launch, LaunchStatus
    from launch_kits.views.ledgers import ledger_uses_of_launch

    with open_store(settings).read() as session:
        if not slugs:
            running = (
                select(Launch.slug)
                .where(Launch.status == LaunchStatus.RUNNING)
                .order_by(col(Launch.slug))
            )
            slugs = session.exec(running).all()
            if not slugs:
                say(
                    "no launch is running; name a brief, a ledger, a folder or a launch"
                )
        read = [
            ledger_uses_of_launch(session, slug, now=now, documents=settings.documents)
            for slug in slugs
        ]
    return [held for each in read for held in each]


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
        print(nothing)
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
