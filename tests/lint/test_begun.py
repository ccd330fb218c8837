"""A first day of work that is over: `check` and `start` give the same answer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from launch_kits.lint import begun
from launch_kits.lint.planned import read_rollout
from launch_kits.plan.levelled_plan import LevelledPlan
from launch_kits.verbs.start import rollout_of
from tests.spoilt import Folder

#: the last working days on which the sound plan can be started
DAYS = [
    *(f"2027-01-{day}" for day in (25, 26, 27, 28, 29)),
    *(f"2027-02-0{day}" for day in (1, 2, 3)),
]


def warned(folder: Folder, day: str) -> tuple[list[str], int, bool]:
    """The messages of the rule on a day, and the plan as `start` makes it then."""
    now = datetime.fromisoformat(f"{day}T17:00").replace(tzinfo=UTC)
    planned = read_rollout(
        folder.path / "brief.yaml", search=(), on=None, begin=None, kit=None, now=now
    )
    started = rollout_of(planned.rollout.brief, now=now)
    said = [each.message for each in planned.warnings if each.code == "begin-past"]
    return said, started.schedule.late_by, started.load.levelling.holds


@pytest.mark.parametrize("day", ["2027-01-08", "2027-01-11", "2027-01-18"])
def test_nothing_is_said_while_the_plan_from_today_holds(
    folder: Folder, day: str
) -> None:
    assert warned(folder, day) == ([], 0, True)


def test_a_plan_that_is_late_from_today_is_said_with_the_day_that_holds(
    folder: Folder,
) -> None:
    (message,), late_by, _ = warned(folder, "2027-02-03")
    assert late_by
    assert message.startswith(
        "begin_on 2027-01-11 is over: started today, 2027-02-03, the plan would be "
    )
    assert "late; launch on 2027-02-1" in message


def test_people_who_are_short_from_today_are_named(folder: Folder) -> None:
    folder.spoil("kit.yaml", ("after: [positioning]", "after: []"))
    said = [(day, *warned(folder, day)) for day in DAYS]
    short = [day for day, _, late, holds in said if not late and not holds]
    assert short
    assert short == [day for day, told, *_ in said if "short of time" in "".join(told)]


def test_nothing_is_levelled_for_a_finding_that_an_escape_suppresses(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.spoil("kit.yaml", ("after: [positioning]", "after: []"))
    (day, *_) = [
        day for day in DAYS if "short of time" in "".join(warned(folder, day)[0])
    ]
    escape = "# lint: ignore[begin-past] told already"
    folder.spoil(
        "brief.yaml", ("begin_on: 2027-01-11", f"begin_on: 2027-01-11  {escape}")
    )

    def no_search(*_: object) -> None:
        pytest.fail("a search for a finding that no one reads")

    monkeypatch.setattr(begun, "_short", no_search)
    assert warned(folder, day)[0] == []


def test_the_search_finds_people_short_too_if_a_bound_did_so_before(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.spoil("kit.yaml", ("after: [positioning]", "after: []"))
    named = {day: "".join(warned(folder, day)[0]) for day in DAYS}
    short = [day for day in DAYS if "short of time" in named[day]]
    monkeypatch.setattr(LevelledPlan, "surely_short", frozenset())
    found = {day: "".join(warned(folder, day)[0]) for day in short}
    assert all("short of time" in message for message in found.values())
