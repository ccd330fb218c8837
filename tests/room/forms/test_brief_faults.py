from __future__ import annotations

import pytest

from launch_kits.room.forms.brief_faults import checked_brief
from launch_kits.room.forms.fields import FaultyForm
from tests.launches import brief_with

PLACES = {("team", "pmm", part): f"team.pmm.{part}" for part in ("backup", "email")}


def data(**changes):
    written = brief_with().model_dump(mode="json", by_alias=True)
    written["team"]["pmm"] |= changes
    return written


def test_a_sound_brief_is_returned():
    found = checked_brief(
        data(name="Pim"), PLACES, first="team.lead.name", before=brief_with()
    )
    assert found.team["pmm"].name == "Pim"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"email": "x"}, "team.pmm.email"), ({"backup": "nobody"}, "team.pmm.backup")],
)
def test_a_fault_is_told_at_its_field(changes, field):
    with pytest.raises(FaultyForm) as error:
        checked_brief(
            data(**changes), PLACES, first="team.lead.name", before=brief_with()
        )
    assert list(error.value.faults) == [field]


def test_a_fault_of_no_field_is_told_at_the_first():
    written = data()
    written["product"] = ""
    with pytest.raises(FaultyForm) as error:
        checked_brief(written, PLACES, first="team.lead.name", before=brief_with())
    assert list(error.value.faults) == ["team.lead.name"]


def test_a_fault_that_was_there_before_refuses_nothing():
    written = data(backup="nobody")
    before = type(brief_with()).kept(written)
    written["team"]["pmm"]["name"] = "Pim"
    assert (
        checked_brief(written, PLACES, first="team.lead.name", before=before)
        .team["pmm"]
        .name
        == "Pim"
    )
