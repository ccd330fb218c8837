from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.views.notices.asking_phrases import ASKS, steps_of
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.news_events import News, NewsEvent
from tests.slack.views import READER, launch, notice, task

BY = {"by": "pmm@example.com", "note": "No data"}
BLOCKED = {"status": TaskStatus.BLOCKED}
LATE = {"overdue": True, "due": date(2027, 1, 28)}


@pytest.mark.parametrize(
    ("facts", "state", "says"),
    [
        (
            {"event": "blocked"},
            BLOCKED,
            (
                'Please help: "Battlecard" (Valkey 9.0) is blocked, says Product marketing: '
                "No data. It is due Thu 4 Feb, in 3 working days."
            ),
        ),
        (
            {"event": "blocked", "helper": "legal@example.com"},
            BLOCKED | LATE,
            (
                '"Battlecard" (Valkey 9.0) is blocked, says Product marketing: No data. '
                "It was due Thu 28 Jan."
            ),
        ),
        (
            {"event": "help wanted"},
            BLOCKED | LATE,
            (
                'Please help Product marketing, who cannot go on with "Battlecard" '
                "(Valkey 9.0): No data. It was due Thu 28 Jan."
            ),
        ),
        (
            {"event": "sent back"},
            {},
            (
                'Please hand in "Battlecard" (Valkey 9.0) again by Thu 4 Feb, in 3 working '
                "days. Product marketing sent it back: No data."
            ),
        ),
        (
            {"event": "sent back"},
            LATE,
            (
                'Overdue, was due Thu 28 Jan: please hand in "Battlecard" (Valkey 9.0) '
                "again. Product marketing sent it back: No data."
            ),
        ),
    ],
)
def test_the_first_line_says_what_is_wanted_and_by_when(
    facts: dict[str, object], state: dict[str, object], says: str
) -> None:
    shown = launch(task(title="Battlecard", **state))
    about = notice("news", to="pmm@example.com", **facts, **BY)
    assert compose(about, shown, reader=READER).sentence == says


@pytest.mark.parametrize("event", NewsEvent)
def test_only_news_of_cards_name_steps(event: NewsEvent) -> None:
    about = notice("news", event=event, name="Redis")
    steps = steps_of(News.of(about, launch(task()), READER))
    assert bool(steps) is event.value.startswith("card")


def test_each_asks_in_words_of_its_own() -> None:
    assert len({*ASKS.values()}) == len(ASKS) - 1  # a stale card is a card due before
