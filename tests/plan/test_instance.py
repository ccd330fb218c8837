from tests.plan.levelling_examples import prepared
from tests.plan.march import march, task


def test_lateness_counts_working_days_of_late_tasks_alone():
    instance = prepared(
        task("a", 1), task("b", 1), task("c", 1), due={"a": 6, "b": 9, "c": 9}
    ).instance()
    finish = [march(day).toordinal() - instance.base for day in (10, 9, 12)]
    # the 6th is a Friday
    assert instance.lateness(finish) == [2, 3]
