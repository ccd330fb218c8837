from __future__ import annotations

import pytest

from launch_kits.views.notices.digest import morning
from launch_kits.views.notices.informing import informing_items, informs
from tests.slack.views import READER

BLOCKED = {"event": "blocked", "by": "legal@example.com", "note": "No data yet"}
BACK = {
    "handed": {"from": "a@example.com", "to": "b@example.com", "back": "b@example.com"},
    "tasks": [{"title": "Plan", "field": "owner", "due": "2027-02-04"}],
}


def line(facts: dict) -> dict:
    return {
        "launch": "valkey-9",
        "product": "Valkey 9.0",
        "task": "copy",
        "title": "Copy",
        "to": "a@example.com",
        "facts": facts,
    }


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (BLOCKED, '"Copy" is blocked, says Counsel: No data yet'),
        (
            BACK,
            'b@example.com is back and has 1 task again: "Plan", due Thu 4 Feb',
        ),
        ({"event": "no such event"}, "Copy"),
    ],
)
def test_each_line_says_what_its_message_would(facts: dict, told: str) -> None:
    (item,) = informing_items([line(facts)], READER, where=lambda _: "")
    assert item.text == told
    assert item.subject is not None
    assert item.others


def test_only_news_that_ask_nothing_can_wait() -> None:
    assert informs(BLOCKED)
    assert informs(BACK)
    for event in ("help wanted", "sent back", "at risk", "launch day passed"):
        assert not informs({"event": event})


def test_a_digest_counts_its_news_and_lists_them() -> None:
    found = morning({"tasks": [], "news": [line(BLOCKED)]}, reader=READER)
    assert found.sentence.startswith('1 thing to know: "Copy" is blocked')
    assert [group.title for group in found.groups] == ["News"]
