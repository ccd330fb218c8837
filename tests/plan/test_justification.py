from bench.levelling import BEGIN_ON, CALENDAR, generated
from launch_kits.plan import Predecessor, Resources
from launch_kits.plan.genetic_search import greatest
from launch_kits.plan.justification import justified
from launch_kits.plan.levelling_problem import Problem
from launch_kits.plan.schedule_generation import parallel
from launch_kits.plan.tables import on_tables
from tests.plan.levelling_examples import prepared
from tests.plan.march import WEEKENDS_ONLY, march, task


def test_the_greatest_lateness_never_grows_and_often_shrinks():
    better = 0
    for number in range(3):
        project = generated(number)
        problem = Problem.of(
            project.planned_for(BEGIN_ON),
            due=project.due,
            demand=project.demand,
            resources=Resources(project.capacity),
        )
        found = on_tables(problem.graph, CALENDAR, problem.constraints, problem.on)
        instance = found.instance()
        plain = parallel(instance, found.priority(instance))
        before = greatest(instance.lateness(plain.finish))
        after = greatest(instance.lateness(justified(instance, plain).finish))
        assert after <= before
        better += after < before
    assert better


def test_a_lag_after_work_on_a_weekend_leaves_it_where_it_fits():
    sundays = WEEKENDS_ONLY.without(workdays=[march(8)])
    work = [
        task("a", 5),
        task("b", 1, "a", calendar=sundays),
        task("c", 1, Predecessor("b", 1)),
    ]
    instance = prepared(*work, due={"a": 6, "b": 8, "c": 10}).instance()
    plain = parallel(instance, [0, 1, 2])
    better = justified(instance, plain)
    assert better.start == plain.start
    assert greatest(instance.lateness(better.finish)) == 0
