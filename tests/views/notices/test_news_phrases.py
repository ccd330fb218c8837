from __future__ import annotations

from launch_kits.views.notices.news_events import NewsEvent
from launch_kits.views.notices.news_phrases import PHRASES, passed_days


def test_every_event_has_its_words() -> None:
    assert set(PHRASES) == set(NewsEvent)


def test_the_days_that_a_due_day_passes_are_joined() -> None:
    passes = {"starts": ["a", "b"], "anchor": "launch", "anchor_on": "2027-02-09"}
    assert passed_days(passes) == (
        ", after the last day on which 2 other tasks can be started in time and after "
        "the launch day"
    )
    assert passed_days({"starts": []}) == ""
