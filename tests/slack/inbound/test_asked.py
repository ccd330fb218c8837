from __future__ import annotations

from dataclasses import replace

import pytest

from launch_kits.errors import NotFound, Refused
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.asked import asked_of, launch_why_not
from launch_kits.verbs import cancel
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import reading
from tests.launches import LEAD, NOW, PMM, SLUG, STRANGER
from tests.slack.office import Office

PLACE = ActionPlace(launch=SLUG, task="research")


def test_a_person_is_known_whatever_the_capitals(falcon_office: Office) -> None:
    with reading(falcon_office.store, SLUG, now=NOW) as change:
        asked = asked_of(falcon_office.app.slack, change, PLACE, PMM.upper())
        assert asked.email == PMM
        assert asked.may(Verb.EDIT)
        assert not asked.may(Verb.REPLAN)
        assert asked.why_not(Verb.EDIT) is None


def test_a_refusal_names_those_who_may(falcon_office: Office) -> None:
    with reading(falcon_office.store, SLUG, now=NOW) as change:
        asked = asked_of(falcon_office.app.slack, change, PLACE, STRANGER)
        assert asked.why_not(Verb.EDIT) == (
            'Nothing was changed: only Pia, Ola or Lee can edit "Research".'
        )
        assert launch_why_not(asked, Verb.MOVE) == (
            "Nothing was changed: only Lee can move Falcon 2."
        )


def test_a_task_that_is_gone_is_refused(falcon_office: Office) -> None:
    place = replace(PLACE, task="gone")
    with reading(falcon_office.store, SLUG, now=NOW) as change:
        asked = asked_of(falcon_office.app.slack, change, place, PMM)
        with pytest.raises(Refused, match="no such task"):
            _ = asked.task_notice
        with pytest.raises(NotFound):
            _ = asked.task


def test_nothing_can_be_changed_in_a_launch_that_ended(falcon_office: Office) -> None:
    cancel(falcon_office.store, SLUG, now=NOW)
    with reading(falcon_office.store, SLUG, now=NOW) as change:
        asked = asked_of(falcon_office.app.slack, change, PLACE, LEAD)
        assert launch_why_not(asked, Verb.MOVE) == (
            "Falcon 2 is cancelled, so nothing can be changed in it."
        )
