from launch_kits.plan.load_bound import can_hold, surely_short
from tests.plan.levelling_examples import prepared
from tests.plan.march import march, task


def holds(*work, due) -> bool:
    found = prepared(*work, due=due)
    return can_hold(found.instance(), found.earliest_planned(), found.problem.packing)


def test_work_that_fits_between_two_days_may_hold():
    assert holds(task("a", 3), task("b", 2), due={"a": 6, "b": 6})


def test_more_work_than_days_rules_it_out():
    assert not holds(task("a", 3), task("b", 3), due={"a": 6, "b": 6})


def test_a_late_earliest_date_rules_it_out():
    assert not holds(task("a", 3), due={"a": 3})


def test_begun_work_leaves_fewer_days():
    begun = task("a", 3, begun_on=march(2))
    assert holds(begun, task("b", 2), due={"a": 9, "b": 6})
    assert not holds(begun, task("b", 3), due={"a": 9, "b": 6})


def test_only_owners_with_too_much_work_between_two_days_are_surely_short():
    work = [task("a", 3), task("b", 3), task("c", 3), task("d", 2)]
    found = prepared(
        *work,
        due={"a": 6, "b": 6, "c": 6, "d": 6},
        owners={"c": "ben", "d": "ben"},
    )
    earliest = found.earliest_planned()
    packing = found.problem.packing
    assert [*surely_short(found.instance(), earliest, packing)] == ["ann"]
