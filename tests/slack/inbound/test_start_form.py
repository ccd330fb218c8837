from __future__ import annotations

import pytest

from launch_kits.errors import Refused
from launch_kits.slack.inbound.start_form import Faulty, brief_of
from launch_kits.workdays.in_words import day_of
from tests.launches import LEAD, NOW, SALES, SLUG, STRANGER, events, launch
from tests.slack.office import Office, words

FILLED = {"product": "Heron 3", "launch": "heron-3", "launch_on": "2027-09-01"}


def asked(office: Office, email: str = LEAD) -> None:
    office.type(email, "start")


def test_start_asks_for_the_essential_fields(falcon_office: Office) -> None:
    asked(falcon_office)
    _, modal = falcon_office.slack.modals[-1]
    assert words(modal) == [
        "Product []",
        "Short name []",
        "Kit [major_release]",
        "Launch day []",
        f"Lead's email [{LEAD}]",
        "Channel (optional) []",
        "Size [1]",
        "Who buys [b2b]",
        "Kind of company [enterprise]",
        "Time zone [Europe/Berlin]",
        "The lead holds every role until tasks are reassigned.",
    ]


def test_a_tier_that_is_not_offered_is_a_fault_of_its_field(
    falcon_office: Office,
) -> None:
    values = {**FILLED, "kit": "quiet_release", "lead": LEAD, "tier": "three"}
    with pytest.raises(Faulty) as refused:
        brief_of(values, lead="Lead", store=falcon_office.store, search=(), now=NOW)
    assert list(refused.value.faults) == ["tier"]


def test_a_filled_form_becomes_a_launch(falcon_office: Office) -> None:
    asked(falcon_office)
    assert (
        falcon_office.fill(
            LEAD, **FILLED, channel="#heron", tier="2", company="startup"
        )
        == {}
    )
    (brief,) = falcon_office.started
    assert (brief.lead.email, brief.lead.name, brief.tier, brief.company) == (
        LEAD,
        "Lead",
        2,
        "startup",
    )
    assert (brief.slack_channel, brief.timezone, brief.kit_in_place.kit) == (
        "heron",
        "Europe/Berlin",
        "major_release",
    )
    assert launch(falcon_office.store, "heron-3").status == "running"
    assert falcon_office.told.startswith("Heron 3 is started: ")
    assert falcon_office.told.endswith(" tasks; #heron tells how it goes.")


def test_another_member_may_lead(falcon_office: Office) -> None:
    asked(falcon_office, STRANGER)
    falcon_office.fill(STRANGER, **FILLED, lead=SALES)
    assert (
        falcon_office.started[0].lead.email,
        falcon_office.started[0].lead.name,
    ) == (SALES, "sales")
    (started,) = events(falcon_office.store, verb="start", slug="heron-3")
    assert started.by == STRANGER


def test_an_unknown_lead_is_refused_once_slack_was_asked(
    falcon_office: Office,
) -> None:
    asked(falcon_office, STRANGER)
    assert falcon_office.fill(STRANGER, **FILLED, lead="kim@example.com") == {}
    assert falcon_office.told == (
        "Not done: No Slack user has this email; choose someone in this workspace. "
        "What you typed is kept."
    )
    assert falcon_office.started == []


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("launch", "Heron 3", "takes lower-case letters, digits and hyphens only"),
        ("launch", SLUG, "There is a launch falcon-2 already"),
        ("product", "", "Use 1 to 200 characters"),
        ("launch_on", "", "Pick a day"),
        ("launch_on", "2027-01-20", "Too soon: the work takes "),
        (
            "launch_on",
            "2026-01-20",
            "Tue 20 Jan 2026 is past; pick a day from today on.",
        ),
        (
            "launch_on",
            "2027-01-10",
            "Sun 10 Jan 2027 is past; pick a day from today on.",
        ),
        ("lead", "kim", "is not an email address"),
        ("channel", "Our channel", '"Our channel" cannot be a Slack channel'),
        ("timezone", "Mars/Phobos", 'Unknown time zone "Mars/Phobos"'),
    ],
)
def test_a_fault_is_shown_at_its_field(
    falcon_office: Office, field: str, value: str, fault: str
) -> None:
    asked(falcon_office)
    answered = falcon_office.fill(LEAD, **{**FILLED, field: value})
    assert answered["response_action"] == "errors"
    assert list(answered["errors"]) == [field]
    assert fault in answered["errors"][field]
    assert falcon_office.started == []


def test_a_launch_day_too_soon_names_the_earliest_possible_day(
    falcon_office: Office,
) -> None:
    asked(falcon_office)
    said = falcon_office.fill(LEAD, **{**FILLED, "launch_on": "2027-01-20"})["errors"][
        "launch_on"
    ]
    found = day_of(said.removesuffix(".").partition(" works by the dates alone is ")[2])
    assert found is not None
    earliest = found.isoformat()
    assert falcon_office.fill(LEAD, **{**FILLED, "launch_on": earliest}) == {}


def test_a_modal_sent_twice_starts_one_launch(falcon_office: Office) -> None:
    asked(falcon_office)
    payload = falcon_office.people.filled(
        LEAD, falcon_office.slack.modals[-1][1], **FILLED
    )
    falcon_office.people.post(payload)
    falcon_office.settle()
    assert len(falcon_office.started) == 1
    again = falcon_office.people.filled(
        LEAD, {**falcon_office.slack.modals[-1][1], "id": "V-other"}, **FILLED
    )
    assert "There is a launch heron-3 already" in falcon_office.people.post(again)[1]


def test_a_failed_start_is_answered(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Refused("the database is full")

    monkeypatch.setattr("tests.slack.office.open_launch", refuse)
    asked(falcon_office)
    falcon_office.fill(LEAD, **FILLED)
    assert (
        falcon_office.told == "Not done: the database is full. What you typed is kept."
    )
