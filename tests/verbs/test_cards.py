from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings
from launch_kits.verbs import advance, cancel, drop, reassign, revise
from launch_kits.views.asks import CARD_AHEAD
from launch_kits.worker.step import documents_owed, write_documents
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    PMM,
    SLUG,
    at,
    brief_with,
    events,
    kit_with,
    launch,
    ledger_of,
    notices,
    opened,
    sentence_of,
)

#: the osprey's card is fresh until Wednesday 3 February
FRESH_FOR = 30


def card_brief(*, verified_on: str | None = None, **changes: dict[str, Any]) -> Brief:
    head = {**ledger_of("osprey")["card"], "review_every_days": FRESH_FOR}
    if verified_on:
        head |= {"verified_on": verified_on}
    card = ledger_of("osprey") | {"card": head}
    positioning = {
        "alternatives": [{"key": "osprey", "name": "Osprey", "claims": card}]
    }
    return brief_with(positioning=positioning, kit=kit_with(**changes))


def with_card(store: Store, **changes: dict[str, Any]) -> Store:
    return opened(store, card_brief(**changes))


def told(store: Store) -> list[tuple[str, str | None, str]]:
    return [
        (each.to, each.task, each.key.rpartition(":")[2])
        for each in notices(store, "news")
        if "card-" in each.key
    ]


def swept(store: Store, *days: str) -> list[tuple[str, str | None, str]]:
    for day in days:
        advance(store, SLUG, now=at(day))
    return told(store)


def test_the_owner_is_asked_for_the_review_once_a_week_before_it(
    store: Store,
) -> None:
    with_card(store)
    assert timedelta(7) == CARD_AHEAD
    assert swept(store, "01-12", "01-26") == []
    soon = (PMM, "battlecard:osprey", "card-2027-02-03-soon")
    assert swept(store, "01-27", "01-27", "01-28", "02-03") == [soon]
    assert swept(store, "02-04", "02-05", "02-08") == [soon]
    (asked,) = (each for each in notices(store, "news") if "card-" in each.key)
    assert sentence_of(store, asked, now=at("02-03")) == (
        "Please review the card on Osprey (Falcon 2) by Wed 3 Feb, today."
    )
    assert sentence_of(store, asked, now=at("02-04")).startswith(
        "Overdue, was due Wed 3 Feb: please review the card"
    )


def test_a_review_ends_when_an_update_gives_the_card_another_date(
    store: Store,
) -> None:
    with_card(store)
    swept(store, "01-27")
    (asked,) = notices(store, "news")
    again = {"verified_on": "2027-01-28"}
    revise(store, SLUG, card_brief(**again), now=at("01-28"))
    (asked,) = notices(store, "news")
    assert sentence_of(store, asked, now=at("01-28")) == (
        "The card on Osprey was reviewed, and updated by Lee."
    )
    # the next review is asked for anew
    assert len(swept(store, "02-25")) == 2


def test_a_new_keeper_of_a_card_is_asked_and_the_one_before_has_nothing_to_do(
    store: Store,
) -> None:
    with_card(store)
    swept(store, "01-27")
    reassign(store, SLUG, "battlecard:osprey", to=OPS, by=LEAD, now=at("01-28"))
    assert [to for to, _, _ in swept(store, "01-28")] == [PMM, OPS]
    first, _ = (each for each in notices(store, "news") if "card-" in each.key)
    assert sentence_of(store, first, now=at("01-28")) == (
        "Ola keeps the card on Osprey now, so nothing is left for you to do."
    )


def test_a_ledger_without_sources_is_not_reviewed(store: Store) -> None:
    head = {"card": {**ledger_of("osprey")["card"], "review_every_days": FRESH_FOR}}
    positioning = {
        "alternatives": [{"key": "osprey", "name": "Osprey", "claims": head}]
    }
    opened(store, brief_with(positioning=positioning, personas=[], pricing=[], faq=[]))
    assert swept(store, "01-27", "02-04") == []


def test_a_sweep_comes_by_itself_on_the_day(store: Store) -> None:
    with_card(store)
    advance(store, SLUG, now=at("01-26"))
    assert launch(store).look_at == at("01-27", 0)


def test_it_waits_for_the_owners_hours(store: Store) -> None:
    with_card(store)
    advance(store, SLUG, now=at("01-27", 0, 5))
    assert [each.send_after for each in notices(store, "news")] == [at("01-27", 9)]


def test_a_person_who_owns_the_battlecard_by_then_hears_it(store: Store) -> None:
    with_card(store)
    reassign(store, SLUG, "battlecard:osprey", to=OPS, by=LEAD, now=at("01-12"))
    assert [to for to, _, _ in swept(store, "01-27")] == [OPS]


def test_a_dropped_battlecard_and_a_launch_that_ended_remind_no_one(
    store: Store,
) -> None:
    with_card(store)
    drop(store, SLUG, "battlecard:osprey", by=LEAD, now=at("01-12"))
    assert swept(store, "01-27") == []
    cancel(store, SLUG, by=LEAD, now=at("01-28"))
    assert swept(store, "02-04") == []


def test_without_a_battlecard_another_task_about_the_competitor_keeps_the_card(
    store: Store,
) -> None:
    with_card(
        store,
        battlecard={"key": "ledger", "document": None},
        training={"after": ["legal_review"]},
    )
    assert swept(store, "01-27") == [(PMM, "ledger:osprey", "card-2027-02-03-soon")]


def test_a_claim_that_ends_leaves_the_documents_the_day_after(
    store: Store, tmp_path: Path
) -> None:
    ending = ledger_of("osprey")
    ending["why_we_win"][0] |= {"valid_until": "2027-01-20"}
    positioning = {
        "alternatives": [{"key": "osprey", "name": "Osprey", "claims": ending}]
    }
    opened(
        store,
        brief_with(positioning=positioning, kit=kit_with(battlecard={"after": []})),
    )
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})
    (path,) = write_documents(store, SLUG, settings=settings, now=NOW)
    assert "Falcon is faster" in path.read_text(encoding="utf-8")
    advance(store, SLUG, now=at("01-20"))
    assert documents_owed(store, SLUG) == []
    for day in ("01-21", "01-22"):
        advance(store, SLUG, now=at(day))
        assert documents_owed(store, SLUG) == (
            ["battlecard:osprey"] if day == "01-21" else []
        )
        write_documents(store, SLUG, settings=settings, now=at(day))
        assert "Falcon is faster" not in path.read_text(encoding="utf-8")
    assert [
        (event.data["claim"], event.note) for event in events(store, verb="expired")
    ] == [("osprey.y1", "Falcon is faster")]
    (news,) = notices(store, "news")
    assert (news.to, news.task, news.key.rpartition(":")[2]) == (
        PMM,
        "battlecard:osprey",
        "claim-osprey.y1-2027-01-20",
    )
    assert 'A claim ended on Wed 20 Jan: "Falcon is faster"' in sentence_of(store, news)


def test_what_had_ended_before_the_launch_began_is_not_news(store: Store) -> None:
    ended = ledger_of("osprey")
    ended["why_we_win"][0] |= {"valid_until": "2027-01-10"}
    positioning = {
        "alternatives": [{"key": "osprey", "name": "Osprey", "claims": ended}]
    }
    opened(store, brief_with(positioning=positioning))
    advance(store, SLUG, now=at("01-12"))
    assert (events(store, verb="expired"), notices(store, "news")) == ([], [])


def test_without_a_card_the_lead_hears_of_what_ended(store: Store) -> None:
    ending = ledger_of("osprey")
    ending["why_we_win"][0] |= {"valid_until": "2027-01-20"}
    positioning = {
        "alternatives": [{"key": "osprey", "name": "Osprey", "claims": ending}]
    }
    opened(store, brief_with(positioning=positioning, kit=kit_with(only=["research"])))
    advance(store, SLUG, now=at("01-25"))
    assert [(each.to, each.task) for each in notices(store, "news")] == [(LEAD, None)]


def asked_by(store: Store) -> list[str]:
    """The launches that asked for the review of a card."""
    query = select(Notice.launch).where(col(Notice.key).contains(":card-"))
    with store.read() as session:
        return list(session.exec(query.order_by(col(Notice.filed_at))).all())


def test_two_launches_that_share_a_card_ask_for_its_review_once(store: Store) -> None:
    with_card(store)
    other = {
        **card_brief().model_dump(mode="json", by_alias=True),
        "launch": "falcon-3",
    }
    opened(store, Brief.kept(other))
    for day in ("01-27", "01-28"):
        for slug in (SLUG, "falcon-3"):
            advance(store, slug, now=at(day))
    assert asked_by(store) == [SLUG]
    # the review is done in one launch, whose ledger is updated; the other has the old one
    revise(store, SLUG, card_brief(verified_on="2027-01-28"), by=LEAD, now=at("01-28"))
    advance(store, "falcon-3", now=at("01-29"))
    assert asked_by(store) == [SLUG, "falcon-3"]
