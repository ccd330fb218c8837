from __future__ import annotations

from typing import Any

import pytest

from launch_kits.slack.inbound.thread_replies import read_reply
from launch_kits.verbs import drop
from tests.launches import LEAD, LEGAL, NOW, PMM, SLUG, STRANGER, events, task
from tests.slack.events import by_the_app
from tests.slack.office import Office

LINK = "https://x.example/draft?a=1&b=2"


def reply(office: Office, email: str, text: str, *, title: str = "Research") -> Any:
    """Answer in the thread of a task's message to its owner."""
    message = office.message(PMM, title)
    channel = f"D{office.slack.people[PMM]}"
    payload = office.people.write(email, channel, text, thread_ts=message["ts"])
    office.settle()
    return payload


def noted(office: Office) -> list[tuple[str, str | None, str | None]]:
    return [
        (each.by, each.note, each.data.get("link"))
        for each in events(office.store, verb="note")
    ]


def test_a_reply_is_a_note_on_the_task(falcon_office: Office) -> None:
    reply(falcon_office, PMM, "Two of five\nanswered")
    assert noted(falcon_office) == [(PMM, "Two of five answered", None)]
    assert events(falcon_office.store, verb="note")[0].task == "research"
    assert falcon_office.followed == [SLUG]
    assert falcon_office.slack.told == []


def test_a_link_in_a_reply_is_evidence(falcon_office: Office) -> None:
    reply(falcon_office, PMM, "Draft: <https://x.example/draft?a=1&amp;b=2|the draft>.")
    assert task(falcon_office.store, "research").link == LINK
    ((_, note, link),) = noted(falcon_office)
    assert link == LINK
    assert note is not None
    assert LINK in note
    assert "amp;" not in note


def test_each_reply_counts_once(falcon_office: Office) -> None:
    payload = reply(falcon_office, PMM, "Nearly there")
    for _ in range(2):
        falcon_office.people.send_event(payload)
        falcon_office.settle()
    assert len(noted(falcon_office)) == 1


def test_the_lead_may_reply_and_a_stranger_is_left_alone(falcon_office: Office) -> None:
    reply(falcon_office, LEAD, "Thank you")
    reply(falcon_office, STRANGER, "Hello")
    reply(falcon_office, LEGAL, "Hello")
    assert noted(falcon_office) == [(LEAD, "Thank you", None)]
    assert falcon_office.slack.told == []


def test_a_reply_about_a_closed_task_is_answered(falcon_office: Office) -> None:
    drop(falcon_office.store, SLUG, "research", now=NOW)
    reply(falcon_office, PMM, "One more thing")
    assert noted(falcon_office) == []
    assert "Research" in falcon_office.told


def test_messages_outside_of_tasks_are_left_alone(falcon_office: Office) -> None:
    channel = f"D{falcon_office.slack.people[PMM]}"
    falcon_office.people.write(PMM, channel, "Hello")
    falcon_office.settle()
    message = falcon_office.message(PMM, "Research")
    own = {"ts": "9.9", "thread_ts": message["ts"], "text": "On it"}
    falcon_office.people.event(by_the_app(own, channel))
    falcon_office.settle()
    assert noted(falcon_office) == []


WRITTEN = {"user": "U1", "channel": "D1", "ts": "2.1", "thread_ts": "1.1", "text": "x"}


@pytest.mark.parametrize(
    "changed",
    [
        {"subtype": "message_changed"},
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"text": "  "},
        {"thread_ts": None},
        {"thread_ts": "2.1"},
        {"user": None},
        {"text": 7},
    ],
)
def test_other_messages_are_not_replies(changed: dict[str, object]) -> None:
    assert read_reply(WRITTEN)
    assert read_reply({**WRITTEN, "subtype": "thread_broadcast"})
    assert read_reply({**WRITTEN, **changed}) is None


@pytest.mark.parametrize("found", [{"is_restricted": True}, {"team_id": "T9"}])
def test_guests_and_foreign_members_are_left_alone(
    falcon_office: Office, found: dict[str, object]
) -> None:
    falcon_office.slack.make(PMM, **found)
    reply(falcon_office, PMM, "Nice")
    assert noted(falcon_office) == []
    assert falcon_office.slack.told == []


def test_a_person_whose_email_slack_hides_is_left_alone(falcon_office: Office) -> None:
    falcon_office.forget(PMM)
    falcon_office.slack.shown_as[PMM] = None
    reply(falcon_office, PMM, "Nice")
    assert noted(falcon_office) == []
    assert falcon_office.slack.told == []


def test_a_stranger_is_told_nothing_about_a_closed_task(falcon_office: Office) -> None:
    drop(falcon_office.store, SLUG, "research", now=NOW)
    reply(falcon_office, STRANGER, "Pity")
    assert falcon_office.slack.told == []
