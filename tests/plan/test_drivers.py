from launch_kits.plan import PlanInput, Predecessor, Work
from launch_kits.plan.constraints import Constraints
from launch_kits.plan.critical_path import forward
from launch_kits.plan.drivers import drivers_of
from launch_kits.plan.graph import PlanGraph
from launch_kits.plan.tables import on_tables
from tests.plan.march import WEEKENDS_ONLY, march, task


def drivers(key: str, *work: Work) -> set[str]:
    given = PlanInput(
        work,
        calendar=WEEKENDS_ONLY,
        begin_on=march(2),
        release_on=march(31),
        launch_on=march(31),
    )
    graph = PlanGraph.of(work)
    anchors = given.anchors
    constraints = Constraints.of(graph, given)
    earliest = on_tables(
        graph,
        WEEKENDS_ONLY,
        constraints,
        lambda tables: forward(tables, graph, constraints),
    )
    found = drivers_of(
        graph.index[key], graph, earliest, calendar=WEEKENDS_ONLY, anchors=anchors
    )
    return {graph.work[position].key for position in found}


def test_the_predecessor_that_finishes_last_drives_a_task():
    work = [task("a", 3), task("b", 1), task("c", 1, "a", "b")]
    assert drivers("c", *work) == {"a", "c"}


def test_a_lag_makes_an_earlier_finish_drive_a_task():
    work = [task("a", 3), task("b", 1), task("c", 1, "a", Predecessor("b", 5))]
    assert drivers("c", *work) == {"b", "c"}


def test_drivers_lead_through_milestones():
    work = [task("a", 3), task("m", 0, "a"), task("c", 1, "m")]
    assert drivers("c", *work) == {"a", "m", "c"}


def test_a_not_before_drives_a_task_alone():
    assert drivers("b", task("a", 1), task("b", 1, "a", not_before="T-5")) == {"b"}
