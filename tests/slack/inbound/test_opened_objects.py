from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from launch_kits.database.records import CardUse, CardUseKind
from tests.launches import LEAD, PMM, SLUG, STRANGER
from tests.slack.conftest import ROOM
from tests.slack.office import Office
from tests.slack.stand_in import Fault

LAUNCH = f"{ROOM}/launches/{SLUG}"
TASK = f"{LAUNCH}/tasks/research"
CARD = f"{LAUNCH}/cards/osprey"


def opened(office: Office, url: str, *, by: str = LEAD) -> dict[str, Any]:
    """What a person sees who opens the Work Object of a link in the launch's channel."""
    office.people.share_link(PMM, office.slack.named("falcon-2-launch").id, url)
    office.settle()
    office.people.open_object(by, url)
    office.settle()
    return office.slack.opened["T.1"]


def rows(entity: dict[str, Any]) -> dict[str, Any]:
    custom = entity["entity_payload"]["custom_fields"]
    return {each["label"]: each["value"] for each in custom}


def test_a_person_opens_a_task_with_all_that_is_known_of_it(
    object_office: Office,
) -> None:
    object_office.type(PMM, f"done {SLUG} research https://example.com/result")
    seen = rows(opened(object_office, TASK))
    assert seen["Launch"] == "Falcon 2"
    assert seen["Result"] == "https://example.com/result"
    assert "Pia" in seen["History"].splitlines()[-1]


def test_a_person_opens_a_launch_as_its_headline_says_it(
    object_office: Office,
) -> None:
    seen = rows(opened(object_office, LAUNCH))
    assert seen["State"].startswith("Falcon 2: on track")
    assert seen["Lead"] == "Lee"
    assert '"Research" (Pia)' in seen["Next"]


def test_a_person_opens_a_card_with_its_lines(object_office: Office) -> None:
    seen = rows(opened(object_office, CARD, by=PMM))
    shown = {"Snapshot", "Where they win", "Where we win", "Ask"} & set(seen)
    assert shown
    with object_office.store.read() as session:
        uses = session.exec(select(CardUse)).all()
    assert [(use.by, use.kind) for use in uses] == [(PMM, CardUseKind.OPENED)]


@pytest.mark.parametrize("url", [LAUNCH, TASK, CARD])
@pytest.mark.parametrize(
    "facts", [{"is_restricted": True}, {"deleted": True}, {"team_id": "T0OTHER"}]
)
def test_only_full_members_open_anything(
    object_office: Office, url: str, facts: dict[str, Any]
) -> None:
    object_office.people.change(STRANGER, **facts)
    object_office.settle()
    assert opened(object_office, url, by=STRANGER) == {"status": "restricted"}


@pytest.mark.parametrize(
    "url",
    [
        f"{LAUNCH}/tasks/gone",
        f"{LAUNCH}/cards/gone",
        f"{ROOM}/launches/other-9",
        f"{ROOM}/shared/8b1f",
        f"https://evil.example.com/launches/{SLUG}",
    ],
)
def test_what_is_gone_or_none_of_ours_is_not_found(
    object_office: Office, url: str
) -> None:
    assert opened(object_office, url) == {"status": "not_found"}


def test_a_fault_is_said_to_be_one(
    object_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(
        "launch_kits.slack.inbound.opened_objects.launch_object", failing
    )
    object_office.people.open_object(LEAD, LAUNCH)
    object_office.settle()
    assert object_office.slack.opened["T.1"] == {"status": "internal_error"}


def test_a_refusal_of_slack_ends_it(
    object_office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    object_office.slack.faults.append(
        Fault("entity.presentDetails", "invalid_trigger_id")
    )
    object_office.people.open_object(LEAD, LAUNCH)
    object_office.settle()
    assert object_office.slack.opened == {}
    assert "was not shown" in caplog.text
