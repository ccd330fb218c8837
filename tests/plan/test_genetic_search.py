from launch_kits.plan.genetic_search import greatest, search, total
from tests.plan.levelling_examples import prepared
from tests.plan.march import WEEKENDS_ONLY, march, task

AWAY = WEEKENDS_ONLY.without([(march(4), march(13))])


def found(schedules: int):
    work = [task("a", 4), task("b", 1), task("c", 1, "b", calendar=AWAY)]
    problem = prepared(*work, due={"a": 9, "b": 10, "c": 10})
    instance = problem.instance()
    return search(instance, problem.priority(instance), least=0, schedules=schedules)


def test_the_first_schedule_is_latest_finish():
    assert found(1)[::2] == (1, 1)


def test_the_search_ends_at_the_least_cost():
    better = found(600)
    assert better.cost == 0
    assert better.schedules < 600


def test_the_same_instance_gives_the_same_timetable():
    assert found(600) == found(600)


def test_objectives():
    assert (total([1, 3]), greatest([1, 3]), total([]), greatest([])) == (4, 3, 0, 0)
