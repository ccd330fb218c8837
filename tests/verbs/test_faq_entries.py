from __future__ import annotations

import pytest

from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from launch_kits.errors import NotYours, Refused
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import (
    add_to_faq,
    answer,
    ask,
    decline_faq,
    propose_for_faq,
)
from launch_kits.verbs.faq_entries import can_be_proposed
from tests.desk import (
    KNOWN,
    LINK,
    NEW,
    SELLER,
    SUPPORT,
    desk_brief,
    question,
    with_desk,
)
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    SLUG,
    at,
    events,
    launch,
    notices,
    pending,
    sentence_of,
)


def answered(store: Store, source: str | None = LINK) -> int:
    number = ask(with_desk(store), SLUG, NEW, by=SELLER, now=NOW).id
    answer(store, number, text="Yes, it can.", source=source, now=NOW)
    return number


def faq(store: Store) -> list[tuple[str, str]]:
    brief = Brief.kept(launch(store).brief)
    return [(each.ask, each.answer) for each in brief.faq]


def test_the_lead_is_asked_and_the_brief_stays_as_it_is(store: Store) -> None:
    number = answered(store)
    found = propose_for_faq(store, number, now=NOW)
    assert found.message == f"question {number} is proposed for the FAQ; {LEAD} decides"
    assert faq(store) == [(KNOWN, "No, on Linux alone.")]
    (proposal,) = [each for each in notices(store, "question") if each.to == LEAD]
    said = sentence_of(store, proposal)
    assert said == f'Add this answer to the FAQ? Sue proposes it: "{NEW}"'
    assert [each.by for each in events(store, verb="propose")] == [SUPPORT]
    assert not propose_for_faq(store, number, now=NOW).changed


def test_the_lead_adds_it_to_the_brief_with_its_source(store: Store) -> None:
    number = answered(store)
    propose_for_faq(store, number, now=NOW)
    add_to_faq(store, number, audience=Audience.CUSTOMER, now=at("01-12"))
    entry = Brief.kept(launch(store).brief).faq[-1]
    assert (entry.ask, entry.answer) == (NEW, "Yes, it can.")
    assert entry.audience is Audience.CUSTOMER
    assert entry.source is not None
    assert (entry.source.url, entry.source.as_of) == (LINK, "2027-01-11")
    assert question(store).faq == "added"
    (event,) = events(store, verb="update")
    assert (event.by, event.data["fields"]) == (LEAD, ["faq"])
    assert not add_to_faq(store, number, now=NOW).changed


def test_a_claim_as_source_becomes_the_proof(store: Store) -> None:
    number = answered(store, source="osprey.y1")
    propose_for_faq(store, number, now=NOW)
    add_to_faq(store, number, now=NOW)
    entry = Brief.kept(launch(store).brief).faq[-1]
    assert (entry.proof, entry.source) == (("osprey.y1",), None)


def test_the_lead_declines_it(store: Store) -> None:
    number = answered(store)
    propose_for_faq(store, number, now=NOW)
    decline_faq(store, number, now=NOW)
    assert len(faq(store)) == 1
    assert question(store).faq == "declined"
    assert [each.by for each in events(store, verb="decline")] == [LEAD]
    assert not decline_faq(store, number, now=NOW).changed


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (add_to_faq, "is in the FAQ now, says Lee."),
        (decline_faq, "stays out of the FAQ, says Lee."),
    ],
)
def test_who_proposed_it_hears_the_decision(
    store: Store, decide: object, said: str
) -> None:
    number = answered(store)
    propose_for_faq(store, number, now=NOW)
    assert callable(decide)
    decide(store, number, now=NOW)
    assert pending(store, "answer") == [SELLER, SUPPORT]
    (told,) = [each for each in notices(store, "answer") if each.to == SUPPORT]
    assert sentence_of(store, told) == f'Your answer to "{NEW}" {said}'
    (proposal,) = [each for each in notices(store, "question") if each.to == LEAD]
    assert proposal.status == NoticeStatus.DROPPED
    assert ' the FAQ by you: "' in sentence_of(store, proposal)


def test_only_who_may_answer_proposes_and_only_the_lead_decides(store: Store) -> None:
    number = answered(store)
    with pytest.raises(NotYours):
        propose_for_faq(store, number, by=SELLER, now=NOW)
    propose_for_faq(store, number, by=OPS, now=NOW)
    for decide in (add_to_faq, decline_faq):
        with pytest.raises(NotYours, match="these may: lead@example"):
            decide(store, number, by=SUPPORT, now=NOW)


@pytest.mark.parametrize(
    "source", [None, "Asked the engineers", "osprey.zz", "osprey.c1"]
)
def test_a_source_that_the_faq_cannot_print_is_refused(
    store: Store, source: str | None
) -> None:
    number = answered(store, source=source)
    with pytest.raises(Refused, match="answer it again with a link to its source"):
        propose_for_faq(store, number, now=NOW)


def test_a_question_without_an_answer_of_a_person_is_refused(store: Store) -> None:
    for text in (NEW, KNOWN):
        number = ask(
            with_desk(store) if text == NEW else store, SLUG, text, by=SELLER, now=NOW
        ).id
        with pytest.raises(Refused, match="no answer of a person yet"):
            propose_for_faq(store, number, now=NOW)
        assert not can_be_proposed(question(store), desk_brief())


def test_an_answer_that_was_not_proposed_is_not_added(store: Store) -> None:
    number = answered(store)
    for decide in (add_to_faq, decline_faq):
        with pytest.raises(Refused, match="was not proposed"):
            decide(store, number, now=NOW)


@pytest.mark.parametrize(
    ("source", "can"),
    [
        (LINK, True),
        ("osprey.y1", True),
        ("the engineers.", False),
        # it looks like a claim, but the cards have none of this name
        ("osprey.zz", False),
        # a claim that no source proves
        ("osprey.c1", False),
        (None, False),
    ],
)
def test_the_button_is_offered_if_the_source_can_be_printed(
    store: Store, source: str | None, can: bool
) -> None:
    answered(store, source=source)
    assert can_be_proposed(question(store), desk_brief()) is can
