from fractions import Fraction

import pytest

from launch_kits.errors import PlanError
from launch_kits.plan import Resources
from launch_kits.plan.resources import Packing, stretched, summed
from tests.plan.march import march

HALF = Fraction(1, 2)
THIRD = Fraction(1, 3)


def test_a_demand_within_capacity_is_left_alone():
    assert stretched(3, {"ann": HALF}, Resources()) == (3, {"ann": HALF})


def test_a_demand_above_capacity_takes_more_days_at_full_capacity():
    resources = Resources({"ann": THIRD})
    assert stretched(3, {"ann": HALF, "bob": HALF}, resources) == (
        5,
        {"ann": THIRD, "bob": HALF},
    )


def test_packed_amounts_fit_if_no_resource_is_short():
    resources = Resources({"bob": Fraction(2)})
    packing = Packing.of([{"ann": HALF, "bob": THIRD}, {"ann": THIRD}], resources)
    free = packing.untouched() - packing.demand({"ann": HALF, "bob": THIRD})

    def fits(demand) -> bool:
        return (free - packing.demand(demand)) & packing.guard == packing.guard

    assert fits({"ann": HALF})
    assert fits({"bob": Fraction(5, 3)})
    assert not fits({"ann": HALF + THIRD})
    assert not fits({"bob": Fraction(2)})


def test_a_load_takes_no_more_than_the_capacity():
    packing = Packing.of([{"ann": HALF}], Resources())
    taken = packing.taken({"ann": {march(2): Fraction(3)}, "eve": {march(2): HALF}})
    assert taken == {march(2).toordinal(): packing.demand({"ann": Fraction(1)})}


def test_loads_add_up():
    load = {"ann": {march(2): HALF}}
    more = [({"ann": HALF, "bob": THIRD}, [march(2), march(3)])]
    assert summed(load, more) == {
        "ann": {march(2): Fraction(1), march(3): HALF},
        "bob": {march(2): THIRD, march(3): THIRD},
    }
    assert load == {"ann": {march(2): HALF}}


def test_a_capacity_of_0_is_refused():
    with pytest.raises(PlanError, match='"ann" is 0; use a value greater than 0'):
        Resources({"ann": Fraction(0)})
