from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from launch_kits.database.records import Notice, NoticeStatus
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import block, delegate, flag, unblock
from launch_kits.verbs.offers import message_for
from launch_kits.views.notices.context import ContextLoader
from launch_kits.worker.step import sweep_due
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    notices,
    opened,
    send_all,
    sentence_of,
)

#: the Friday of the second week
UNTIL = date(2027, 1, 22)


def team() -> Brief:
    people = brief_with().model_dump(mode="json", by_alias=True)["team"]
    people["lead"] |= {
        "backup": "ops",
        "away": [{"from": "2027-01-13", "to": "2027-01-14"}],
    }
    return brief_with(team=people)


def asked(store: Store, event: str) -> list[Notice]:
    found = [
        each for each in notices(store, "news") if each.facts.get("event") == event
    ]
    return sorted(found, key=lambda each: each.filed_at)


def sweep(store: Store, *days: str) -> None:
    for day in days:
        sweep_due(store, now=at(day, 9))
        send_all(store, now=at(day, 9))


def test_blocked_work_is_asked_of_the_deputy_and_of_the_lead_again(
    store: Store,
) -> None:
    opened(store, team())
    send_all(store)
    block(store, SLUG, "positioning", by=PMM, note="No data", now=at("01-12", 11))
    sweep(store, "01-13", "01-14", "01-15", "01-18")
    first, during, back = asked(store, "blocked")
    assert [first.to, during.to, back.to] == [LEAD, OPS, LEAD]
    assert (during.facts["for"], back.facts.get("for")) == (LEAD, None)
    assert first.closed == {
        "why": "handed on",
        "to": OPS,
        "away": True,
        "on": "2027-01-13",
    }
    assert during.closed == {"why": "handed on", "to": LEAD, "on": "2027-01-15"}
    assert back.closed is None


def test_a_question_that_is_over_is_asked_of_no_one_else(store: Store) -> None:
    opened(store, team())
    send_all(store)
    block(store, SLUG, "positioning", by=PMM, note="No data", now=at("01-12", 11))
    unblock(store, SLUG, "positioning", by=PMM, now=at("01-12", 12))
    sweep(store, "01-13", "01-15")
    assert [each.to for each in asked(store, "blocked")] == [LEAD]


def test_a_question_not_sent_yet_is_taken_back(store: Store) -> None:
    opened(store, team())
    block(store, SLUG, "positioning", by=PMM, note="No data", now=at("01-12", 11))
    sweep_due(store, now=at("01-13", 9))
    first, during = asked(store, "blocked")
    assert (first.status, first.error) == (
        NoticeStatus.DROPPED,
        f"{OPS} is asked now",
    )
    assert during.to == OPS


def delegated(store: Store, **more: Any) -> Notice:
    """The list of a deputy of the person who keeps a card, one line of which is doubted."""
    opened(store)
    send_all(store)
    flag(store, SLUG, "osprey.y1", by=SALES, note="Old", now=at("01-11", 11))
    send_all(store)
    delegate(
        store, person=PMM, to=OPS, until=UNTIL, by=LEAD, now=at("01-11", 12), **more
    )
    (handed,) = [each for each in notices(store, "news") if "handed" in each.facts]
    return handed


def test_a_doubted_line_is_in_the_list_of_a_deputy_and_goes_back(store: Store) -> None:
    handed = delegated(store)
    assert [(line["field"], line["task"]) for line in handed.facts["tasks"]][-1][
        0
    ] == "line"
    assert "1 doubted line" in sentence_of(store, handed, now=at("01-11", 12))
    send_all(store)
    sweep(store, "01-12", "01-25", "01-26")
    found = asked(store, "card flagged")
    assert [each.to for each in found] == [PMM, OPS, PMM]
    assert [each.closed is None for each in found] == [False, False, True]
    assert found[1].error == handed.key


def test_the_list_of_a_deputy_has_no_buttons_once_the_person_is_back(
    store: Store,
) -> None:

    handed = delegated(store)
    contexts = ContextLoader(store, documents=Path("/nowhere"))
    for day, offered in (("01-13", True), ("01-25", False)):
        now = at(day, 10)
        message = message_for(handed, contexts.of(SLUG, now=now), now=now)
        actions = [each.actions for group in message.groups for each in group.items]
        assert any(actions) is offered, day


def test_no_one_is_asked_again_if_no_one_is_away(store: Store) -> None:
    opened(store)
    send_all(store)
    block(store, SLUG, "positioning", by=PMM, note="No data", now=at("01-12", 11))
    sweep(store, "01-13", "01-14")
    assert [each.to for each in asked(store, "blocked")] == [LEAD]
    assert LEGAL not in {each.to for each in asked(store, "blocked")}
    assert at("01-12", 11) > NOW
