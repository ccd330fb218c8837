from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from launch_kits.inputs.team import Days, Person, Team

TEAM: TypeAdapter[dict[str, Person]] = TypeAdapter(Team)
PIA: dict[str, Any] = {"name": "Pia", "email": "pia@example.com"}


def test_a_person_has_a_whole_day_if_the_brief_does_not_say() -> None:
    assert Person.model_validate(PIA).capacity == 1
    assert Person.model_validate({**PIA, "capacity": 0.5}).capacity == 0.5


@pytest.mark.parametrize("capacity", [0, -1, True, "all", float("nan"), 10**16])
def test_a_capacity_is_a_number_above_0(capacity: object) -> None:
    with pytest.raises(ValidationError, match="capacity"):
        Person.model_validate({**PIA, "capacity": capacity})


def test_a_role_left_empty_is_left_out() -> None:
    assert list(TEAM.validate_python({"lead": PIA, "pmm": None})) == ["lead"]


def test_days_end_after_they_begin() -> None:
    assert Days.model_validate({"from": "2027-03-02", "to": "2027-03-02"})
    with pytest.raises(ValidationError, match="swap them"):
        Days.model_validate({"from": "2027-03-02", "to": "2027-03-01"})


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("timezone", "Europe/Berlim", "did you mean"),
        ("timezone", "../etc", "unknown time zone"),
        ("holidays", "XX", "unknown country"),
    ],
)
def test_an_unknown_place_is_refused_with_a_remedy(
    key: str, value: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        Person.model_validate({**PIA, key: value})
