from __future__ import annotations

from typing import Any

import pytest

from launch_kits.views.notices.handed import handed_lines, handed_sentence
from tests.slack.views import READER

PMM, LEAD = "pmm@example.com", "lead@example.com"


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


@pytest.mark.parametrize(
    ("given", "to", "sentence"),
    [
        (
            facts(line(), line("approver"), until="2027-02-12"),
            LEAD,
            (
                "You act for Product marketing until Fri 12 Feb: "
                "1 task, 1 review in that time"
            ),
        ),
        (
            facts(until="2027-02-12"),
            "sales@example.com",
            (
                "Product lead acts for Product marketing until Fri 12 Feb: "
                "nothing in that time"
            ),
        ),
        (
            facts(line(), line(), line("gate"), until=None),
            LEAD,
            "You have 2 tasks, 1 gate of Product marketing from now on",
        ),
        (
            facts(line(), until=None),
            PMM,
            "Product lead has 1 task of Product marketing from now on",
        ),
        (
            facts(line(), back=LEAD),
            PMM,
            "Product lead is back and has 1 task again",
        ),
    ],
)
def test_the_sentence_says_who_acts_for_another(
    given: dict[str, Any], to: str, sentence: str
) -> None:
    assert handed_sentence(given, READER, to=to) == sentence


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
def test_missing_facts_are_no_fault(given: dict[str, Any]) -> None:
    assert handed_lines(given, READER) == []
    assert handed_sentence(given, READER, to=LEAD)
