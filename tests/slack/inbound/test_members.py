from __future__ import annotations

import pytest

from launch_kits.slack.api.faults import Rejected
from launch_kits.slack.inbound.members import People
from tests.launches import PMM
from tests.slack.office import Office


def test_a_member_is_asked_for_once_an_hour(falcon_office: Office) -> None:
    clock = [0.0]
    people = People(falcon_office.app.slack.web, clock=lambda: clock[0])
    user = falcon_office.slack.people[PMM]
    for _ in range(2):
        assert people.member(user).email == PMM
    assert falcon_office.slack.called("users.info") == 1
    clock[0] = 3601
    falcon_office.slack.shown_as[PMM] = "pia@example.com"
    assert people.member(user).email == "pia@example.com"


def test_a_member_without_an_email_is_asked_for_again(falcon_office: Office) -> None:
    people = People(falcon_office.app.slack.web)
    falcon_office.slack.shown_as[PMM] = None
    assert people.member(falcon_office.slack.people[PMM]).email is None
    falcon_office.slack.shown_as[PMM] = PMM
    assert people.member(falcon_office.slack.people[PMM]).email == PMM


def test_an_unknown_member_is_refused(falcon_office: Office) -> None:
    with pytest.raises(Rejected):
        People(falcon_office.app.slack.web).member("U99")
