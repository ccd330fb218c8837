from __future__ import annotations

from datetime import date

from launch_kits.views.notices.news_events import News, weekday
from tests.slack.views import READER, launch, notice, task


def test_facts_are_texts_days_and_names() -> None:
    found = notice("news", by="legal@example.com", due="2027-02-04", note=None)
    told = News.of(found, launch(task()), READER)
    assert (told.fact("due"), told.fact("note"), told.fact("gone")) == (
        "2027-02-04",
        "",
        "",
    )
    assert (told.on("due"), told.on("note")) == ("Thu 4 Feb", "?")
    assert (told.by, told.quoted) == ("Counsel", '"Battlecard: Redis Open Source"')


def test_a_day_of_an_event_is_told_without_its_year() -> None:
    assert weekday(date(2031, 2, 4)) == "Tue 4 Feb"
