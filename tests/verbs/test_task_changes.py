from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.verbs.plan_again import MovedDue
from launch_kits.verbs.task_changes import (
    TaskChange,
    due_changes,
    moved_in_words,
    tell_owners,
)
from launch_kits.verbs.transaction import changing
from tests.launches import LEAD, NOW, PMM, SALES, SLUG, notices

DAY = date(2027, 2, 11)


def change_of(owner: str, *, due: date = DAY, after: object = 4) -> TaskChange:
    return TaskChange("training", "Training", owner, "days", 2, after, DAY, due, 3)


@pytest.mark.parametrize(
    ("change", "by", "told"),
    [
        (change_of(SALES), LEAD, (SALES,)),
        (change_of(SALES), SALES, ()),
        (change_of(SALES, due=date(2027, 2, 8)), SALES, (SALES,)),
        (change_of(PMM, after=2), LEAD, ()),
    ],
)
def test_owners_are_told_of_what_others_change(
    falcon: Store, change: TaskChange, by: str, told: tuple[str, ...]
) -> None:
    with changing(falcon, SLUG, now=NOW) as transaction:
        tell_owners(transaction, [change], by=by, note="Too much")
        assert transaction.told == told
    filed = notices(falcon, "news")
    assert [each.to for each in filed] == list(told)
    assert all(each.facts["note"] == "Too much" for each in filed)


def test_moved_due_days_have_their_days(falcon: Store) -> None:
    with changing(falcon, SLUG, now=NOW) as change:
        moved = [MovedDue(change.task("research"), date(2027, 2, 10))]
    (found,) = due_changes(moved, {"research": 7})
    assert (found.field, found.before, found.after) == (
        "due",
        "2027-02-10",
        "2027-02-08",
    )
    assert (found.due_before, found.float_days) == (date(2027, 2, 10), 7)
    assert moved_in_words(moved) == "; research is due 2027-02-08 instead of 2027-02-10"
    assert moved_in_words(()) == ""
