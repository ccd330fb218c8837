from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from launch_kits.database.queries import find_launch
from launch_kits.database.records import (
    TaskStatus,
)
from launch_kits.verbs import delegate
from launch_kits.views.notices import context as module
from launch_kits.views.notices.context import ContextLoader
from launch_kits.worker.delivery import Delivered
from tests.launches import brief_with, opened
from tests.slack.changes import change, end_launch
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.delivery_fixtures import *  # noqa: F403  fixtures
from tests.slack.views import notice
from tests.views.notices.test_digest import line


class TestWhatIsNoLongerTrue:
    def test_a_closed_task_is_not_announced(self, store, slack, send, file, read):
        key = file()
        change(store, status=TaskStatus.DROPPED)
        assert send(NOW) == Delivered(dropped=1)
        assert (read(key).status, read(key).error, slack.posted) == (
            "dropped",
            "the task is dropped",
            [],
        )

    def test_nothing_is_asked_in_a_launch_that_ended(
        self, store, slack, send, file, read
    ):
        keys = [file(), file("nudge"), file("review")]
        told = file("cancelled", task=None, by=PEOPLE["lead"], note=None)
        end_launch(store)
        assert send(NOW) == Delivered(sent=1, dropped=3)
        assert {read(key).error for key in keys} == {"the launch is cancelled"}
        assert read(told).status == "sent"

    def test_a_task_that_changed_hands_is_announced_to_its_new_owner_alone(
        self, store, slack, send, file
    ):
        file()
        change(store, owner=PEOPLE["lead"])
        file(to=PEOPLE["lead"])
        assert send(NOW) == Delivered(sent=1, dropped=1)
        assert len(slack.messages(to=PEOPLE["lead"])) == 1

    def test_a_question_that_was_answered_is_not_asked(self, slack, send, file):
        file("review", to=PEOPLE["lead"], by=PEOPLE["pmm"])
        file(
            "review",
            to=PEOPLE["lead"],
            until="2027-02-10",
            reason="Waiting for numbers",
        )
        assert send(NOW) == Delivered(dropped=2)


def test_a_loader_reads_again_what_changed_and_keeps_the_launches_read_last(
    store, monkeypatch
):
    for name in ("heron-3", "kestrel"):
        opened(store, brief_with(launch=name))
    loader = ContextLoader(store, documents=Path())
    first = loader.of("heron-3", now=NOW)
    assert loader.of("heron-3", now=NOW) is first
    with store.write() as session:
        find_launch(session, "heron-3").revision += 1
    again = loader.of("heron-3", now=NOW)
    assert again is not first
    assert again.calendars is first.calendars, "its brief did not change"
    with store.write() as session:
        launch = find_launch(session, "heron-3")
        launch.brief = {**launch.brief, "product": "Heron 4"}
        launch.revision += 1
    other = loader.of("heron-3", now=NOW)
    assert other.brief.product == "Heron 4"
    monkeypatch.setattr(module, "MOST", 1)
    loader.of("kestrel", now=NOW)
    assert loader.of("heron-3", now=NOW) is not other


def test_an_absence_changes_no_distance_in_a_message(store):
    opened(store, brief_with(launch="heron-3"))
    loader = ContextLoader(store, documents=Path())
    reader = PEOPLE["pmm"]
    day = NOW.date() + timedelta(9)
    before = loader.of("heron-3", now=NOW).reader(reader, now=NOW).distance(day)
    until = NOW.date() + timedelta(7)
    delegate(
        store,
        person=reader,
        to=PEOPLE["lead"],
        until=until,
        launch="heron-3",
        now=NOW,
    )
    away = loader.of("heron-3", now=NOW)
    assert away.calendars.of(reader).count(NOW.date(), day) < 3
    assert away.reader(reader, now=NOW).distance(day) == before == "in 7 working days"


def test_a_digest_counts_working_days_as_the_messages_of_each_launch_do(store):
    opened(store, brief_with(launch="heron-3"))
    closed = [{"from": "2027-01-27", "to": "2027-01-29"}]
    opened(store, brief_with(launch="kestrel", blackouts=closed))
    tasks = [
        line(slug.title(), "2027-01-26", slug=slug) for slug in ("heron-3", "kestrel")
    ]
    digest = notice("digest", None, PEOPLE["pmm"], tasks=tasks)
    loader = ContextLoader(store, documents=Path())
    (group,) = loader.of("heron-3", now=NOW).message(digest, now=NOW).groups
    told = {item.subject.launch: item.text for item in group.items}
    for slug, days in (("heron-3", 4), ("kestrel", 1)):
        reader = loader.of(slug, now=NOW).reader(digest.to, now=NOW)
        apart = reader.distance(date(2027, 1, 26))
        assert apart.startswith(f"{days} working day")
        assert apart in told[slug]
