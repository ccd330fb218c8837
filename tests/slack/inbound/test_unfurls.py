from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from launch_kits.slack.inbound.inbox import unfinished
from launch_kits.verbs import cancel
from tests.launches import NOW, PMM, SLUG
from tests.slack.conftest import ROOM
from tests.slack.office import Office, words
from tests.slack.stand_in import Channel, Fault

LAUNCH = f"{ROOM}/launches/{SLUG}"


def shared(
    office: Office, url: str, *, channel: str = "falcon-2-launch"
) -> dict[str, Any]:
    """The previews of a link that a person posts in a channel, by the link."""
    place = office.slack.named(channel).id
    office.people.share_link(PMM, place, url)
    office.settle()
    return office.slack.unfurls.get(f"{place}.1.1", {})


def test_a_launch_is_shown_in_its_own_channel(room_office: Office) -> None:
    (shown,) = shared(room_office, LAUNCH).values()
    said = words(shown)
    assert said[0].startswith("Falcon 2: on track; 0% ready, launch day Tue 9 Feb")
    assert said[-1] == "As of Mon 11 Jan, 10:00"


def test_nothing_is_shown_to_another_organisation(room_office: Office) -> None:
    room_office.people.share(room_office.slack.named("falcon-2-launch").id)
    assert shared(room_office, LAUNCH) == {}


@pytest.mark.parametrize("page", ["tasks/research", "documents/research"])
def test_a_task_is_shown_with_its_owner_day_and_state(
    room_office: Office, page: str
) -> None:
    url = f"{LAUNCH}/{page}"
    assert words(shared(room_office, url)[url])[0] == (
        '"Research" (Falcon 2): Pia, due Mon 8 Feb. It is not started yet.'
    )


def test_a_card_is_shown_by_its_name_alone(room_office: Office) -> None:
    url = f"{LAUNCH}/cards/osprey"
    (said,) = words(shared(room_office, url)[url])
    assert said == "The card on Osprey (Falcon 2)."


def test_nothing_is_shown_in_another_channel(room_office: Office) -> None:
    room_office.slack.channels["C77"] = Channel("C77", "elsewhere")
    assert shared(room_office, LAUNCH, channel="elsewhere") == {}


@pytest.mark.parametrize(
    "url",
    [
        f"{ROOM}/launches/other-9",
        f"{LAUNCH}/tasks/gone",
        f"{LAUNCH}/cards/gone",
        f"{ROOM}/shared/8b1f",
        f"{ROOM}/me",
        f"https://evil.example.com/launches/{SLUG}",
        f"{ROOM}.evil.example.com/launches/{SLUG}",
    ],
)
def test_nothing_is_shown_of_anything_else(room_office: Office, url: str) -> None:
    assert shared(room_office, url) == {}


def test_nothing_is_shown_without_the_address_of_a_room(
    falcon_office: Office,
) -> None:
    assert shared(falcon_office, LAUNCH) == {}


def test_a_launch_that_ended_is_shown_as_ended(room_office: Office) -> None:
    cancel(room_office.store, SLUG, now=NOW)
    (shown,) = shared(room_office, LAUNCH).values()
    assert "cancelled" in words(shown)[0]


def test_a_refused_preview_is_not_tried_again(room_office: Office) -> None:
    room_office.slack.faults.append(Fault("chat.unfurl", "missing_scope"))
    assert shared(room_office, LAUNCH) == {}
    assert unfinished(room_office.store, until=NOW + timedelta(days=1)) == []


def objects(office: Office, url: str) -> dict[str, Any]:
    """The Work Object of a link in the launch's channel, and no plain preview beside it."""
    assert shared(office, url) == {}
    found: dict[str, Any] = office.slack.objects[url]
    return found


def facts(entity: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Work Object by their keys."""
    payload = entity["entity_payload"]
    custom = {each["key"]: each["value"] for each in payload["custom_fields"]}
    return {**payload.get("fields", {}), **custom}


def test_a_work_object_of_a_launch_says_its_state_and_day(
    object_office: Office,
) -> None:
    entity = objects(object_office, f"{LAUNCH}?stage=build")
    assert entity["entity_type"] == "slack#/entities/item"
    assert entity["url"] == LAUNCH
    assert entity["entity_payload"]["attributes"]["title"]["text"] == "Falcon 2"
    told = facts(entity)
    assert told["state"].startswith("Falcon 2: on track; 0% ready")
    assert told["launch_day"] == "2027-02-09"
    assert told["as_of"] == int(NOW.timestamp())


@pytest.mark.parametrize("page", ["tasks/research", "documents/research"])
def test_a_work_object_of_a_task_says_its_owner_day_and_state(
    object_office: Office, page: str
) -> None:
    entity = objects(object_office, f"{LAUNCH}/{page}")
    assert entity["entity_type"] == "slack#/entities/task"
    assert entity["url"] == f"{LAUNCH}/tasks/research"
    told = facts(entity)
    assert told["assignee"]["user"] == {"text": "Pia"}
    assert told["due_date"]["value"] == "2027-02-08"
    assert told["status"]["value"] == "It is not started yet."
    assert set(told) == {"assignee", "due_date", "status", "launch", "as_of"}


def test_a_work_object_of_a_card_says_its_name_alone(object_office: Office) -> None:
    entity = objects(object_office, f"{LAUNCH}/cards/osprey")
    assert entity["entity_type"] == "slack#/entities/content_item"
    told = facts(entity)
    assert told["description"]["value"] == "The card on Osprey (Falcon 2)."
    assert set(told) == {"description", "launch", "as_of"}


@pytest.mark.parametrize(
    "url", [f"{LAUNCH}/tasks/gone", f"{LAUNCH}/cards/gone", f"{ROOM}/shared/8b1f"]
)
def test_nothing_else_is_a_work_object(object_office: Office, url: str) -> None:
    assert shared(object_office, url) == {}
    assert object_office.slack.objects == {}


def test_no_work_object_is_shown_to_another_organisation_or_elsewhere(
    object_office: Office,
) -> None:
    object_office.slack.channels["C77"] = Channel("C77", "elsewhere")
    assert shared(object_office, LAUNCH, channel="elsewhere") == {}
    object_office.people.share(object_office.slack.named("falcon-2-launch").id)
    assert shared(object_office, LAUNCH) == {}
    assert object_office.slack.objects == {}


def test_a_workspace_without_work_objects_gets_plain_previews(
    object_office: Office,
) -> None:
    object_office.slack.has_objects = False
    (shown,) = shared(object_office, LAUNCH).values()
    assert words(shown)[0].startswith("Falcon 2: on track")


def test_a_message_links_to_its_page_in_the_room(room_office: Office) -> None:
    message = room_office.message(PMM, "Research")
    assert f"{LAUNCH}/tasks/research" in str(message["blocks"])
    (headline,) = (
        each
        for each in room_office.slack.messages(to="#falcon-2-launch")
        if "launch day" in each["text"]
    )
    assert f"{LAUNCH}|The page of the launch" in str(headline["blocks"])
