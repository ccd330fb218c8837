from __future__ import annotations

from datetime import timedelta

from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Fault

#: the same hour of the next days
TOMORROW = NOW + timedelta(days=1)
THEN = NOW + timedelta(days=2)


def lose(slack, read, key):
    notice = read(key)
    slack.delete(notice.channel, notice.ts)


def keys(slack, to):
    return [
        each["metadata"]["event_payload"]["key"]
        for each in slack.messages(to=to)
        if "metadata" in each
    ]


def test_a_message_that_would_say_the_same_is_missed_within_a_day(
    slack, send, file, read
):
    """Its words are the same tomorrow, so that no edit finds out that it is gone."""
    key = file("question", None, **ASKED)
    send(NOW)
    lose(slack, read, key)
    send(NOW + timedelta(minutes=5))
    assert keys(slack, PEOPLE["pmm"]) == []
    send(TOMORROW)
    assert keys(slack, PEOPLE["pmm"]) == [key]


def test_one_look_a_day_at_a_conversation(slack, send, file):
    for number in (1, 2):
        file("question", None, **{**ASKED, "id": number})
    send(NOW)
    for hours in (0, 1, 2, 5):
        send(TOMORROW + timedelta(hours=hours))
    assert slack.called("conversations.history") == 1
    send(THEN)
    assert slack.called("conversations.history") == 2


def test_one_that_is_deleted_again_stays_away(slack, send, file, read):
    key = file("question", None, **ASKED)
    send(NOW)
    lose(slack, read, key)
    send(TOMORROW)
    lose(slack, read, key)
    send(THEN)
    assert keys(slack, PEOPLE["pmm"]) == []
    assert read(key).closed == {"why": "deleted"}


def test_a_conversation_that_slack_does_not_show_is_left_alone(slack, send, file, read):
    key = file("question", None, **ASKED)
    send(NOW)
    lose(slack, read, key)
    slack.faults.append(Fault("conversations.history", "missing_scope"))
    assert send(TOMORROW).problems == ()
    assert keys(slack, PEOPLE["pmm"]) == []


ASKED = {
    "id": 1,
    "part": "answer",
    "question": "Does it run on Windows?",
    "by": "seller@example.com",
    "owner": PEOPLE["pmm"],
    "due_at": "2027-12-01T15:00:00+00:00",
    "about": None,
}
