from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.records import LaunchStatus, NoticeKind, TaskStatus
from tests.slack.said import BATTLECARD, POSITIONING, TRAINING, said
from tests.slack.views import NOW, launch, notice, task


def test_a_task_tells_its_owner_what_by_when_and_who_waits():
    assert said(notice(), launch(POSITIONING, BATTLECARD, TRAINING)) == (
        (
            "Battlecard: Redis Open Source (Valkey 9.0) is ready for you to start. "
            "Planned 28 Jan-1 Feb, due Thu 4 Feb at the latest, in 3 working days."
        ),
        [
            "Battlecard: Redis Open Source",
            "Ready for you to start.",
            "Launch: Valkey 9.0, tier 1",
            "Stage: Sales readiness",
            "Planned: 28 Jan-1 Feb",
            "Due: Thu 4 Feb, in 3 working days",
            "Float: 4 working days",
            "Document: battlecard-redis.md",
            "Waited on: Positioning statement ✓",
            "Who waits: Sales training (Sales enablement)",
            'Checklist: ☐ Every claim has a source / ☐ "Where they win" is honest',
            "Ready Mon 1 Feb",
            "[Start] [Done] [Blocked] [Need more time] [Open]",
        ],
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"status": TaskStatus.WAITING, "after": ("legal",)},
            "is waiting for Legal review.",
        ),
        ({"status": TaskStatus.WAITING}, "is waiting for its day."),
        ({"status": TaskStatus.DOING}, "is under way."),
        (
            {"status": TaskStatus.REVIEW, "approver": "legal@example.com"},
            "is in review with Counsel.",
        ),
        (
            {"status": TaskStatus.BLOCKED, "blocked_by": "No  answer\nyet"},
            "is blocked: No answer yet.",
        ),
        (
            {"asked_until": date(2027, 2, 11)},
            "is ready for you to start; more time is asked for, until Thu 11 Feb.",
        ),
    ],
)
def test_a_task_says_how_it_stands(changed, sentence):
    text, shown = said(notice(), launch(task(**changed), task("legal", "Legal review")))
    assert text == (
        f"Battlecard: Redis Open Source (Valkey 9.0) {sentence} "
        "Planned 28 Jan-1 Feb, due Thu 4 Feb at the latest, in 3 working days."
    )
    assert shown[1].lower() == sentence.removeprefix("is ").lower()


@pytest.mark.parametrize(
    ("start", "finish", "said_first"),
    [
        (date(2027, 2, 4), date(2027, 2, 4), "Due Thu 4 Feb, in 3 working days."),
        (
            date(2027, 2, 3),
            date(2027, 2, 3),
            "Planned 3 Feb, due Thu 4 Feb at the latest, in 3 working days.",
        ),
    ],
    ids=["on the due day", "on the day before"],
)
def test_the_planned_days_are_told_if_they_say_more_than_the_due_day(
    start, finish, said_first
):
    found = task(planned_start=start, planned_finish=finish)
    text, shown = said(notice(), launch(found))
    assert text.endswith(f"is ready for you to start. {said_first}")
    assert any(line.startswith("Planned") for line in shown) == (start < found.due)


def test_a_task_for_later_offers_no_start():
    later = task(handed_out_at=None, planned_start=date(2027, 2, 3))
    text, shown = said(notice(), launch(later))
    assert "is planned to start Wed 3 Feb." in text
    assert shown[-1] == "[Need more time] [Open]"


def test_a_reminder_on_the_planned_finish_names_that_day():
    planned = notice(NoticeKind.NUDGE, planned_finish="2027-02-01")
    text, _ = said(planned, launch(BATTLECARD))
    assert text.startswith("Reminder, planned to be finished today: Battlecard")
    text, _ = said(notice(NoticeKind.NUDGE), launch(BATTLECARD))
    assert text.startswith("Reminder, due in 3 working days: Battlecard")
    late = task(overdue=True, due=date(2027, 1, 28))
    assert said(planned, launch(late))[0].startswith("Reminder, overdue: Battlecard")


def test_an_overdue_task_says_so():
    late = task(overdue=True, due=date(2027, 1, 28), float_days=-2)
    text, shown = said(notice(), launch(late))
    assert text.endswith("Was due Thu 28 Jan, 2 working days ago.")
    assert "Float: 2 working days short" in shown


def test_a_task_without_float_says_what_that_means():
    _, shown = said(notice(), launch(task(float_days=0)))
    assert "Float: none: a day lost here is lost for the launch" in shown


def test_a_done_task_shows_its_history_instead_of_buttons():
    done = task(
        status=TaskStatus.DONE,
        begun_at=NOW,
        done_at=NOW,
        float_days=None,
        link="https://x.example/a?b=1&c=2",
    )
    assert said(notice(), launch(done, TRAINING)) == (
        "Battlecard: Redis Open Source (Valkey 9.0) was done Mon 1 Feb.",
        [
            "Battlecard: Redis Open Source",
            "Done Mon 1 Feb.",
            "Launch: Valkey 9.0, tier 1",
            "Stage: Sales readiness",
            "Due: Thu 4 Feb",
            "Document: battlecard-redis.md",
            "Link: <https://x.example/a?b=1&amp;c=2>",
            "Ready Mon 1 Feb · begun Mon 1 Feb · done Mon 1 Feb",
        ],
    )


def test_a_former_owner_reads_who_has_the_task_now():
    text, shown = said(notice(to="former@example.com"), launch(BATTLECARD))
    assert (
        text
        == "Battlecard: Redis Open Source (Valkey 9.0) is now with Product marketing."
    )
    assert not any(line.startswith("[") for line in shown)


def test_a_launch_that_ended_takes_its_buttons_back():
    text, shown = said(notice(), launch(BATTLECARD, status=LaunchStatus.CANCELLED))
    assert text == (
        "Battlecard: Redis Open Source (Valkey 9.0) has nothing left to do: "
        "the launch is cancelled."
    )
    assert not any(line.startswith("[") for line in shown)


def test_an_overdue_task_can_be_acknowledged_in_its_message_and_its_reminder():
    late = task(overdue=True, due=date(2027, 1, 28), float_days=-2)
    text, shown = said(notice("nudge"), launch(late))
    assert text.startswith("Reminder, overdue: ")
    assert shown[-1] == "[Start] [Done] [Blocked] [Need more time] [On it] [Open]"
    assert said(notice(), launch(late))[1][-1] == shown[-1]
    assert "[On it]" not in said(notice("nudge"), launch(task()))[1][-1]
