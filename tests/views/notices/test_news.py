from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.notices.news import NewsEvent, passed_days
from launch_kits.views.notices.text import clean
from tests.launches import NOW, SLUG, sentence_of
from tests.slack.said import BATTLECARD, said
from tests.slack.views import READER, launch, notice, task
from tests.views.notices.happenings import HAPPENINGS, OLD_NOTICES, REWORDED, news_of


def old_notice(name: str) -> Notice:
    return Notice(
        kind="news", launch=SLUG, filed_at=NOW, send_after=NOW, **OLD_NOTICES[name]
    )


@pytest.mark.parametrize("name", HAPPENINGS)
def test_news_from_data_equals_the_sentence_stored_before(
    store: Store, name: str
) -> None:
    found, old = news_of(store, name), old_notice(name)
    assert "text" not in found.facts
    assert found.facts["event"] == HAPPENINGS[name][0]
    assert (found.key, found.to, found.task) == (old.key, old.to, old.task)
    contexts = ContextLoader(store, documents=Path("/nowhere"))
    # a year later as well: the days of an event are told as when it happened
    for now in (NOW, NOW + timedelta(days=365)):
        context = contexts.of(SLUG, now=now)
        message = context.message(found, now=now)
        told_before = context.message(old, now=now)
        assert name in REWORDED or message == told_before
        assert clean(old.facts["text"]) in told_before.sentence


#: events that were told from data from their beginning: no sentence was ever stored
YOUNGER = {
    NewsEvent.CARD_FLAGGED,
    NewsEvent.EDITED,
    NewsEvent.HELP_WANTED,
    NewsEvent.STUCK,
}


def test_every_event_happens_in_a_test() -> None:
    assert {event for event, _ in HAPPENINGS.values()} | YOUNGER == set(NewsEvent)
    assert set(OLD_NOTICES) == set(HAPPENINGS)


@pytest.mark.parametrize("event", NewsEvent)
def test_news_without_its_data_or_its_task_is_told_all_the_same(
    event: NewsEvent,
) -> None:
    for key in ("battlecard:redis", "gone", None):
        about = notice("news", key, event=event)
        assert compose(about, launch(task()), reader=READER).sentence


def test_news_about_a_task_that_is_gone_names_its_key() -> None:
    about = notice("news", "gone", event="blocked", by="legal@example.com", note=None)
    told = compose(about, launch(task()), reader=READER)
    assert told.sentence == "Valkey 9.0: gone is blocked, says Counsel."


def test_an_unknown_event_with_a_text_is_told_by_its_text() -> None:
    about = notice("news", None, event="of a later version", text="It happened")
    told = compose(about, launch(), reader=READER)
    assert told.sentence == "Valkey 9.0: It happened."


def test_news_of_more_time_names_what_can_no_longer_be_kept(store: Store) -> None:
    found = news_of(store, "extended past a start")
    assert sentence_of(store, found) == (
        'Falcon 2: Lou needs until Mon 8 Feb for Legal review. "Training" and "Go live" can '
        "then be 3 days late. Work due by the launch day, Tue 9 Feb, then ends on Fri 12 Feb."
    )


def test_news_of_more_time_with_the_facts_of_an_older_version_is_told() -> None:
    passes = {"starts": ["training"], "anchor": "launch", "anchor_on": "2027-02-09"}
    facts = {"by": "pmm@example.com", "until": "2027-02-10", "passes": passes}
    told = compose(
        notice("news", event="extended", **facts), launch(task()), reader=READER
    )
    assert told.sentence == (
        "Valkey 9.0: Product marketing gave Battlecard: Redis Open Source until "
        "Wed 10 Feb, within its float; it passes the latest start of training and the "
        "launch day, 2027-02-09."
    )


def test_the_days_that_a_due_day_passes_are_joined() -> None:
    passes = {"starts": ["a", "b"], "anchor": "launch", "anchor_on": "2027-02-09"}
    told = "the latest start of a, b and the launch day, 2027-02-09"
    assert passed_days(passes) == told
    assert passed_days({"starts": []}) == ""


def test_news_of_a_move_names_the_days_before_and_after():
    changes = [
        {
            "task": "battlecard:redis",
            "title": "Battlecard",
            "due_before": "2027-02-04",
            "due": "2027-02-08",
        },
        {
            "task": "training",
            "title": "Training",
            "due_before": "2027-02-10",
            "due": "2027-02-12",
        },
    ]
    text, shown = said(
        notice("news", None, changes=changes, launch_on="2027-03-09"),
        launch(BATTLECARD),
    )
    assert text == (
        "Valkey 9.0: launch day Tue 9 Mar; 2 due days moved: "
        "Battlecard: Thu 4 Feb → Mon 8 Feb; Training: Wed 10 Feb → Fri 12 Feb."
    )
    assert (
        shown[2]
        == "Battlecard: Thu 4 Feb → Mon 8 Feb\nTraining: Wed 10 Feb → Fri 12 Feb"
    )


def test_news_of_an_edit_name_the_person_and_the_parts():
    days = {"due_before": "2027-02-10", "due": "2027-02-08"}
    training = {"task": "training", "title": "Training", **days}
    changes = [
        {**training, "field": "days", "from": 2, "to": 4},
        {**training, "field": "after", "from": [], "to": ["research", "demo"]},
        {**training, "field": "due", "from": "2027-02-10", "to": "2027-02-08"},
    ]
    text, shown = said(
        notice("news", None, event="edited", by="lead@example.com", changes=changes),
        launch(BATTLECARD),
    )
    assert text == (
        "Valkey 9.0: Product lead changed your work: Training: days 2 → 4; "
        "Training: after none → research, demo; Training: Wed 10 Feb → Mon 8 Feb."
    )
    assert "Training: days 2 → 4" in shown[2]


def test_news_in_words_are_told_once():
    assert said(notice("news", text="Redis changed its licence"), launch(BATTLECARD))[
        0
    ] == ("Valkey 9.0: Redis changed its licence.")
    assert (
        said(notice("news", text="Valkey 9.0: every task is done."), launch())[0]
        == "Valkey 9.0: every task is done."
    )


def test_a_cancellation_says_by_whom_and_why():
    text, _ = said(
        notice("cancelled", None, by="lead@example.com", note="We wait for 9.1"),
        launch(),
    )
    assert (
        text
        == "Valkey 9.0 is cancelled by Product lead: We wait for 9.1. Nothing is left to do for it."
    )
