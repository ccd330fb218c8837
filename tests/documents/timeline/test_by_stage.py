from __future__ import annotations

from dataclasses import replace

from launch_kits.documents.timeline.by_stage import by_stage
from launch_kits.documents.timeline.layout import lay_out
from launch_kits.documents.timeline.picture import look_of
from launch_kits.statuses import TaskLook
from tests.documents.timeline.samples import crowded, timeline_facts


def test_each_stage_is_one_bar_from_its_first_day_to_its_last() -> None:
    facts = crowded(90)
    found = by_stage(facts)
    stages = dict.fromkeys(task.stage for task in facts.tasks)
    assert [task.key for task in found.tasks] == list(stages)
    for bar in found.tasks:
        own = [
            task
            for task in facts.tasks
            if task.stage == bar.key and task.status != "dropped"
        ]
        assert (bar.start, bar.finish, bar.due) == (
            min(task.start for task in own),
            max(task.finish for task in own),
            max(task.due for task in own),
        )
        done = sum(task.status == "done" for task in own)
        assert bar.title == f"{done} of {len(own)} done"


def test_a_stage_is_late_if_a_task_is_and_done_if_nothing_is_open() -> None:
    facts = timeline_facts()
    late = {task.stage for task in facts.tasks if task.key in facts.late}
    assert by_stage(facts).late == late
    closed = replace(
        facts,
        late=frozenset(),
        tasks=tuple(replace(task, status="done") for task in facts.tasks),
    )
    found = by_stage(closed)
    assert {look_of(found, bar) for bar in found.tasks} == {TaskLook.DONE}


def test_a_compact_picture_is_no_taller_than_its_lanes() -> None:
    whole = lay_out(crowded(90))
    compact = lay_out(by_stage(crowded(90)))
    assert compact.width < whole.width
    assert compact.height - compact.bottom < whole.height - whole.bottom
    assert compact.top > 0
