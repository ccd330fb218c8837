from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from launch_kits.database.records import Closing, TaskStatus
from launch_kits.views.notices.closed_line import closed_message
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.message import NoticeMessage
from tests.slack.views import READER, launch, notice, task

DONE_AT = datetime(2027, 2, 1, 15, tzinfo=UTC)
DONE: dict[str, Any] = {"status": TaskStatus.DONE, "done_at": DONE_AT}
LEAD = "lead@example.com"
PMM = "pmm@example.com"
LEGAL = "legal@example.com"
TITLE = '"Battlecard: Redis Open Source"'
CANCELLED = "Valkey 9.0 is cancelled"
NAMED = f"{TITLE} (Valkey 9.0)"
GRANTED: dict[str, Any] = {"why": "answered", "due": "2027-02-09"}


@pytest.mark.parametrize(
    ("kind", "facts", "line"),
    [
        (
            "task",
            {"why": "done", "at": DONE_AT.isoformat(), "by": PMM},
            f"Done Mon 1 Feb by you: {NAMED}.",
        ),
        (
            "nudge",
            {"why": "done", "at": DONE_AT.isoformat(), "by": LEGAL},
            f"Done Mon 1 Feb, approved by Counsel: {NAMED}.",
        ),
        ("task", {"why": "done"}, f"Done: {NAMED}."),
        (
            "review",
            {"why": "answered", "answer": "approved", "by": LEGAL},
            f"Approved by Counsel: {NAMED}.",
        ),
        (
            "task",
            {"why": "dropped"},
            f"{NAMED} was left out, so nothing is left to do.",
        ),
        (
            "task",
            {"why": "dropped", "by": PMM, "note": "Too late"},
            f"{NAMED} was left out by you (Too late), so nothing is left to do.",
        ),
        (
            "review",
            {"why": "dropped", "by": LEGAL, "note": "Not  this\ntime."},
            f"No answer is needed any more: {NAMED} was left out by Counsel (Not this time).",
        ),
        (
            "task",
            {"why": "ended", "status": "cancelled"},
            f"{CANCELLED}, so nothing is left to do for {TITLE}.",
        ),
        (
            "review",
            {"why": "ended", "status": "cancelled"},
            f"{CANCELLED}, so no answer is needed for {TITLE}.",
        ),
        (
            "task",
            {"why": "handed on", "to": LEGAL},
            f"Counsel has {NAMED} now, so nothing is left for you to do.",
        ),
        (
            "review",
            {"why": "handed on", "to": LEGAL},
            f"Counsel answers for {NAMED} now, so nothing is left for you to do.",
        ),
        ("review", {"why": "answered", "answer": "sent back"}, f"Sent back: {NAMED}."),
        (
            "review",
            GRANTED | {"answer": "granted"},
            f"More time granted: {NAMED} is now due Tue 9 Feb.",
        ),
        (
            "review",
            GRANTED | {"answer": "refused"},
            f"More time refused: {NAMED} stays due Tue 9 Feb.",
        ),
        (
            "review",
            GRANTED | {"answer": "lapsed"},
            f"More time is no longer asked for: {NAMED} is due Tue 9 Feb.",
        ),
        (
            "escalation",
            {"why": "in time", "due": "2027-02-09"},
            f"No help is needed any more: {NAMED} is due Tue 9 Feb.",
        ),
        (
            "escalation",
            {"why": "handed on", "to": PMM, "help": True},
            f"You have {NAMED} now.",
        ),
        (
            "news",
            {"why": "again", "how": "blocked"},
            f"{NAMED} went on, and was blocked again.",
        ),
        (
            "news",
            {"why": "again", "how": "sent back"},
            f"{NAMED} was handed in, and was sent back again.",
        ),
        (
            "news",
            {"why": "launch day", "moved_to": "2027-02-09"},
            "Valkey 9.0 was moved to Tue 9 Feb.",
        ),
        (
            "news",
            {"why": "launch day"},
            "All work of Valkey 9.0 that was due by its launch day is closed.",
        ),
        ("nudge", {"why": "waits"}, f"{NAMED} waits for other work again."),
        ("nudge", {"why": "waits", "blocked": True}, f"{NAMED} is blocked."),
        ("nudge", {"why": "replaced"}, f"A newer message tells of {NAMED}."),
    ],
)
def test_a_closed_message_is_one_line(
    kind: str, facts: dict[str, Any], line: str
) -> None:
    view = launch(task(approver=LEGAL))
    message = closed_message(facts, notice(kind), view, reader=READER)
    assert message == NoticeMessage(sentence=line)


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
