from __future__ import annotations

import pytest

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import After, Kit, KitTask, Stage
from launch_kits.inputs.model_paths import (
    field_of,
    keys_of,
    location_in,
    meant_key,
    model_at,
)
from launch_kits.inputs.team import Days, Person


@pytest.mark.parametrize(
    ("location", "model"),
    [
        ((), Kit),
        (("stages", 0), Stage),
        (("stages", 0, "tasks", 3), KitTask),
        (("stages", 0, "tasks", 3, "after", 0), After),
        (("version",), None),
        (("unknown", 1), None),
    ],
)
def test_a_location_leads_to_its_model(
    location: tuple[str | int, ...], model: type | None
) -> None:
    assert model_at(Kit, location) is model


def test_an_entry_of_a_mapping_leads_to_the_model_of_its_values() -> None:
    assert model_at(Brief, ("team", "pmm")) is Person
    assert model_at(Brief, ("team", "pmm", "away", 0)) is Days


def test_keys_are_those_of_the_file() -> None:
    assert keys_of(Days) == ["from", "to", "why"]
    assert keys_of(None) == []
    field = field_of(Days, "from")
    assert field is not None
    assert field.alias == "from"
    assert field_of(Days, "until") is None


@pytest.mark.parametrize(
    ("written", "meant"), [("titel", "title"), ("chekclist", "checklist"), ("zzz", "")]
)
def test_a_misspelt_key_is_taken_for_the_nearest(written: str, meant: str) -> None:
    assert meant_key(written, KitTask) == meant


def test_steps_of_pydantic_alone_are_left_out_of_a_location() -> None:
    data = {"kit": {"stages": [{"tasks": []}]}}
    assert location_in(data, ("kit", "in_place", "stages", 0, "title")) == (
        "kit",
        "stages",
        0,
        "title",
    )
