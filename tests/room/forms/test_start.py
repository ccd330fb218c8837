from __future__ import annotations

import pytest

from launch_kits.inputs.brief import Brief
from launch_kits.room.forms.fields import FaultyForm
from launch_kits.room.forms.start import check_form, start_fields, team_fields
from tests.launches import NOW, SLUG, opened

GIVEN = {
    "product": "Kite: 3 & more",
    "launch": "kite-3",
    "kit": "major_release",
    "launch_on": "2027-08-03",
    "tier": "1",
    "market": "b2b",
    "company": "enterprise",
    "goods": "software",
    "timezone": "Europe/Berlin",
    "team.lead.name": "Lee",
    "team.lead.email": "lead@example.com",
    "team.sales.name": "Sam",
    "team.sales.email": "sales@example.com",
}


def checked(store, **changes):
    return check_form(GIVEN | changes, store=store, search=(), now=NOW)


def faults(store, **changes) -> dict[str, str]:
    with pytest.raises(FaultyForm) as error:
        checked(store, **changes)
    return error.value.faults


def test_the_fields_are_those_of_the_model():
    fields = {each.name: each for each in start_fields(())}
    assert set(fields) <= set(Brief.model_fields)
    needed = {name for name, each in Brief.model_fields.items() if each.is_required()}
    assert needed - {"team"} <= {name for name, each in fields.items() if each.required}
    assert [value for value, _ in fields["tier"].options] == ["1", "2", "3"]
    assert "major_release" in dict(fields["kit"].options)
    assert [each.name for each in team_fields() if each.required] == [
        "team.lead.name",
        "team.lead.email",
    ]


def test_a_brief_is_made_of_the_form(store):
    found = checked(store)
    assert found.brief.product == "Kite: 3 & more"
    assert found.brief.team["sales"].email == "sales@example.com"
    assert found.brief.tier == 1
    assert sum(int(tasks.split()[0]) for _, tasks in found.shares) == len(
        found.rollout.assignments
    )
    assert "launch_on" not in found.doubts


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"launch": "No Slug"}, "launch", "lower-case"),
        ({"launch_on": "soon"}, "launch_on", "not a day"),
        ({"launch_on": "2026-08-03"}, "launch_on", "past"),
        ({"timezone": "Nowhere"}, "timezone", "Unknown time zone"),
        ({"holidays": "ZZ"}, "holidays", "Unknown country"),
        ({"channel": "No Channel"}, "channel", "Slack channel"),
        ({"team.sales.email": "nobody"}, "team.sales.email", ""),
        ({"team.sales.email": ""}, "team.sales.email", "email"),
        ({"team.lead.name": ""}, "team.lead.name", "empty"),
        ({"kit": "../../secret"}, "kit", "no such choice"),
        ({"tier": "9"}, "tier", "no such choice"),
    ],
)
def test_a_fault_is_told_at_its_field(store, changes, field, said):
    found = faults(store, **changes)
    assert list(found) == [field]
    assert said in found[field]
    assert "`" not in found[field]


def test_a_name_that_is_taken_is_a_fault_of_the_name(store):
    opened(store)
    assert "already" in faults(store, launch=SLUG)["launch"]


def test_a_plan_that_does_not_hold_is_a_doubt_at_the_launch_day(store):
    doubt = checked(store, launch_on="2027-01-20").doubts["launch_on"]
    assert "Too soon" in doubt
    assert "The earliest day that works by the dates alone is" in doubt
    assert "2027-" not in doubt
