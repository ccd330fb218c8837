"""A small launch to test with, and ways to look at it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, SQLModel, col, select

from launch_kits.database.queries import (
    dependencies_of,
    find_launch,
    find_task,
    notices_of,
    tasks_of,
)
from launch_kits.database.records import Event, Extension, Notice, NoticeStatus, Task
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import open_launch
from launch_kits.verbs.outcome import Outcome
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.notices.message import NoticeMessage
from tests.remembered import opened_once

SLUG = "falcon-2"
NEW_YORK = ZoneInfo("America/New_York")
LEAD, PMM, LEGAL, SALES, OPS = (
    f"{role}@example.com" for role in ("lead", "pmm", "legal", "sales", "ops")
)
STRANGER = "stranger@example.org"

#: the keys of the small launch, in its order
KEYS = (
    "positioning",
    "research",
    "battlecard:osprey",
    "battlecard:kite",
    "legal_review",
    "training",
    "go_live",
    "retro",
)

KIT: dict[str, Any] = {
    "kit": "small",
    "version": 1,
    "title": "Small launch",
    "handout": "ready",
    "stages": [
        {
            "key": "story",
            "title": "Story",
            "tasks": [
                {
                    "key": "positioning",
                    "title": "Positioning",
                    "role": "pmm",
                    "days": 3,
                },
                {"key": "research", "title": "Research", "role": "pmm", "days": 2},
            ],
            "gate": {
                "title": "The story stands",
                "checks": [{"title": "Everybody tells it"}],
            },
        },
        {
            "key": "sales",
            "title": "Sales readiness",
            "tasks": [
                {
                    "key": "battlecard",
                    "title": "Battlecard: {{ item.name }}",
                    "role": "pmm",
                    "days": 2,
                    "after": ["positioning"],
                    "each": "competitors",
                    "document": "battlecard.md.j2",
                    "review": "legal",
                    "checklist": ["Every claim has a source"],
                },
                {
                    "key": "legal_review",
                    "title": "Legal review",
                    "role": "legal",
                    "days": 2,
                    "after": ["positioning"],
                    "review": "legal",
                },
                {
                    "key": "training",
                    "title": "Training",
                    "role": "sales",
                    "days": 2,
                    "after": ["battlecard", {"task": "legal_review", "lag": 2}],
                },
            ],
        },
        {
            "key": "launch",
            "title": "Launch",
            "tasks": [
                {
                    "key": "go_live",
                    "title": "Go live",
                    "role": "lead",
                    "days": 0,
                    "after": ["training"],
                    "not_before": "T-0",
                    "due": "T-0",
                },
                {
                    "key": "retro",
                    "title": "Retrospective",
                    "role": "lead",
                    "days": 1,
                    "after": ["go_live"],
                    "not_before": "T+2",
                    "due": "T+5",
                },
            ],
        },
    ],
}


def ledger_of(key: str) -> dict[str, Any]:
    return {
        "card": {
            "id": key,
            "us": "Falcon",
            "them": key.title(),
            "verified_on": "2027-01-04",
            "review_every_days": 90,
        },
        "sources": {
            "site": {
                "url": f"https://{key}.example.com",
                "as_of": "2027-01",
                "by": "them",
            }
        },
        "their_strengths": [
            {"id": "s1", "claim": f"{key.title()} is well known", "src": ["site"]}
        ],
        "why_we_win": [{"id": "y1", "claim": "Falcon is faster", "src": ["site"]}],
    }


def kit_with(
    *, only: Collection[str] | None = None, **changes: dict[str, Any]
) -> dict[str, Any]:
    """The small kit, with only some of its tasks, and some of those written differently."""
    stages = [
        stage
        | {
            "tasks": [
                task | changes.get(task["key"], {})
                for task in stage["tasks"]
                if not only or task["key"] in only
            ]
        }
        for stage in KIT["stages"]
    ]
    return KIT | {"stages": stages}


def brief_with(**changes: Any) -> Brief:
    """The small brief, kit and ledgers in place, with some of it written differently."""
    written: dict[str, Any] = {
        "launch": SLUG,
        "product": "Falcon 2",
        "kit": KIT,
        "begin_on": "2027-01-11",
        "launch_on": "2027-02-09",
        "timezone": "America/New_York",
        "team": {
            "lead": {"name": "Lee", "email": LEAD},
            "pmm": {"name": "Pia", "email": PMM, "backup": "ops", "manager": "lead"},
            "legal": {"name": "Lou", "email": LEGAL},
            "sales": {
                "name": "Sam",
                "email": SALES,
                "timezone": "Asia/Singapore",
                "backup": "ops",
                "manager": "lead",
            },
            "ops": {"name": "Ola", "email": OPS},
        },
        "positioning": {
            "alternatives": [
                {"key": "osprey", "name": "Osprey", "claims": ledger_of("osprey")},
                {"key": "stay", "name": "Stay with Falcon 1"},
                {"key": "kite", "name": "Kite", "claims": ledger_of("kite")},
            ]
        },
    }
    return Brief.model_validate(written | changes)


def at(
    day: str, hour: int = 10, minute: int = 0, *, zone: ZoneInfo = NEW_YORK
) -> datetime:
    """An instant by its wall time, in New York unless told otherwise.

    ``day`` as ``01-11`` or ``2027-01-11``.
    """
    when = date.fromisoformat(day if len(day) == len("2027-01-11") else f"2027-{day}")
    return datetime(when.year, when.month, when.day, hour, minute, tzinfo=zone)


#: Monday, the first day of work
NOW = at("01-11")


def opened(
    store: Store,
    brief: Brief | None = None,
    *,
    now: datetime = NOW,
    accept_late: bool = False,
    level: bool = False,
) -> Store:
    """A launch, with the earliest planned dates unless they are to be levelled.

    One that was opened before in this run is not planned again: its rows are written as they were.
    """
    brief = brief or brief_with()

    def open_it() -> None:
        open_launch(store, brief, now=now, accept_late=accept_late, level=level)

    how = (now, accept_late, level, store.door, store.origin)
    opened_once(store, brief, *how, open_it=open_it)
    return store


def task(store: Store, key: str, *, slug: str = SLUG) -> Task:
    with store.read() as session:
        return find_task(session, slug, key)


def launch(store: Store, slug: str = SLUG) -> Any:
    with store.read() as session:
        return find_launch(session, slug)


def statuses(store: Store, slug: str = SLUG) -> dict[str, str]:
    with store.read() as session:
        return {each.key: each.status for each in tasks_of(session, slug)}


def status(store: Store, key: str) -> str:
    return task(store, key).status


def events(
    store: Store, *, verb: str | None = None, key: str | None = None, slug: str = SLUG
) -> list[Event]:
    with store.read() as session:
        query = select(Event).where(Event.launch == slug).order_by(col(Event.id))
        found = session.exec(query).all()
    return [
        each for each in found if verb in (None, each.verb) and key in (None, each.task)
    ]


def verbs(store: Store, key: str | None = None, slug: str = SLUG) -> list[str]:
    return [event.verb for event in events(store, key=key, slug=slug)]


def notices(
    store: Store,
    kind: str | None = None,
    *,
    key: str | None = None,
    status: str | None = None,
    slug: str = SLUG,
) -> list[Notice]:
    with store.read() as session:
        found = notices_of(session, slug, task=key)
    return [
        each
        for each in found
        if kind in (None, each.kind) and status in (None, each.status)
    ]


def sentence_of(store: Store, notice: Notice, *, now: datetime = NOW) -> str:
    """The sentence that a notice tells its reader."""
    return _message_of(store, notice, now=now).sentence


def paragraphs_of(
    store: Store, notice: Notice, *, now: datetime = NOW
) -> Sequence[str]:
    """The paragraphs of a notice's message, besides its sentence."""
    return _message_of(store, notice, now=now).paragraphs


def _message_of(store: Store, notice: Notice, *, now: datetime) -> NoticeMessage:
    contexts = ContextLoader(store, documents=Path("/nowhere"))
    return contexts.of(notice.launch, now=now).message(notice, now=now)


def pending(
    store: Store, kind: str | None = None, *, key: str | None = None
) -> list[str]:
    """Who has a notice waiting, in order of filing."""
    return [
        notice.to
        for notice in notices(store, kind, key=key, status=NoticeStatus.PENDING)
    ]


def extensions(store: Store) -> list[Extension]:
    with store.read() as session:
        return list(session.exec(select(Extension).order_by(col(Extension.id))).all())


def send_all(store: Store, *, now: datetime = NOW) -> None:
    """Settle every pending notice as sent, as a delivery would."""
    with store.write() as session:
        for notice in session.exec(
            select(Notice).where(Notice.status == NoticeStatus.PENDING)
        ).all():
            notice.status = NoticeStatus.SENT
            notice.sent_at = now
            notice.channel = "D1"
            notice.ts = notice.key
            session.add(notice)


def dump(store: Store, *, without: str = "") -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to see that nothing changed; ``without`` one table."""
    with store.read() as session:
        return {
            name: rows for name, rows in dump_of(session).items() if name != without
        }


def dump_of(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """As the database holds them: converting each value would take most of the time."""
    connection = session.connection()
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        rows = connection.exec_driver_sql(f'SELECT {columns} FROM "{table.name}"')
        found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def changed(outcome: Outcome) -> Outcome:
    assert outcome.changed, outcome.message
    return outcome


def already(outcome: Outcome) -> Outcome:
    assert not outcome.changed, outcome.message
    return outcome


def waits(store: Store) -> dict[str, set[str]]:
    """Key → the keys of the tasks waited for."""
    with store.read() as session:
        keys = {each.id: each.key for each in tasks_of(session, SLUG)}
        found: dict[str, set[str]] = {key: set() for key in keys.values()}
        for link in dependencies_of(session, SLUG):
            found[keys[link.task]].add(keys[link.after])
    return found
