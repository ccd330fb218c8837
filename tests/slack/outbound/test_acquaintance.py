from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from launch_kits.database.records import SlackUser
from launch_kits.slack.inbound.members import rebind
from launch_kits.slack.outbound import client
from launch_kits.slack.outbound.acquaintance import ids_of_people
from launch_kits.verbs import delegate, reassign
from launch_kits.verbs.transaction import changing
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


def test_a_task_that_is_given_to_them_in_their_morning_comes_that_morning(
    store, slack, send
):
    slack.people[STRANGER] = "U9"
    slack.make(STRANGER, name="Sora Tanaka", tz="Asia/Tokyo")
    given = {"to": STRANGER, "by": PEOPLE["lead"], "now": TOKYO_MORNING}
    reassign(store, "valkey-9", "battlecard:redis", **given)
    send(TOKYO_MORNING)
    (message,) = slack.messages(to=STRANGER)
    assert "gave it to you" in message["text"]


def test_who_takes_over_from_one_who_left_is_written_to_in_their_own_hours(
    store, slack, send
):
    """The brief has no more of them than the email, although it gives them roles from now on."""
    slack.people[STRANGER] = "U9"
    slack.make(STRANGER, name="Sora Tanaka", tz="Asia/Tokyo")
    given = {"person": PEOPLE["pmm"], "to": STRANGER, "by": PEOPLE["lead"]}
    delegate(store, **given, now=NOW)
    send(NOW)
    assert slack.messages(to=STRANGER) == []
    send(TOKYO_MORNING)
    (message,) = slack.messages(to=STRANGER)
    assert message["text"].startswith("You take over")
    with changing(store, "valkey-9", now=TOKYO_MORNING) as found:
        assert found.hours_of(STRANGER).zone.key == "Asia/Tokyo"
        assert found.name(STRANGER) == "Sora Tanaka"


def test_a_reminder_keeps_their_hours_once_they_are_known(store, send, stranger):
    send(NOW)
    with changing(store, "valkey-9", now=TOKYO_MORNING) as change:
        hours = change.hours_of(STRANGER)
    assert hours.opens(TOKYO_MORNING) == TOKYO_MORNING
    assert hours.opens(NOW) == TOKYO_MORNING


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


def test_messages_that_are_there_name_them_once_they_are_known(
    store, slack, send, file
):
    slack.people[STRANGER] = "U9"
    slack.make(STRANGER, name="Sora Tanaka", tz="Asia/Tokyo")
    change(store, owner=STRANGER, due=NOW.date() - timedelta(3))
    file("escalation", to=PEOPLE["lead"])
    send(NOW)
    (message,) = slack.messages(to=PEOPLE["lead"])
    assert STRANGER in message["text"]
    file(to=STRANGER)
    send(TOKYO_MORNING)
    send(TOKYO_MORNING)
    (message,) = slack.messages(to=PEOPLE["lead"])
    assert "Sora Tanaka" in message["text"]
    assert STRANGER not in message["text"]


def test_a_zone_that_is_unknown_here_leaves_the_launchs(slack, send, stranger):
    slack.make(STRANGER, tz="Mars/Olympus")
    assert send(NOW).sent == 1


def test_a_member_of_the_team_is_kept_at_the_first_message(store, slack, send, file):
    file()
    send(NOW)
    with store.read() as session:
        (kept,) = session.exec(select(SlackUser)).all()
    owner = PEOPLE["pmm"]
    assert (kept.id, kept.email, kept.standing) == (slack.people[owner], owner, None)
    assert slack.called("users.lookupByEmail") == 1


def test_messages_follow_the_account_of_the_first_message(store, slack, send, file):
    owner = PEOPLE["pmm"]
    file()
    send(NOW)
    slack.people["pia.new@example.com"] = slack.people[owner]
    slack.people[owner] = "U_OTHER"
    client.connect.cache_clear()
    file("nudge")
    assert send(NOW).sent == 1
    assert slack.messages(to=owner) == []
    assert len(slack.messages(to="pia.new@example.com")) == 2
    assert slack.called("users.lookupByEmail") == 1


@pytest.fixture
def owner_known(store, file):
    """The owner has used the app; returns the key of a notice for them."""
    with store.write() as session:
        owner = PEOPLE["pmm"]
        session.add(
            SlackUser(
                id="U_OWN", email=owner, name="Pia", standing="member", read_at=NOW
            )
        )
    return file(to=PEOPLE["pmm"])


def test_a_profile_that_takes_the_email_gets_no_messages(
    store, slack, send, owner_known
):
    owner = PEOPLE["pmm"]
    slack.people["pia.new@example.com"] = "U_OWN"
    assert slack.people[owner] != "U_OWN"
    assert send(NOW).sent == 1
    assert len(slack.messages(to="pia.new@example.com")) == 1
    assert slack.messages(to=owner) == []


def rebound(store):
    with store.write() as session:
        session.get(SlackUser, "U_OWN").told_email = "pia.new@example.com"
    rebind(store, "U_OWN")


def test_after_rebind_the_email_finds_its_new_profile(
    store, slack, send, file, owner_known
):
    slack.people["pia.new@example.com"] = "U_OWN"
    send(NOW)
    rebound(store)
    file("nudge", to=PEOPLE["pmm"])
    assert send(NOW).sent == 1
    assert len(slack.messages(to=PEOPLE["pmm"])) == 1


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("U1", "member", None, 0), ("U2", "member", None, 1)], "U1"),
        ([("U1", "member", "new@x.example", 1), ("U2", "member", None, 0)], "U1"),
        ([("U1", "left", None, 0), ("U2", "member", None, 1)], "U2"),
        ([("U1", "foreign", None, 0)], None),
        ([("U1", "bot", None, 0)], None),
        ([("U1", None, None, 0)], "U1"),
    ],
)
def test_the_account_that_had_the_email_first_counts(empty_store, rows, found):
    with empty_store.write() as session:
        for user, standing, told, day in rows:
            session.add(
                SlackUser(
                    id=user,
                    email="a@x.example",
                    told_email=told,
                    name="A",
                    standing=standing,
                    read_at=NOW + timedelta(days=day),
                )
            )
    assert ids_of_people(empty_store).get("a@x.example") == found
