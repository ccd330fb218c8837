from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.verbs import advance, check, done, drop, move, reopen, waive
from launch_kits.verbs.offers import message_for
from launch_kits.views.notices.context import ContextLoader
from tests.launches import (
    LEAD,
    NOW,
    SALES,
    SLUG,
    at,
    launch,
    notices,
    opened,
    send_all,
    sentence_of,
    statuses,
)
from tests.verbs.test_gates import gated


def news(store: Store, event: str, *days: str, **more: Any) -> list[Notice]:
    """The news of an event after a sweep at one each morning."""
    for day in days:
        advance(store, SLUG, now=at(day, 9))
        send_all(store, now=at(day, 9))
    return [each for each in notices(store, "news") if each.facts.get("event") == event]


def test_a_lead_hears_once_that_the_launch_turned_at_risk(store: Store) -> None:
    opened(store)
    assert news(store, "at risk", "01-11", "01-12") == []
    assert launch(store).state_told == "on_track"
    (told,) = news(store, "at risk", "02-02", "02-03", "02-04")
    assert told.to == LEAD
    assert sentence_of(store, told, now=at("02-02", 9)) == (
        "Falcon 2 is at risk: as things stand it lands on Fri 12 Feb, not on Tue 9 Feb. "
        '1 task is overdue; not in time: "Positioning" (Pia, due Mon 1 Feb), '
        '"Legal review" (Lou, due Wed 3 Feb), "Go live" (Lee, due Tue 9 Feb), and 3 more tasks.'
    )


def test_a_lead_hears_that_a_risk_is_over_and_of_the_next_one(store: Store) -> None:
    opened(store)
    assert len(news(store, "at risk", "01-11", "02-02")) == 1
    behind = [key for key in statuses(store) if key not in ("go_live", "retro")]
    for key in behind:
        drop(store, SLUG, key, now=at("02-02", 11))
    assert len(news(store, "at risk", "02-03")) == 1
    (over,) = [
        each for each in notices(store, "news") if each.facts.get("event") == "on track"
    ]
    assert over.to == LEAD
    assert sentence_of(store, over, now=at("02-03", 9)) == (
        "Falcon 2 is on track again: it lands on its launch day, Tue 9 Feb."
    )
    reopen(store, SLUG, "positioning", now=at("02-03", 11))
    assert len(news(store, "at risk", "02-04", "02-05")) == 2


def test_a_lead_who_moved_the_launch_knows_that_the_risk_is_over(store: Store) -> None:
    opened(store)
    assert len(news(store, "at risk", "01-11", "02-02")) == 1
    move(store, SLUG, on=date(2027, 3, 2), now=at("02-02", 11))
    assert news(store, "on track", "02-03", "02-04") == []
    assert launch(store).state_told == "on_track"


def test_a_lead_hears_that_the_launch_day_passed_with_work_left(store: Store) -> None:
    opened(store)
    found = news(store, "launch day passed", "02-09", "02-10", "02-11")
    (told,) = found
    assert sentence_of(store, told, now=at("02-10", 9)) == (
        "Please finish 7 open tasks of Falcon 2, or move the launch, whose launch day was "
        'Tue 9 Feb: "Positioning", "Research", "Battlecard: Osprey", and 4 more tasks.'
    )


def test_a_launch_whose_work_is_done_passes_its_day_in_silence(store: Store) -> None:
    opened(store)
    for key in statuses(store):
        if key != "retro":
            drop(store, SLUG, key, now=NOW)
    assert news(store, "launch day passed", "02-09", "02-10") == []


def test_a_lead_hears_of_a_gate_that_is_open_after_its_day(store: Store) -> None:
    opened(store)
    done(store, SLUG, "positioning", now=NOW)
    done(store, SLUG, "research", now=NOW)
    (told,) = news(store, "gate passed", "02-08", "02-09", "02-10", "02-11")
    assert sentence_of(store, told, now=at("02-09", 9)) == (
        'Please tick 1 check of the gate "The story stands" (Falcon 2), '
        'whose day was Mon 8 Feb, or let it pass: "Everybody tells it".'
    )


def test_news_of_an_open_gate_lead_to_its_checks_until_it_is_passed(
    store: Store,
) -> None:
    opened(store)
    done(store, SLUG, "positioning", now=NOW)
    done(store, SLUG, "research", now=NOW)
    (told,) = news(store, "gate passed", "02-09")
    for tick, offers in ((False, ["launch_gates"]), (True, [])):
        if tick:
            check(store, SLUG, "story", 1, now=at("02-09", 11))
        context = ContextLoader(store, documents=Path("/nowhere"))
        message = message_for(
            told, context.of(SLUG, now=at("02-09", 12)), now=at("02-09", 12)
        )
        assert [action.name for action in message.actions] == offers


def test_a_lead_hears_that_a_waiver_ended(store: Store) -> None:
    opened(store)
    until = date(2027, 1, 20)
    waive(store, SLUG, "story", 1, until=until, note="It is told", now=NOW)
    assert news(store, "waiver ended", "01-20") == []
    (told,) = news(store, "waiver ended", "01-21", "01-22")
    assert told.to == LEAD
    assert sentence_of(store, told, now=at("01-21", 9)) == (
        'Please tick "Everybody tells it" of the gate "The story stands" (Falcon 2), or let it '
        "pass again: it could stay open until Wed 20 Jan."
    )


def test_waivers_that_end_together_are_one_message_in_its_readers_terms(
    store: Store,
) -> None:
    gated(store)
    until = date(2027, 1, 20)
    for stage, number in (("story", 1), ("sales", 1), ("sales", 2)):
        waive(store, SLUG, stage, number, until=until, note="Known", by=LEAD, now=NOW)
    found = news(store, "waiver ended", "01-20", "01-21", "01-22")
    told = {each.to: sentence_of(store, each, now=at("01-21", 9)) for each in found}
    assert len(found) == len(told)
    assert told == {
        LEAD: "Please tick 3 checks of Falcon 2 that could stay open until Wed 20 Jan, or let "
        'them pass again: "Everybody tells it", "Trained sellers ≥ 80%", "Cards are read".',
        SALES: "Please tick 2 checks of Falcon 2 that could stay open until Wed 20 Jan, or ask "
        'Lee to let them pass again: "Trained sellers ≥ 80%", "Cards are read".',
    }
    check(store, SLUG, "sales", 2, by=SALES, now=at("01-21", 10))
    check(store, SLUG, "story", 1, by=LEAD, now=at("01-21", 10))
    assert sentence_of(store, found[0], now=at("01-21", 11)).startswith(
        'Please tick "Trained sellers ≥ 80%" of the gate "Sales can sell it" (Falcon 2), '
    )
    waive(store, SLUG, "sales", 1, until=date(2027, 1, 25), note="x", now=at("01-22"))
    again = news(store, "waiver ended", "01-22", "01-26", "01-27")
    assert {each.to for each in again[len(found) :]} == {LEAD, SALES}


def test_a_launch_that_is_moved_in_time_is_told_of_no_more(store: Store) -> None:
    opened(store)
    move(store, SLUG, on=date(2027, 3, 2), now=at("02-01"))
    assert news(store, "at risk", "02-02", "02-03") == []
