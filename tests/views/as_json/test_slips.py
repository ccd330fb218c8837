from __future__ import annotations

from datetime import UTC, date, datetime

from launch_kits.database.records import Task
from launch_kits.plan import DayChange, Slip
from launch_kits.views.as_json import slips_json
from launch_kits.views.slips import LaunchSlips, TaskSlip
from launch_kits.workdays.calendar import Calendar

AT = datetime(2027, 1, 12, 9, tzinfo=UTC)


def day(number: int) -> date:
    return date(2027, 2, number)


def change(before: int, after: int, *, by: str = "lead@example.com") -> DayChange:
    return DayChange(AT, by, "move", "The venue", day(before), day(after))


def test_slips_are_printed_as_specified() -> None:
    research = TaskSlip(
        task=Task.model_construct(
            key="research",
            title="Research",
            owner="pmm@example.com",
            stage="story",
            baseline_at=AT,
        ),
        owner_name="Pia",
        slip=Slip(day(1), (change(1, 8), change(8, 5, by="launch-kits"))),
        done_on=day(9),
        overdue=False,
    )
    found = LaunchSlips(
        slug="falcon-2",
        product="Falcon 2",
        status="running",
        calendar=Calendar(),
        launch_on=Slip(day(9), (change(9, 16),)),
        release_on=Slip(day(2)),
        tasks=(research,),
        names={},
    )
    moved = {
        "at": "2027-01-12T09:00:00+00:00",
        "by": "lead@example.com",
        "verb": "move",
        "why": "The venue",
    }
    to_the_8th = {**moved, "from": "2027-02-01", "to": "2027-02-08", "days": 5}
    back = {"by": "sweep", "from": "2027-02-08", "to": "2027-02-05", "days": -1}
    assert slips_json(found) == {
        "launch_on": {
            "baseline": "2027-02-09",
            "now": "2027-02-16",
            "days": 5,
            "changes": [{**moved, "from": "2027-02-09", "to": "2027-02-16", "days": 5}],
        },
        "release_on": {
            "baseline": "2027-02-02",
            "now": "2027-02-02",
            "days": 0,
            "changes": [],
        },
        "tasks": [
            {
                "key": "research",
                "owner": "pmm@example.com",
                "stage": "story",
                "baseline_due": "2027-02-01",
                "baseline_at": "2027-01-12T09:00:00+00:00",
                "due": "2027-02-05",
                "done_on": "2027-02-09",
                "days": 4,
                "changes": [to_the_8th, {**moved, **back}],
            }
        ],
        "by_cause": {"move": 4},
        "by_owner": {"pmm@example.com": 4},
        "by_stage": {"story": 4},
    }
