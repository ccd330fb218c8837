from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from launch_kits.inputs.loading import load_brief
from launch_kits.lint.revised import LaunchDays, doubts_of_file, doubts_of_kit
from tests.launches import KIT, brief_with, kit_with

DAY = date(2027, 2, 9)
DAYS = LaunchDays(date(2027, 1, 11), DAY, DAY, date(2027, 1, 13))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(**changes: Any) -> Path:
        given = brief_with(**changes).model_dump(mode="json", by_alias=True)
        given["messages"] = {"ten": "One store for all events"}
        path = tmp_path / "brief.yaml"
        path.write_text(yaml.safe_dump(given, sort_keys=False), encoding="utf-8")
        return path

    return write


def test_a_file_is_linted_as_check_does_with_its_lines(write) -> None:
    path = write(
        goals=[{"metric": "clusters", "baseline": 0, "target": 5, "by": "2027-02-05"}],
        blackouts=[{"from": "2027-02-05", "to": "2027-02-05", "why": "Party"}],
    )
    loaded = load_brief(path)
    (fault,) = doubts_of_file(loaded, loaded.brief, DAYS)
    assert (fault.path, fault.code) == (str(path), "day-off")
    assert fault.line is not None


def test_stored_due_days_are_not_checked_by_the_brief(write) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["lead"]["away"] = [{"from": "2027-02-15", "to": "2027-02-17"}]
    loaded = load_brief(write(team=team))
    assert doubts_of_file(loaded, loaded.brief, DAYS) == ()


def test_a_kit_that_the_launch_keeps_has_no_lines_of_another(write) -> None:
    loaded = load_brief(write(kit=KIT | {"version": 2}))
    kept = loaded.brief.model_copy(
        update={"kit": brief_with(kit=kit_with(research={"title": "Trainings"})).kit}
    )
    assert doubts_of_file(loaded, kept, DAYS) == ()


def test_a_newer_kit_is_blamed_for_its_own_doubts_alone() -> None:
    before = brief_with(kit=kit_with(research={"title": "Positioning"}))
    after = brief_with(
        kit=kit_with(
            research={"title": "Positioning"},
            legal_review={"role": "counsel"},
        )
    )
    (fault,) = doubts_of_kit(before, after, DAYS)
    assert (fault.path, fault.line, fault.code) == ("brief", None, "role-held-by-lead")
    assert doubts_of_kit(after, after, DAYS) == ()


def test_the_work_of_a_launch_that_runs_is_not_levelled_afresh(write) -> None:
    """The brief alone asks for too much; the launch is levelled with its facts."""
    loaded = load_brief(write(launch_on="2027-01-21"))
    short = LaunchDays(
        date(2027, 1, 11), date(2027, 1, 21), date(2027, 1, 21), date(2027, 1, 13)
    )
    assert "overcommitted" not in {
        fault.code for fault in doubts_of_file(loaded, loaded.brief, short)
    }


def test_the_launch_day_of_a_launch_that_has_taken_place_is_no_mistake(write) -> None:
    loaded = load_brief(write())
    after = DAYS._replace(today=date(2027, 2, 17))
    assert "anchor-past" not in {
        fault.code for fault in doubts_of_file(loaded, loaded.brief, after)
    }
