from __future__ import annotations

from datetime import timedelta

from launch_kits import outbox
from launch_kits.database.queries import find_launch
from launch_kits.worker.delivery import Delivered
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Fault

LATER = NOW + timedelta(minutes=5)


class TestDeadLetters:
    def test_the_lead_hears_of_what_is_dead_once(self, store, slack, send, file):
        slack.faults = [Fault("chat.postMessage", "invalid_blocks")]
        key = file()
        send(NOW)
        (told,) = slack.messages(to=PEOPLE["lead"])
        assert (
            'Pmm could not be told about "Battlecard: redis": Slack refuses'
            in told["text"]
        )
        assert "the person who runs this can send it again" in told["text"]
        with store.write() as session:
            outbox.requeue(session, [key], now=NOW)
        slack.faults = [Fault("chat.postMessage", "invalid_blocks")]
        assert send(LATER).dead == 1
        assert len(slack.messages(to=PEOPLE["lead"])) == 1

    def test_no_one_is_told_that_the_lead_could_not_be_told(
        self, store, slack, send, file
    ):
        slack.faults = [Fault("chat.postMessage", "invalid_blocks", times=99)]
        file()
        file("news", task=None, to=PEOPLE["lead"], text="News")
        assert send(NOW).dead == 3
        assert send(LATER) == Delivered()

    def test_the_board_catches_up_with_what_is_dead(self, store, slack, send, file):
        with store.read() as session:
            before = find_launch(session, "valkey-9").revision
        slack.faults = [Fault("chat.postMessage", "invalid_blocks")]
        file()
        send(NOW)
        with store.read() as session:
            assert find_launch(session, "valkey-9").revision == before + 1
