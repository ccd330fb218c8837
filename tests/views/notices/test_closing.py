from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from launch_kits.database.records import Closing, LaunchStatus, Notice, TaskStatus
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.closing import closed_message, closing
from launch_kits.views.notices.compose import compose
from tests.slack.views import READER, launch, notice, task

DONE_AT = datetime(2027, 2, 1, 15, tzinfo=UTC)
DONE: dict[str, Any] = {"status": TaskStatus.DONE, "done_at": DONE_AT}
LEAD, PMM, LEGAL = "lead@example.com", "pmm@example.com", "legal@example.com"
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
        (notice("nudge"), {"overdue": True}, None),
        (notice("nudge"), {"awaited": LEGAL}, "handed on"),
        (notice("nudge"), {"awaited": None, "status": TaskStatus.WAITING}, "waits"),
        (notice("escalation", to=LEAD), {"overdue": True}, None),
        (notice("escalation", to=LEAD), {}, "in time"),
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


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (
            {"why": "done", "at": DONE_AT.isoformat(), "by": PMM, "act": "done"},
            '"Battlecard: Redis Open Source" was done by you on Mon 1 Feb.',
        ),
        (
            {"why": "done", "at": DONE_AT.isoformat(), "by": LEGAL, "act": "approve"},
            '"Battlecard: Redis Open Source" was approved by Counsel on Mon 1 Feb.',
        ),
        (
            {"why": "dropped", "by": LEAD},
            '"Battlecard: Redis Open Source" was dropped by Product lead.',
        ),
        (
            {"why": "ended", "status": "cancelled"},
            (
                '"Battlecard: Redis Open Source": nothing is left to do, '
                "Valkey 9.0 is cancelled."
            ),
        ),
        (
            {"why": "handed on", "to": LEGAL},
            '"Battlecard: Redis Open Source" is now with Counsel.',
        ),
        (
            {"why": "answered", "answer": "sent back", "by": PMM},
            '"Battlecard: Redis Open Source" was sent back by you.',
        ),
        (
            {"why": "answered", "answer": "granted", "due": "2027-02-09", "by": PMM},
            (
                'More time for "Battlecard: Redis Open Source" was granted by you, '
                "due Tue 9 Feb."
            ),
        ),
        (
            {"why": "answered", "answer": "refused", "due": "2027-02-04"},
            'More time for "Battlecard: Redis Open Source" was refused, due Thu 4 Feb.',
        ),
        (
            {"why": "answered", "answer": "lapsed", "due": "2027-02-04"},
            (
                'More time for "Battlecard: Redis Open Source" is no longer asked for, '
                "due Thu 4 Feb."
            ),
        ),
        (
            {"why": "in time", "due": "2027-02-09"},
            '"Battlecard: Redis Open Source" is no longer late, due Tue 9 Feb.',
        ),
        (
            {"why": "replaced"},
            'A newer message tells of "Battlecard: Redis Open Source".',
        ),
    ],
)
def test_a_closed_message_is_one_line(facts: dict[str, Any], line: str) -> None:
    message = closed_message(facts, notice(), launch(task()), reader=READER)
    assert (message.sentence, message.paragraphs) == (line, [line])
    assert (message.headline, message.rows, message.actions) == (None, (), ())


@pytest.mark.parametrize("reason", Closing)
def test_every_reason_has_its_line(reason: Closing) -> None:
    for key in ("battlecard:redis", "gone"):
        about = notice("task", key)
        about.closed = {"why": str(reason)}
        assert compose(about, launch(task()), reader=READER).sentence.endswith(".")


def test_the_line_is_the_same_in_another_year() -> None:
    about = notice()
    about.closed = {"why": "done", "at": DONE_AT.isoformat(), "on": "2027-02-01"}
    later = type(READER)(
        today=READER.today + timedelta(days=400),
        zone=READER.zone,
        calendar=READER.calendar,
        names=READER.names,
    )
    now, then = (
        compose(about, launch(task(**DONE)), reader=reader)
        for reader in (READER, later)
    )
    assert now == then
