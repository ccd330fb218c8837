from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.notices.handed import handed, handed_lines
from launch_kits.views.notices.message import NoticeMessage, Subject
from tests.slack.views import READER, launch, notice, task

PMM = "pmm@example.com"
LEAD = "lead@example.com"


def line(field: str = "owner", **other: Any) -> dict[str, Any]:
    found = {
        "launch": "valkey-9",
        "product": "Valkey 9.0",
        "task": "battlecard:redis",
        "title": "Battlecard: Redis",
        "due": "2027-02-04",
        "field": field,
    }
    return {**found, **other}


def facts(*lines: dict[str, Any], **handed: Any) -> dict[str, Any]:
    return {"handed": {"from": PMM, "to": LEAD, **handed}, "tasks": list(lines)}


def told(given: dict[str, Any], to: str) -> NoticeMessage:
    return handed(notice("news", None, to=to, **given), launch(task()), reader=READER)


@pytest.mark.parametrize(
    ("given", "to", "sentence"),
    [
        (
            facts(line(), line("approver"), until="2027-02-12"),
            LEAD,
            "You act for Product marketing until Fri 12 Feb, with 1 task and 1 review",
        ),
        (
            facts(until="2027-02-12"),
            "sales@example.com",
            "Product lead acts for Product marketing until Fri 12 Feb",
        ),
        (
            facts(line(), until="2027-02-12"),
            PMM,
            "Product lead acts for you until Fri 12 Feb, with 1 task",
        ),
        (
            facts(line(), line(), line("gate"), until=None),
            LEAD,
            "You take over 2 tasks and 1 gate from Product marketing",
        ),
        (
            facts(line(), until=None, name="Pat"),
            "sales@example.com",
            "Product lead takes over 1 task from Pat",
        ),
        (facts(line(), back=LEAD), PMM, "Product lead is back and has 1 task again"),
        (facts(line(), back=LEAD), LEAD, "You are back and have 1 task again"),
        (
            facts(line(), back=PMM),
            LEAD,
            "You act for Product marketing now, with 1 task",
        ),
    ],
)
def test_the_sentence_says_who_acts_for_another(
    given: dict[str, Any], to: str, sentence: str
) -> None:
    message = told(given, to)
    assert message.sentence == f"{sentence} (Valkey 9.0)."
    assert message.headline is None
    lines = handed_lines(given, READER)
    acts = given["handed"]["to"] == to
    listed = [item.text for group in message.groups for item in group.items]
    assert listed == (lines if acts else [])
    written = ["\n".join(lines)] if lines and not acts else []
    assert list(message.paragraphs) == written


def test_the_person_who_acts_now_can_act_on_each_line() -> None:
    given = facts(
        line(),
        line("approver"),
        line("more time", until="2027-02-11"),
        line("gate", task="sales_readiness", due=None),
        until="2027-02-12",
    )
    message = told(given, LEAD)
    assert message.sentence == (
        "You act for Product marketing until Fri 12 Feb, with 1 task, 1 review, "
        "1 request for more time and 1 gate (Valkey 9.0)."
    )
    (group,) = message.groups
    own, review, more_time, gate = group.items
    about = Subject("valkey-9", "battlecard:redis")
    assert (own.subject, own.ask) == (about, None)
    assert review.ask is not None
    assert (review.subject, review.ask.wanted) == (about, AnswerKind.REVIEW)
    assert more_time.ask is not None
    assert more_time.ask.wanted == AnswerKind.MORE_TIME
    assert more_time.subject == replace(about, until=date(2027, 2, 11))
    assert more_time.text == (
        'More time: "Battlecard: Redis", due Thu 4 Feb, until Thu 11 Feb asked for'
    )
    assert (gate.subject, gate.ask) == (Subject("valkey-9", ""), None)


@pytest.mark.parametrize(
    ("by", "note", "arranged"),
    [
        (LEAD, None, ""),
        (LEAD, "A  baby", " The reason: A baby."),
        ("ops@example.com", None, " ops@example.com arranged it."),
        ("ops@example.com", "A baby.", " ops@example.com arranged it: A baby."),
    ],
)
def test_a_second_sentence_says_who_arranged_it_and_why(
    by: str, note: str | None, arranged: str
) -> None:
    message = told({**facts(line()), "by": by, "note": note}, LEAD)
    begin = "You take over 1 task from Product marketing (Valkey 9.0)."
    assert message.sentence == f"{begin}{arranged}"


def test_of_several_launches_each_line_names_its_own() -> None:
    given = facts(line(), line(launch="falcon-2", product="Falcon 2"), until=None)
    message = told(given, LEAD)
    assert message.sentence == "You take over 2 tasks from Product marketing."
    assert "(Falcon 2)" in message.groups[0].items[1].text


def test_the_lines_name_the_part_and_of_several_launches_the_product() -> None:
    one = facts(line(), line("approver"), line("gate", title="Ready", due=None))
    assert handed_lines(one, READER) == [
        '"Battlecard: Redis", due Thu 4 Feb',
        'Approve: "Battlecard: Redis", due Thu 4 Feb',
        'Gate: "Ready"',
    ]
    two = facts(line(), line(launch="falcon-2", product="Falcon 2", due=None))
    assert handed_lines(two, READER) == [
        '"Battlecard: Redis" (Valkey 9.0), due Thu 4 Feb',
        '"Battlecard: Redis" (Falcon 2)',
    ]


@pytest.mark.parametrize("given", [{}, {"handed": 1, "tasks": 2}, {"tasks": [3]}])
def test_missing_facts_are_not_faults(given: dict[str, Any]) -> None:
    assert handed_lines(given, READER) == []
    assert told(given, LEAD).sentence
