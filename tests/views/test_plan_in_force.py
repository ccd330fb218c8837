from __future__ import annotations

from fractions import Fraction

from launch_kits.database.store import Store
from launch_kits.verbs import begin, block, done
from launch_kits.views.plan_in_force import planned_work
from tests.launches import KEYS, NOW, PMM, SLUG, task


def test_only_work_that_is_ahead_is_planned(falcon: Store) -> None:
    def ahead() -> set[str]:
        return {*planned_work({key: task(falcon, key) for key in KEYS})}

    work = {key for key in KEYS if task(falcon, key).days}
    assert ahead() == work
    begin(falcon, SLUG, "research", now=NOW)
    block(falcon, SLUG, "positioning", note="No answer", now=NOW)
    assert ahead() == work - {"research", "positioning"}
    done(falcon, SLUG, "research", now=NOW)
    assert ahead() == work - {"research", "positioning"}


def test_work_is_planned_with_its_owner_its_last_day_and_its_share(
    falcon: Store,
) -> None:
    found = planned_work({"research": task(falcon, "research")})["research"]
    row = task(falcon, "research")
    assert found == (PMM, row.planned_finish, Fraction(str(row.share)))
