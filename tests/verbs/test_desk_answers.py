from __future__ import annotations

import pytest

from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from launch_kits.errors import NotYours, Refused
from launch_kits.verbs import answer, ask, flag
from tests.desk import LINK, NEW, OTHER, SELLER, SUPPORT, question, uses, with_desk
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    events,
    notices,
    pending,
    sentence_of,
)


def asked(store: Store) -> int:
    return ask(with_desk(store), SLUG, NEW, by=SELLER, now=NOW).id


def test_the_answer_is_kept_and_the_asker_is_told(store: Store) -> None:
    number = asked(store)
    found = answer(store, number, text="Yes, it can.", source=LINK, now=at("01-11", 11))
    assert found.message == f"question {number} is answered; {SELLER} will hear of it"
    row = question(store)
    assert (row.answer, row.source) == ("Yes, it can.", LINK)
    assert (row.answered_by, row.answered_at) == (SUPPORT, at("01-11", 11))
    assert pending(store, "answer") == [SELLER]
    (told,) = notices(store, "answer")
    assert sentence_of(store, told) == (
        f'Your question, "{NEW}": Sue answers: Yes, it can.'
    )
    (event,) = events(store, verb="answer")
    assert (event.by, event.note) == (SUPPORT, "Yes, it can.")
    assert event.data == {"question": number, "source": LINK}


def test_what_was_not_sent_is_taken_back_and_the_rest_says_so(store: Store) -> None:
    number = asked(store)
    answer(store, number, text="Yes", source=LINK, now=NOW)
    states = {each.to: each.status for each in notices(store, "question")}
    assert states == {
        SUPPORT: NoticeStatus.DROPPED,
        "#falcon-2-launch": NoticeStatus.PENDING,
    }
    (channel,) = notices(store, "question", status=NoticeStatus.PENDING)
    assert sentence_of(store, channel) == f'Answered by Sue: "{NEW}"'


def test_an_answer_without_a_source_says_so(store: Store) -> None:
    number = asked(store)
    found = answer(store, number, text="Yes", source=" ", now=NOW)
    assert found.warnings == (f"question {number} has no source for its answer",)
    (told,) = notices(store, "answer")
    assert sentence_of(store, told).endswith("(not sourced)")


@pytest.mark.parametrize("person", [SUPPORT, OPS, LEAD])
def test_the_owner_their_backup_and_the_lead_may_answer(
    store: Store, person: str
) -> None:
    assert answer(store, asked(store), text="Yes", by=person, now=NOW).changed


@pytest.mark.parametrize("person", [SELLER, SALES])
def test_others_may_not_answer(store: Store, person: str) -> None:
    with pytest.raises(NotYours, match=r"may not answer \".*\"; these may: support"):
        answer(store, asked(store), text="Yes", by=person, now=NOW)
    assert question(store).answer is None


def test_an_answer_can_be_corrected_but_not_repeated(store: Store) -> None:
    number = asked(store)
    answer(store, number, text="Yes", source=LINK, now=NOW)
    assert not answer(store, number, text=" Yes ", source=LINK, now=NOW).changed
    assert answer(store, number, text="No", source=LINK, now=NOW).changed
    assert question(store).answer == "No"
    assert pending(store, "answer") == [SELLER, SELLER]


def test_an_empty_answer_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="the answer is empty"):
        answer(store, asked(store), text=" ", now=NOW)


def test_people_who_answer_their_own_question_are_not_told(store: Store) -> None:
    store = with_desk(store)
    number = ask(store, SLUG, NEW, by=SUPPORT, now=NOW).id
    found = answer(store, number, text="Yes", source=LINK, now=NOW)
    assert found.message == f"question {number} is answered"
    assert pending(store, "answer") == []


def test_everyone_who_doubted_a_claim_hears_the_answer(store: Store) -> None:
    store = with_desk(store)
    for person in (SELLER, OTHER):
        flag(store, SLUG, "osprey.y1", by=person, now=NOW)
    answer(
        store,
        question(store).id,
        text="It holds: measured again.",
        source=LINK,
        now=NOW,
    )
    assert sorted(pending(store, "answer")) == sorted([SELLER, OTHER])
    assert {each.settled_at for each in uses(store)} == {NOW}
    assert question(store).answered_by == PMM


def test_everyone_who_heard_an_answer_hears_its_correction(store: Store) -> None:
    store = with_desk(store)
    for person in (SELLER, OTHER):
        flag(store, SLUG, "osprey.y1", by=person, now=NOW)
    number = question(store).id
    first = answer(store, number, text="It holds", source=LINK, now=NOW)
    second = answer(store, number, text="It is gone", source=LINK, now=NOW)
    assert set(first.told) == set(second.told) == {SELLER, OTHER}
