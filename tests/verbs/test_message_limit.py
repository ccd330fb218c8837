from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.database.store import Store
from launch_kits.plan.calendars import Calendars
from launch_kits.verbs.message_limit import LIMITS, has_enough, presses
from tests.launches import NOW, PMM, SLUG, brief_with, opened


def sent(store: Store, *, kind: str, days: int, number: int, task: str | None) -> None:
    with store.write() as session:
        for each in range(number):
            session.add(
                Notice(
                    key=f"{kind}:{days}:{each}:{task}",
                    kind=NoticeKind(kind),
                    launch=SLUG,
                    task=task,
                    to=PMM,
                    status=NoticeStatus.SENT,
                    filed_at=NOW,
                    send_after=NOW,
                    sent_at=NOW - timedelta(days),
                    facts={},
                )
            )


def enough(store: Store) -> bool:
    hours = Calendars(brief_with()).hours_of(PMM)
    with store.read() as session:
        return has_enough(session, PMM, hours, now=NOW)


def test_the_limits_are_two_a_week_and_four_a_fortnight() -> None:
    assert LIMITS == {5: 2, 10: 4}


@pytest.mark.parametrize(
    ("lately", "before", "full"),
    [(0, 0, False), (1, 0, False), (2, 0, True), (1, 2, False), (1, 3, True)],
)
def test_a_person_has_enough_after_two_in_five_days_or_four_in_ten(
    store: Store, lately: int, before: int, *, full: bool
) -> None:
    opened(store)
    sent(store, kind="digest", days=0, number=lately, task=None)
    sent(store, kind="news", days=10, number=before, task=None)
    sent(store, kind="nudge", days=40, number=9, task="positioning")
    assert enough(store) is full


def test_one_message_for_each_task_does_not_count(store: Store) -> None:
    opened(store)
    for task in ("positioning", "research", "legal_review"):
        sent(store, kind="task", days=0, number=1, task=task)
        sent(store, kind="review", days=1, number=1, task=f"{task}2")
    assert not enough(store)
    sent(store, kind="review", days=0, number=2, task="positioning")
    assert enough(store)


@pytest.mark.parametrize(
    ("mark", "named", "late", "expected"),
    [
        ("planned:a", False, 0, False),
        ("soon:a", False, -2, False),
        ("today:a", False, 0, True),
        ("today:a", True, 0, False),
        ("late-1:a", False, 1, True),
        ("late-1:a", True, 1, False),
        ("late-1:a", True, 2, True),
        ("late-5:a", False, 5, False),
    ],
)
def test_a_day_that_was_not_named_and_work_that_is_late_cannot_wait(
    mark: str, *, named: bool, late: int, expected: bool
) -> None:
    assert presses(mark, named=named, late=late) is expected
    assert not presses(mark, named=named, late=late, said={mark})
