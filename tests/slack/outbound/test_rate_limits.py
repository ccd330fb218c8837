from __future__ import annotations

from datetime import timedelta

from launch_kits.slack.outbound import client
from launch_kits.worker.delivery import Delivered
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Fault


class TestLimits:
    def test_a_limit_is_obeyed_for_its_channel_and_the_others_go_on(
        self, slack, send, file, read
    ):
        deliver_to = [
            file("news", text="a"),
            file("news", text="b"),
            file("news", task="legal_review", to=PEOPLE["lead"]),
        ]
        slack.faults = [Fault("chat.postMessage", "limited", seconds=40, channel="DU2")]
        delivered = send(NOW)
        assert (delivered.sent, delivered.given_back, delivered.problems) == (1, 2, ())
        limited, untried, sent = (read(key) for key in deliver_to)
        assert (limited.attempts, untried.attempts, sent.attempts) == (0, 0, 1), (
            "a limit is no attempt"
        )
        assert limited.send_after == untried.send_after, "they keep their order"
        for notice in (limited, untried):
            assert timedelta(seconds=39) < notice.send_after - NOW
        assert slack.called("chat.postMessage") == 2
        assert send(NOW + timedelta(seconds=20)) == Delivered()

    def test_a_limit_on_looking_people_up_puts_off_those_still_unknown(
        self, slack, send, file
    ):
        file()
        send(NOW)
        slack.faults = [Fault("users.lookupByEmail", "limited", seconds=31)]
        file("news", text="To one who is known")
        file("news", task=None, to=PEOPLE["lead"], text="To one who is not")
        assert send(NOW) == Delivered(sent=1, given_back=1)

    def test_a_short_limit_is_waited_out_and_the_order_kept(self, slack, send, file):
        keys = [file("news", text=f"News {number}") for number in range(3)]
        slack.faults = [Fault("chat.postMessage", "limited", seconds=1, times=2)]
        assert send(NOW) == Delivered(sent=3)
        assert [
            message["metadata"]["event_payload"]["key"] for message in slack.posted
        ] == keys
        assert slack.called("conversations.history") == 0, (
            "a limited post is known not to be there"
        )

    def test_a_limit_is_known_to_the_next_process(self, slack, send, file, read):
        slack.faults = [Fault("chat.postMessage", "limited", seconds=40)]
        key = file("news", text="a")
        send(NOW)
        client.connect.cache_clear()
        file("news", text="b")
        assert send(NOW + timedelta(seconds=10)).given_back == 1
        assert slack.called("chat.postMessage") == 1
        client.connect.cache_clear()
        assert send(read(key).send_after) == Delivered(sent=2)
