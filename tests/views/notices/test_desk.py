from __future__ import annotations

from typing import Any

import pytest

from launch_kits.views.notices.desk import (
    ADD_TO_FAQ,
    ANSWER_QUESTION,
    DECLINE_FAQ,
    answer_in_thread,
    answered_question,
    desk_question,
)
from launch_kits.views.notices.message import NoticeMessage, Row, Subject
from tests.slack.views import READER, launch, notice

OWNER = "pmm@example.com"
LEAD = "lead@example.com"
DUE = "2027-02-04T20:00:00+00:00"
ASKED = {
    "id": 7,
    "question": "Does it run on Windows?",
    "by": "seller@example.com",
    "owner": OWNER,
    "due_at": DUE,
}
ANSWERED = {"answer": "No", "source": "https://example.com/a", "answered_by": OWNER}
FAQ = {**ASKED, **ANSWERED, "faq": True, "by": OWNER}


def asked(to: str = OWNER, **facts: Any) -> NoticeMessage:
    given = notice("question", None, to=to, **{**ASKED, **facts})
    return desk_question(given, launch(), reader=READER)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("answer", 'Please answer by Thu 4 Feb, 15:00: "Does it run on Windows?"'),
        (
            "late",
            'Please answer now; it was due Thu 4 Feb, 15:00: "Does it run on Windows?"',
        ),
    ],
)
def test_the_first_line_says_what_is_wanted_and_by_when(part: str, said: str) -> None:
    message = asked(part=part)
    assert message.sentence == said
    assert message.actions == (ANSWER_QUESTION,)
    assert message.subject == Subject("valkey-9", "7")


def test_others_are_asked_to_help() -> None:
    assert asked(LEAD, part="help").sentence == (
        "Please help: Product marketing has not answered; it was due "
        'Thu 4 Feb, 15:00: "Does it run on Windows?"'
    )


def test_a_doubt_is_about_a_line_of_a_card() -> None:
    assert asked(part="answer", about="redis.y1").sentence.startswith(
        "Please say by Thu 4 Feb, 15:00 whether this line of a card holds"
    )


def test_a_doubt_names_the_card_and_the_reasons() -> None:
    doubts = [
        {"by": "seller@example.com", "note": "Their docs say otherwise"},
        {"by": LEAD, "note": None},
    ]
    message = asked(part="answer", about="redis.y1", card="Redis", doubts=doubts)
    assert "whether this line of the card on Redis holds" in message.sentence
    reasons = [
        "seller@example.com: Their docs say otherwise",
        "Product lead: no reason",
    ]
    assert message.rows[1] == Row("Doubted by", reasons)


def test_a_call_for_help_says_by_when_the_asker_was_promised_an_answer() -> None:
    until = {"until": "2027-02-05T15:00:00+00:00", "has": LEAD}
    assert asked(LEAD, part="help", **until).sentence == (
        "Please help, and answer by Fri 5 Feb, 10:00: Product marketing has not answered; "
        'it was due Thu 4 Feb, 15:00: "Does it run on Windows?"'
    )
    assert asked(OWNER, part="late", **until).sentence == (
        'Please answer now; it was due Thu 4 Feb, 15:00: "Does it run on Windows?" '
        "Product lead is to answer by Fri 5 Feb, 10:00."
    )


def test_a_channel_hears_who_asks_and_who_answers_by_when() -> None:
    message = asked("#valkey-9-launch", part="answer")
    assert message.sentence == (
        'seller@example.com asks: "Does it run on Windows?" '
        "Product marketing answers by Thu 4 Feb, 15:00."
    )
    assert message.actions == ()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (ANSWERED, 'Answered by you: "Does it run on Windows?"'),
        (
            {"replaced": True},
            'There is a newer reminder about "Does it run on Windows?"',
        ),
        (
            {**ANSWERED, "replaced": True},
            'Answered by you: "Does it run on Windows?"',
        ),
    ],
)
def test_a_closed_question_is_one_line(facts: dict[str, Any], said: str) -> None:
    message = asked(**facts)
    assert message == NoticeMessage(sentence=said)


def test_the_answer_is_told_with_its_source() -> None:
    facts = {**ASKED, "answer": "No", "source": None, "by": OWNER}
    given = notice("answer", None, to="seller@example.com", **facts)
    message = answered_question(given, launch(), reader=READER)
    assert message.sentence == (
        'Your question, "Does it run on Windows?": '
        "Product marketing answers: No (not sourced)"
    )
    assert [row.label for row in message.rows] == ["Launch"]


def test_the_source_of_an_answer_is_a_link() -> None:
    facts = {**ASKED, "answer": "No", "source": "https://example.com/a", "by": OWNER}
    given = notice("answer", None, to="seller@example.com", **facts)
    message = answered_question(given, launch(), reader=READER)
    assert message.sentence.endswith("Product marketing answers: No")
    assert message.rows[-1] == Row("Source", ["https://example.com/a"], link=True)


def test_the_answer_in_the_thread_waits_for_the_answer() -> None:
    given = notice("question", None, to="#valkey-9-launch", **ASKED)
    assert answer_in_thread(given, reader=READER) is None
    given = notice("question", None, to="#valkey-9-launch", **{**ASKED, **ANSWERED})
    message = answer_in_thread(given, reader=READER)
    assert message is not None
    assert message.sentence == "Product marketing answers: No"
    assert message.rows == [Row("Source", ["https://example.com/a"], link=True)]


def test_a_proposal_for_the_faq_can_be_added_or_declined() -> None:
    message = asked(LEAD, **FAQ)
    assert message.sentence == (
        "Add this answer to the FAQ? Product marketing proposes it: "
        '"Does it run on Windows?"'
    )
    assert message.actions == (ADD_TO_FAQ, DECLINE_FAQ)
    assert Row("Answer", ["No"]) in message.rows


@pytest.mark.parametrize(
    ("decided", "said"),
    [("added", "Added to the FAQ by you"), ("declined", "Left out of the FAQ by you")],
)
def test_a_decided_proposal_is_one_line(decided: str, said: str) -> None:
    message = asked(LEAD, **FAQ, decided=decided, decided_by=LEAD)
    assert message.sentence == f'{said}: "Does it run on Windows?"'
    assert message.actions == ()


def test_a_correction_is_called_one() -> None:
    facts = {**ASKED, "answer": "Yes", "source": None, "by": OWNER, "corrected": True}
    given = notice("answer", None, to="seller@example.com", **facts)
    assert answered_question(given, launch(), reader=READER).sentence == (
        'Your question, "Does it run on Windows?": '
        "Product marketing corrects the answer: Yes (not sourced)"
    )
    facts = {**ASKED, **ANSWERED, "corrected": True}
    message = answer_in_thread(
        notice("question", None, to="#valkey-9-launch", **facts), reader=READER
    )
    assert message is not None
    assert message.sentence == "Product marketing corrects the answer: No"
