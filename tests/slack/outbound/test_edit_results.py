from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.worker.delivery import Delivered
from tests.slack.changes import change
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Fault

LATER = NOW + timedelta(minutes=5)
NIGHT = NOW + timedelta(hours=12)
MORNING = NOW + timedelta(hours=23)


@pytest.fixture
def delete(slack, read):
    """A person deletes the message of a notice."""

    def delete(key):
        notice = read(key)
        slack.delete(notice.channel, notice.ts)

    return delete


def keys(slack, to):
    return [
        each["metadata"]["event_payload"]["key"]
        for each in slack.messages(to=to)
        if "metadata" in each
    ]


class TestADeletedMessage:
    def test_the_edit_that_misses_it_posts_it_once_more(  # noqa: PLR0917  fixtures
        self, store, slack, send, file, read, delete
    ):
        key = file()
        send(NOW)
        delete(key)
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        assert send(LATER).sent == 1
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert "Please finish" in message["text"]
        assert keys(slack, PEOPLE["pmm"]) == [key]
        assert read(key).sent_at < LATER, "its reader knew of it from then on"

    def test_it_waits_for_the_hours_of_its_reader(
        self, store, slack, send, file, delete
    ):
        key = file()
        send(NOW)
        delete(key)
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        send(NIGHT)
        assert slack.messages(to=PEOPLE["pmm"]) == []
        send(MORNING)
        assert keys(slack, PEOPLE["pmm"]) == [key]

    def test_a_headline_comes_back_and_is_pinned(self, slack, send, file, read, delete):
        key = file("headline", None, "#valkey-9-launch")
        send(NOW)
        delete(key)
        send(MORNING)
        assert keys(slack, "#valkey-9-launch") == [key]
        assert slack.named("valkey-9-launch").pinned[-1] == read(key).ts

    def test_the_second_time_it_stays_away_and_the_lead_is_told(  # noqa: PLR0917  fixtures
        self, store, slack, send, file, read, delete
    ):
        key = file()
        send(NOW)
        for number in range(2):
            delete(key)
            status = (TaskStatus.DOING, TaskStatus.READY)[number]
            change(store, status=status, begun_at=NOW)
            send(LATER + timedelta(minutes=number))
        assert slack.messages(to=PEOPLE["pmm"]) == []
        assert read(key).closed == {"why": "deleted"}
        (told,) = slack.messages(to=PEOPLE["lead"])
        assert "because it was deleted a second time" in told["text"]

    def test_work_that_is_done_is_not_posted_again(  # noqa: PLR0917  fixtures
        self, store, slack, send, file, read, delete
    ):
        key = file()
        send(NOW)
        delete(key)
        change(store, status=TaskStatus.DONE, done_at=NOW)
        assert send(LATER) == Delivered()
        assert slack.posted == []
        assert read(key).closed["why"] == "done"


class TestAMessageThatCannotBeEdited:
    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            ("edit_window_closed", "it is too old to be changed"),
            ("is_archived", "its channel is archived"),
            ("cant_update_message", "Slack refuses to change it"),
        ],
    )
    def test_the_lead_is_told_once_and_the_cause(  # noqa: PLR0917  fixtures
        self, store, slack, send, file, read, code, reason
    ):
        key = file()
        send(NOW)
        slack.faults = [Fault("chat.update", code, times=99)]
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        assert f"{key}: it cannot be edited" in send(LATER).problems[0]
        send(MORNING)
        (told,) = slack.messages(to=PEOPLE["lead"])
        assert told["text"] == (
            'Valkey 9.0: The message to Pmm about "Battlecard: redis" shows an earlier '
            f"state from now on, because {reason}."
        )
        assert code in read(key).error

    def test_it_is_true_again_when_slack_lets_it_be_edited(
        self, store, slack, send, file, read
    ):
        key = file()
        send(NOW)
        slack.faults = [Fault("chat.update", "is_archived")]
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        send(LATER)
        send(MORNING)
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert "Please finish" in message["text"]
        assert read(key).error is None
