from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.views.notices.passed_news import passed
from tests.slack.views import NOW, launch, notice, task

LATER = NOW + timedelta(hours=1)
BLOCKED: dict[str, Any] = {"status": TaskStatus.BLOCKED, "blocked_by": "No data"}


@pytest.mark.parametrize(
    ("facts", "now", "holds"),
    [
        ({"event": "blocked", "note": "No data"}, BLOCKED, True),
        ({"event": "blocked", "note": None}, BLOCKED, True),
        ({"event": "blocked"}, BLOCKED | {"went_on_at": LATER}, False),
        ({"event": "help wanted", "owner": "pmm@example.com"}, BLOCKED, True),
        ({"event": "help wanted", "owner": "ops@example.com"}, BLOCKED, False),
        ({"event": "blocked", "note": "No data"}, {}, False),
        (
            {"event": "help wanted", "note": "No data"},
            BLOCKED | {"blocked_by": "No data (waits on Ann)"},
            True,
        ),
        ({"event": "help wanted", "note": "No data"}, {}, False),
        ({"event": "sent back"}, {"status": TaskStatus.DOING}, True),
        ({"event": "sent back"}, {"status": TaskStatus.REVIEW}, False),
        ({"event": "sent back"}, {"status": TaskStatus.DROPPED}, False),
        ({"event": "extension answered", "due": "2027-02-04"}, {}, True),
        ({"event": "extension answered", "due": "2027-02-03"}, {}, False),
        (
            {"event": "extension lapsed", "due": "2027-02-04"},
            {"status": TaskStatus.DONE},
            False,
        ),
        ({"event": "closed"}, {"status": TaskStatus.DROPPED}, True),
        ({"event": "closed"}, {"status": TaskStatus.READY}, False),
        ({"event": "extended"}, {"status": TaskStatus.DONE}, True),
        ({}, {"status": TaskStatus.DONE}, True),
    ],
)
def test_news_of_a_task_hold_while_its_state_does(
    facts: dict[str, Any], now: dict[str, Any], *, holds: bool
) -> None:
    why = passed(notice("news", **facts), launch(task(**now)))
    assert (why is None) is holds


@pytest.mark.parametrize(
    ("status", "field", "holds"),
    [
        (TaskStatus.DOING, "owner", True),
        (TaskStatus.REVIEW, "approver", True),
        (TaskStatus.DONE, "approver", False),
        (TaskStatus.DOING, "approver", False),
        (TaskStatus.DONE, "owner", False),
    ],
)
def test_a_return_is_told_while_some_of_the_work_is_still_theirs(
    status: TaskStatus, field: str, *, holds: bool
) -> None:
    handed = {
        "from": "ops@example.com",
        "to": "pmm@example.com",
        "back": "pmm@example.com",
    }
    row = {"launch": "valkey-9", "task": "battlecard:redis", "field": field}
    gone = {**row, "task": "gone"}
    told = notice("news", None, handed=handed, tasks=[gone, row])
    why = passed(told, launch(task(status=status)))
    assert why == (None if holds else "all of it was dealt with")


def gate(*, ticked: bool = False) -> GateState:
    by = "sales@example.com" if ticked else None
    check = CheckState(1, "Cards are read", False, key="cards", checked_by=by)
    return GateState(
        stage="sales",
        title="Sales",
        owner="sales@example.com",
        hard=True,
        before_launch=True,
        checks=(check,),
    )


@pytest.mark.parametrize(
    ("facts", "now", "holds"),
    [
        ({"event": "launch day passed", "launch_on": "2027-03-02"}, {}, True),
        ({"event": "launch day passed", "launch_on": "2027-02-02"}, {}, False),
        ({"event": "at risk"}, {}, False),
        (
            {"event": "waiver ended", "gate": "Sales", "check": "Cards are read"},
            {"gates": (gate(),)},
            True,
        ),
        (
            {"event": "waiver ended", "gate": "Sales", "check": "Cards are read"},
            {"gates": (gate(ticked=True),)},
            False,
        ),
        ({"event": "waiver ended", "gate": "Gone", "check": "A"}, {}, False),
        ({"event": "gate passed", "gate": "Gone", "checks": ["A"]}, {}, False),
        ({"event": "finished"}, {"status": LaunchStatus.DONE}, True),
        (
            {"event": "launch day passed", "launch_on": "2027-03-02"},
            {"status": LaunchStatus.CANCELLED},
            False,
        ),
    ],
)
def test_news_of_a_launch_hold_while_its_state_does(
    facts: dict[str, Any], now: dict[str, Any], *, holds: bool
) -> None:
    view = launch(task(), **now)
    assert (passed(notice("news", None, **facts), view) is None) is holds


@pytest.mark.parametrize(
    ("due", "ticked", "holds"),
    [
        (date(2027, 1, 28), False, True),
        (date(2027, 1, 28), True, False),
        (date(2027, 2, 4), False, False),
    ],
)
def test_a_gate_holds_its_news_while_it_is_open_after_its_day(
    due: date, *, ticked: bool, holds: bool
) -> None:
    view = launch(task(due=due, stage="sales"), gates=(gate(ticked=ticked),))
    facts = {"event": "gate passed", "gate": "Sales", "checks": ["Cards are read"]}
    assert (passed(notice("news", None, **facts), view) is None) is holds
