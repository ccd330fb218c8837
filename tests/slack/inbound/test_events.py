from __future__ import annotations

import logging
from typing import Any

import pytest
from sqlmodel import select, update

from launch_kits.database.records import Answered, Notice
from launch_kits.slack.inbound import events
from launch_kits.slack.inbound.events import HEARD, EventRoute, deleted_ts
from launch_kits.slack.outbound.dead_letters import DELETED_TWICE
from launch_kits.worker.delivery import deliver
from tests.launches import LEAD, LEGAL, PMM, SLUG
from tests.slack.events import by_the_app
from tests.slack.office import Office, changeable
from tests.slack.stand_in import Fault


def place(office: Office) -> tuple[str, dict[str, Any]]:
    """The channel and the message of a task."""
    return f"D{office.slack.people[PMM]}", office.message(PMM, "")


def notice(office: Office, ts: str) -> Notice:
    with office.store.read() as session:
        return session.exec(select(Notice).where(Notice.ts == ts)).one()


@pytest.mark.parametrize("event", HEARD)
def test_an_event_is_acknowledged(falcon_office: Office, event: str) -> None:
    channel = {"id": "C9", "name": "falcon"} if "rename" in event else "C9"
    before = changeable(falcon_office.store)
    falcon_office.people.event({"type": event, "channel": channel})
    falcon_office.settle()
    assert changeable(falcon_office.store) == before


@pytest.mark.parametrize("answered", [False, True])
def test_a_deleted_message_is_posted_once_more(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch, answered: bool
) -> None:
    office = falcon_office
    channel, message = place(office)
    key = notice(office, message["ts"]).key
    if answered:
        office.slack.say(PMM, channel, "Why?", thread_ts=message["ts"])
    monkeypatch.setattr(office.app.slack, "later", office.followed.append)
    payload = office.people.delete(channel, message["ts"])
    office.settle()
    with office.store.read() as session:
        found = session.get(Notice, key)
    assert found
    assert (found.status, found.deleted_at) == ("pending", office.now)
    assert office.followed == [SLUG]
    office.deliver()
    office.people.send_event(payload, **{"x-slack-retry-num": "1"})
    office.settle()
    office.deliver()
    carried = [
        each["metadata"]["event_payload"]["key"]
        for each in office.slack.messages(to=PMM)
        if "metadata" in each
    ]
    assert carried.count(key) == 1
    with office.store.read() as session:
        (kept,) = session.exec(
            select(Answered).where(Answered.key == f"event:{payload['event_id']}")
        )
    assert kept.done_at == office.now


def test_the_lead_is_told_once_of_a_message_that_is_deleted_again(
    falcon_office: Office,
) -> None:
    office = falcon_office
    channel, message = place(office)
    key = notice(office, message["ts"]).key
    office.people.delete(channel, message["ts"])
    office.settle()
    office.deliver()
    (again,) = (
        each["ts"]
        for each in office.slack.messages(to=PMM)
        if each.get("metadata", {}).get("event_payload", {}).get("key") == key
    )
    office.people.delete(channel, again)
    office.settle()
    office.deliver()
    with office.store.read() as session:
        told = session.exec(select(Notice).where(Notice.to == LEAD)).all()
    about = [each for each in told if each.facts.get("error") == DELETED_TWICE]
    assert [(each.status, each.facts["to"]) for each in about] == [("sent", PMM)]


def test_revoked_tokens_stop_deliveries(
    falcon_office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office = falcon_office
    with caplog.at_level(logging.ERROR):
        office.people.revoke_tokens()
        office.settle()
    assert "set SLACK_BOT_TOKEN" in caplog.text
    calls = len(office.slack.calls)
    with office.store.write() as session:
        session.exec(update(Notice).values(outdated=True, shown=None))
    delivered = deliver(office.store, settings=office.settings, now=office.now)
    assert "Slack refused the token" in delivered.problems[0]
    assert len(office.slack.calls) == calls


def test_messages_of_others_and_our_own_are_left_alone(falcon_office: Office) -> None:
    office = falcon_office
    channel, message = place(office)
    before = changeable(office.store)
    said = office.people.write(LEAD, channel, "Hello")["event"]
    office.people.delete(channel, said["ts"])
    office.people.event(by_the_app(message, channel))
    office.settle()
    assert changeable(office.store) == before
    with office.store.read() as session:
        keys = session.exec(select(Answered.key)).all()
    assert [key for key in keys if key.startswith("event:")] == []


def test_a_deed_of_a_person_is_done_for_members_only(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = falcon_office
    done = []
    route = EventRoute(
        "message",
        wanted=lambda _, event: bool(event.get("thread_ts")),
        work=lambda _, event: done.append(event["text"]),
    )
    monkeypatch.setattr(events, "EVENTS", (route,))
    channel, message = place(office)
    office.people.write(PMM, channel, "Mine", thread_ts=message["ts"])
    office.slack.make(LEAD, is_stranger=True)
    office.people.write(LEAD, channel, "Theirs", thread_ts=message["ts"])
    office.settle()
    assert done == ["Mine"]
    assert office.slack.told == [], "nobody asked us for anything"


@pytest.mark.parametrize(
    ("event", "ts"),
    [
        ({"subtype": "message_deleted", "deleted_ts": "1.1"}, "1.1"),
        ({"subtype": "message_deleted", "previous_message": {"ts": "1.2"}}, "1.2"),
        ({"subtype": "message_deleted"}, None),
        (
            {
                "subtype": "message_changed",
                "message": {"subtype": "tombstone", "ts": "1.3"},
            },
            "1.3",
        ),
        ({"subtype": "message_changed", "message": {"ts": "1.3"}}, None),
        ({"ts": "1.4"}, None),
    ],
)
def test_the_place_of_a_deleted_message(event: dict[str, Any], ts: str | None) -> None:
    assert deleted_ts({"type": "message", **event}) == ts


@pytest.mark.parametrize(
    ("fact", "words"),
    [("is_restricted", "guests of the workspace"), ("deleted", "was deactivated")],
)
def test_a_member_who_becomes_a_guest_or_leaves_may_act_no_more(
    falcon_office: Office, fact: str, words: str
) -> None:
    office = falcon_office
    office.type(PMM, "mine")
    assert "Sorry" not in office.told
    office.people.change(PMM, **{fact: True})
    office.settle()
    office.type(PMM, "mine")
    assert words in office.told
    office.people.change(PMM, **{fact: False})
    office.settle()
    office.type(PMM, "mine")
    assert "Sorry" not in office.told


def test_slack_is_asked_about_people_who_are_known_and_have_changed(
    falcon_office: Office,
) -> None:
    office = falcon_office
    office.people.change(LEGAL, is_restricted=True)
    office.settle()
    assert office.slack.called("users.info") == 0, "no one has met them"
    office.type(PMM, "mine")
    office.people.change(PMM)
    office.settle()
    assert office.slack.called("users.info") == 1, "nothing has changed"
    office.people.change(PMM, name="Pia")
    office.settle()
    assert office.slack.called("users.info") == 2


def test_a_change_that_slack_does_not_explain_now_is_asked_about_later(
    falcon_office: Office,
) -> None:
    office = falcon_office
    office.type(PMM, "mine")
    office.slack.faults.append(Fault("users.info", "broken", times=4))
    office.people.change(PMM, is_restricted=True)
    office.settle()
    office.slack.faults.clear()
    office.app.resume()
    office.settle()
    office.type(PMM, "mine")
    assert "guests of the workspace" in office.told


def test_pages_leave_a_channel_when_another_organisation_joins_it(
    falcon_office: Office,
) -> None:
    office = falcon_office
    channel = office.slack.named("falcon-2-launch")
    (canvas,) = office.slack.canvases.values()
    page = canvas.markdown
    office.people.share(channel.id)
    office.settle()
    assert (
        "not shown in a channel that another organisation can read" in canvas.markdown
    )
    office.people.share(channel.id, shared=False)
    office.settle()
    assert canvas.markdown == page
