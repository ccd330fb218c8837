from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from launch_kits.database.records import SlackUser
from tests.slack.changes import change
from tests.slack.conftest import NOW, PEOPLE

STRANGER = "stranger@example.org"
#: 10:00 in New York is midnight there
TOKYO_MORNING = NOW + timedelta(hours=9)


@pytest.fixture
def stranger(store, slack, file):
    """The battlecard is given to a person outside the team; returns the notice's key."""
    slack.people[STRANGER] = "U9"
    slack.make(STRANGER, name="Sora Tanaka", tz="Asia/Tokyo")
    change(store, owner=STRANGER)
    return file(to=STRANGER)


def test_they_are_written_to_in_their_own_hours(slack, send, stranger, read):
    send(NOW)
    assert slack.messages(to=STRANGER) == []
    assert read(stranger).send_after == TOKYO_MORNING
    assert send(TOKYO_MORNING).sent == 1


def test_slack_is_asked_once(store, slack, send, file, stranger):
    send(NOW)
    file("nudge", to=STRANGER)
    send(TOKYO_MORNING)
    assert slack.called("users.lookupByEmail") == 1
    with store.read() as session:
        (kept,) = session.exec(select(SlackUser)).all()
    assert (kept.id, kept.email, kept.name, kept.zone, kept.read_at >= NOW) == (
        "U9",
        STRANGER,
        "Sora Tanaka",
        "Asia/Tokyo",
        True,
    )


def test_others_read_their_name(store, slack, send, file, stranger):
    send(NOW)
    change(store, due=NOW.date() - timedelta(3))
    file("escalation", to=PEOPLE["lead"])
    send(NOW)
    (message,) = slack.messages(to=PEOPLE["lead"])
    assert "Sora Tanaka" in message["text"]
    assert STRANGER not in message["text"]


def test_a_zone_that_is_unknown_here_leaves_the_launchs(slack, send, stranger):
    slack.make(STRANGER, tz="Mars/Olympus")
    assert send(NOW).sent == 1


def test_the_team_is_not_asked_about(store, send, file):
    file()
    send(NOW)
    with store.read() as session:
        assert session.exec(select(SlackUser)).all() == []
