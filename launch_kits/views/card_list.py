"""The cards of all launches, each made again only if something about it can differ."""

from __future__ import annotations

from collections.abc import (
    Collection,
    Iterable,
    Mapping,
    MutableMapping,
    Sequence,
)
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from launch_kits.claims.lines import Mark
from launch_kits.claims.questioned import NO_DOUBTS
from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.inputs.base import KEPT
from launch_kits.inputs.positioning import Alternative
from launch_kits.views.doubted import questioned_claims
from launch_kits.views.whole_cards import WholeCard, cards_of

__all__ = ["LaunchCards", "read_card_list"]

#: launches whose cards are read together, so that few are in memory as JSON
AT_ONCE = 50
#: launches whose cards are kept for the next time, about 15 kB each: the first ones of the list
MOST = 1_000


@dataclass(frozen=True, slots=True)
class LaunchCards:
    """The cards of a launch, as they were made."""

    #: of the launch
    revision: int
    timezone: str
    #: the launch's own day, and the marks of its claims in doubt, by their references
    today: date
    questioned: Mapping[str, Mark]
    cards: Sequence[WholeCard]


def read_card_list(
    store: Store, kept: MutableMapping[str, LaunchCards], *, now: datetime
) -> list[tuple[str, str, Sequence[WholeCard]]]:
    """The launches that are not cancelled, the running ones first, then newest, with their cards.

    Each has its slug, its product, and its cards for internal readers. ``kept`` holds the cards
    that were made before, by launch, for the next time: those of the first `MOST` launches.
    """
    query = select(Launch.slug, Launch.product, Launch.revision)
    query = query.where(Launch.status != LaunchStatus.CANCELLED)
    ended = col(Launch.status) != LaunchStatus.RUNNING
    newest = (ended, col(Launch.opened_at).desc(), col(Launch.slug))
    with store.read() as session:
        rows = session.exec(query.order_by(*newest)).all()
        doubted = questioned_claims(session)

    def current(slug: str, revision: int) -> bool:
        own = known.get(slug)
        return (
            own is not None
            and own.revision == revision
            and own.today == now.astimezone(ZoneInfo(own.timezone)).date()
            and own.questioned == doubted.get(slug, NO_DOUBTS)
        )

    known = dict(kept)  # another thread may forget some of them
    missing = [slug for slug, _, revision in rows if not current(slug, revision)]
    for start in range(0, len(missing), AT_ONCE):
        for slug, revision, timezone, alternatives in _read(
            store, missing[start : start + AT_ONCE]
        ):
            today = now.astimezone(ZoneInfo(timezone)).date()
            questioned = doubted.get(slug, NO_DOUBTS)
            found = _cards(alternatives, today=today, questioned=questioned)
            known[slug] = LaunchCards(revision, timezone, today, questioned, found)
    listed = [(slug, name) for slug, name, _ in rows if slug in known]
    _keep(kept, {slug: known[slug] for slug, _ in listed[:MOST]})
    return [(slug, name, known[slug].cards) for slug, name in listed]


def _keep(
    kept: MutableMapping[str, LaunchCards], first: Mapping[str, LaunchCards]
) -> None:
    """Keep the cards of some launches, and forget those of all others."""
    kept.update(first)
    for slug in [*kept]:
        if slug not in first:
            kept.pop(slug, None)


def _read(
    store: Store, slugs: Collection[str]
) -> Iterable[tuple[str, int, str, Sequence[Any]]]:
    """The time zones and alternatives of launches, from their kept briefs."""
    brief = col(Launch.brief)
    query = select(
        Launch.slug,
        Launch.revision,
        brief["timezone"],
        brief["positioning"],
    ).where(col(Launch.slug).in_(slugs))
    with store.read() as session:
        rows = session.exec(query).all()
    for slug, revision, timezone, positioning in rows:
        alternatives = (positioning or {}).get("alternatives", ())
        yield slug, revision, timezone or "UTC", alternatives


def _cards(
    alternatives: Iterable[Any], *, today: date, questioned: Mapping[str, Mark]
) -> Sequence[WholeCard]:
    found = (Alternative.model_validate(each, context=KEPT) for each in alternatives)
    return cards_of(found, today=today, questioned=questioned)
