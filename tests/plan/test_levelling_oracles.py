"""Levelling on published multi-project sets (INSISOC/MPSPLIBtoMPP, CC BY 4.0)."""

from itertools import islice

import pytest

from bench.levelling import ARCHIVE, BEGIN_ON, CALENDAR, published
from launch_kits.plan import PLACEMENTS, Resources
from tests.plan.levelling_verifier import LevellingCase, verify
from tests.plan.strategies import Launch

pytestmark = pytest.mark.skipif(
    not ARCHIVE.exists(), reason=f"no {ARCHIVE}; set LAUNCH_KITS_ORACLES"
)


def test_the_mean_finish_over_the_floor_of_nine_sets_is_at_most_1_095():
    found = [each.over_floor() for each in published()]
    assert len(found) == 9
    assert min(found) >= 1
    assert sum(found) / 9 <= 1.095


def test_the_first_schedule_is_that_of_latest_finish():
    assert sum(each.over_floor(1) for each in published()) / 9 == pytest.approx(
        1.14, abs=0.005
    )


@pytest.mark.parametrize("placements", [1, PLACEMENTS])
def test_planned_dates_keep_every_rule(placements):
    for each in islice(published(), 2):
        launch = Launch(tuple(each.work), CALENDAR, BEGIN_ON, BEGIN_ON, BEGIN_ON)
        case = LevellingCase(launch, each.demand, Resources(each.capacity), each.due)
        verify(case, each.levelled(placements))
