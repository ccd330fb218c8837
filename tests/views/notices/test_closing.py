from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from launch_kits.database.records import Closing, LaunchStatus, Notice, TaskStatus
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.closing import closing
from tests.slack.views import launch, notice, task

DONE_AT = datetime(2027, 2, 1, 15, tzinfo=UTC)
DONE: dict[str, Any] = {"status": TaskStatus.DONE, "done_at": DONE_AT}
LEAD = "lead@example.com"
PMM = "pmm@example.com"
LEGAL = "legal@example.com"
UNTIL = date(2027, 2, 9)
REVIEW: dict[str, Any] = {
    "status": TaskStatus.REVIEW,
    "approver": LEGAL,
    "awaited": LEGAL,
}


def why(about: Notice, view: LaunchView) -> object:
    found = closing(about, view)
    return found and found["why"]


@pytest.mark.parametrize("kind", ["task", "review", "nudge", "escalation"])
@pytest.mark.parametrize(
    ("facts", "status", "expected"),
    [
        (DONE, LaunchStatus.RUNNING, {"done", "answered"}),
        (DONE, LaunchStatus.DONE, {"done", "answered"}),
        ({"status": TaskStatus.DROPPED}, LaunchStatus.RUNNING, {"dropped"}),
        ({"status": TaskStatus.BLOCKED}, LaunchStatus.CANCELLED, {"ended"}),
    ],
)
def test_every_message_about_a_task_ends_with_it(
    kind: str, facts: dict[str, Any], status: LaunchStatus, expected: set[str]
) -> None:
    assert why(notice(kind), launch(task(**facts), status=status)) in expected
    assert why(notice(kind), launch()) == Closing.GONE


@pytest.mark.parametrize("kind", ["headline", "digest", "news", "cancelled"])
def test_other_messages_do_not(kind: str) -> None:
    assert closing(notice(kind), launch(task(**DONE))) is None
    assert closing(notice(kind, None), launch()) is None


@pytest.mark.parametrize(
    ("about", "facts", "expected"),
    [
        (notice(), {}, None),
        (notice(), {"status": TaskStatus.WAITING, "awaited": None}, None),
        (notice(), {"owner": LEGAL}, "handed on"),
        (notice(), {"owner": LEGAL, "in_hands_of": PMM}, None),
        (notice("escalation", to=LEAD), {"overdue": True, "owner": LEAD}, "handed on"),
        (
            notice("escalation", to=LEGAL, **{"for": LEAD}),
            {"overdue": True, "owner": LEAD},
            "handed on",
        ),
        (notice("escalation", to=LEGAL), {"overdue": True, **REVIEW}, "goes on"),
        (
            notice("escalation", to=LEAD),
            {"overdue": True, "status": TaskStatus.BLOCKED, "awaited": None},
            None,
        ),
        (notice("nudge"), {"overdue": True}, None),
        (notice("nudge"), {"awaited": LEGAL}, "handed on"),
        (notice("nudge"), {"awaited": None, "status": TaskStatus.WAITING}, "waits"),
        (notice("escalation", to=LEAD), {"overdue": True}, None),
        (notice("escalation", to=LEAD), {}, "in time"),
        (notice("nudge"), {"status": TaskStatus.BLOCKED, "awaited": None}, "waits"),
        (notice("review", to=LEGAL), REVIEW, None),
        (notice("review", to=LEAD), REVIEW, "handed on"),
        (notice("review", to=LEGAL), {"status": TaskStatus.DOING}, "answered"),
        (notice("review", to=LEGAL), REVIEW | {"status": TaskStatus.BLOCKED}, None),
        (notice("review", to=LEAD, until=str(UNTIL)), {"asked_until": UNTIL}, None),
        (notice("review", to=LEAD, until=str(UNTIL)), {}, "answered"),
        (
            notice("review", to=PMM, until=str(UNTIL)),
            {"asked_until": UNTIL},
            "handed on",
        ),
    ],
)
def test_a_message_about_an_open_task_ends_if_it_is_not_for_its_reader_any_more(
    about: Notice, facts: dict[str, Any], expected: str | None
) -> None:
    assert why(about, launch(task(**facts))) == expected
