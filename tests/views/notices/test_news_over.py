from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from launch_kits.database.records import (
    ASKING,
    Closing,
    LaunchStatus,
    NoticeKind,
    TaskStatus,
)
from launch_kits.views.notices.closing import closing
from launch_kits.views.notices.news_events import NewsEvent
from launch_kits.views.notices.news_over import news_over
from tests.slack.views import NOW, launch, notice, task

LATER = NOW + timedelta(hours=1)
KEPT: dict[str, Any] = {"event": "card due", "name": "Redis"}


def test_the_events_that_ask_are_events_of_news() -> None:
    assert set(NewsEvent) >= ASKING


@pytest.mark.parametrize("event", sorted(ASKING))
def test_news_that_ask_end_with_a_cancelled_launch(event: str) -> None:
    cancelled = launch(task(status=TaskStatus.BLOCKED), status=LaunchStatus.CANCELLED)
    found = closing(notice("news", event=event), cancelled)
    assert found is not None
    assert found["why"] in (Closing.ENDED, Closing.MET)


@pytest.mark.parametrize("event", sorted(set(NewsEvent) - ASKING))
def test_other_news_are_never_over(event: str) -> None:
    done = launch(task(status=TaskStatus.DONE, done_at=NOW))
    told = notice("news", event=event)
    assert closing(told, done) is None
    assert told.keeps_text


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ({"status": TaskStatus.DOING}, None),
        ({"status": TaskStatus.BLOCKED}, None),
        ({"status": TaskStatus.REVIEW}, Closing.ANSWERED),
        ({"status": TaskStatus.WAITING}, Closing.WAITS),
        ({"status": TaskStatus.DOING, "submitted_at": LATER}, Closing.AGAIN),
        ({"owner": "ops@example.com"}, Closing.HANDED_ON),
    ],
)
def test_work_that_was_sent_back_is_wanted_until_it_is_handed_in_again(
    state: dict[str, Any], why: Closing | None
) -> None:
    about = notice("news", to="pmm@example.com", event="sent back")
    found = news_over(about, launch(task(**state)))
    assert (found and found["why"]) == why


def test_a_card_is_to_be_reviewed_until_it_is_settled() -> None:
    done = launch(task(status=TaskStatus.DONE, done_at=NOW), status=LaunchStatus.DONE)
    kept = notice("news", to="pmm@example.com", **KEPT)
    assert news_over(kept, done) is None
    settled = {"how": "reviewed", "by": "lead@example.com"}
    kept = notice("news", to="pmm@example.com", **KEPT, settled=settled)
    assert news_over(kept, done) == {"why": "settled", **settled}


def test_a_deputy_of_the_keeper_is_asked_for_the_review() -> None:
    deputy = {"to": "deputy@example.com", "for": "pmm@example.com"}
    assert news_over(notice("news", **KEPT, **deputy), launch(task())) is None
    stranger = notice("news", to="deputy@example.com", **KEPT)
    found = news_over(stranger, launch(task()))
    assert found == {"why": "handed on", "to": "pmm@example.com"}


def test_news_that_ask_are_living_and_others_keep_their_text() -> None:
    for event in NewsEvent:
        told = notice(NoticeKind.NEWS, event=event)
        assert told.living is told.asks is (event in ASKING)
