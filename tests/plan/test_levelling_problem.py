from fractions import Fraction

from launch_kits.plan import Resources
from tests.plan.levelling_examples import prepared
from tests.plan.march import march, task


def test_priority_is_latest_finish_then_less_float_then_order():
    work = [task("a", 1), task("b", 2), task("c", 1), task("d", 1)]
    found = prepared(*work, due={"a": 10, "b": 10, "c": 5, "d": 10})
    assert found.priority(found.instance()) == [2, 1, 0, 3]


def test_begun_work_has_a_fixed_place_and_takes_its_days():
    found = prepared(
        task("a", 2), task("b", 3, begun_on=march(2)), due={"a": 9, "b": 9}
    )
    instance = found.instance()
    assert instance.order == [0]
    busy = [march(day).toordinal() - instance.base for day in (2, 3, 4)]
    assert {instance.free[day] for day in busy} == {instance.guard}
    assert instance.free[busy[-1] + 1] > instance.guard
    assert not [*found.overloads()]


def test_two_begun_tasks_overload_a_day():
    begun = [task(key, 2, begun_on=march(2)) for key in "ab"]
    found = prepared(*begun, due={"a": 9, "b": 9})
    assert {*found.overloads()} == {("ann", march(2)), ("ann", march(3))}


def test_begun_work_takes_its_days_up_to_its_planned_finish():
    begun = task("a", 1, begun_on=march(2), booked_until=march(4))
    found = prepared(begun, task("b", 1), due={"a": 9, "b": 9})
    instance = found.instance()
    busy = [march(day).toordinal() - instance.base for day in (2, 3, 4)]
    assert {instance.free[day] for day in busy} == {instance.guard}
    # what waits for it is free once it is finished
    assert found.earliest.finish[0] == march(2).toordinal()


def test_work_above_the_capacity_is_stretched():
    half = Resources({"ann": Fraction(1, 2)})
    found = prepared(task("a", 3), due={"a": 9}, resources=half)
    assert found.problem.graph.days == [6]
    assert found.problem.demand == [{"ann": Fraction(1, 2)}]
