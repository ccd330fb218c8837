import pytest

from launch_kits.plan.schedule_generation import parallel, serial
from launch_kits.plan.tables import OutOfTables
from launch_kits.workdays.calendar import Calendar
from tests.plan.levelling_examples import day_of, prepared
from tests.plan.march import task


def starts(instance, timetable) -> list[int]:
    return [day_of(instance, number) for number in timetable.start]


def test_parallel_generation_begins_with_the_least_priority():
    instance = prepared(
        task("a", 2), task("b", 1), task("c", 1), due={"a": 9, "b": 9, "c": 9}
    ).instance()
    assert starts(instance, parallel(instance, [2, 0, 1])) == [4, 2, 3]


def test_serial_generation_takes_the_given_sequence():
    instance = prepared(
        task("a", 2), task("b", 1), task("c", 1), due={"a": 9, "b": 9, "c": 9}
    ).instance()
    assert starts(instance, serial(instance, [2, 0, 1])) == [3, 5, 2]


def test_serial_generation_fills_gaps():
    work = [task("a", 1), task("b", 1, not_before="T-19"), task("c", 1)]
    instance = prepared(*work, due={"a": 9, "b": 9, "c": 9}).instance()
    assert starts(instance, serial(instance, [0, 1, 2])) == [2, 4, 3]


@pytest.mark.parametrize("scheme", [parallel, serial])
def test_work_that_leaves_the_tables_is_named(scheme):
    # each fits into 2026, but not one after the other
    work = [task("a", 200), task("b", 200)]
    instance = prepared(*work, due={"a": 9, "b": 9}, calendar=Calendar()).instance()
    with pytest.raises(OutOfTables) as error:
        scheme(instance, [0, 1])
    assert (error.value.position, error.value.earlier) == (1, False)
