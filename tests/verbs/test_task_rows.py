from __future__ import annotations

from launch_kits.database.records import Task
from launch_kits.database.store import Store
from launch_kits.verbs import NewTask, add
from launch_kits.verbs.start import rollout_of
from launch_kits.verbs.task_rows import planned_row
from tests.launches import KEYS, NOW, SLUG, brief_with, task

#: columns that the database or later work fills in
LATER = {
    "id",
    "status_before",
    "ticked",
    "in_hands_of",
    "ready_at",
    "begun_at",
    "submitted_at",
    "done_at",
    "link",
    "document",
    "document_owed_at",
    "look_at",
    "added_at",
    "baseline_at",
    "extended_until",
    "handed_out_at",
    "lacks",
    "overdue_told",
}


def test_a_row_names_every_column_of_a_new_task() -> None:
    rollout = rollout_of(brief_with(), now=NOW)
    rows = [planned_row(rollout, n, *dated) for n, dated in enumerate(rollout.dated())]
    assert [row["key"] for row in rows] == list(KEYS)
    for row in rows:
        assert set(row) == set(Task.model_fields) - LATER


def test_a_task_added_by_hand_is_a_row_like_a_planned_one(falcon: Store) -> None:
    add(falcon, SLUG, NewTask("Research", key="more_research", role="pmm"), now=NOW)
    planned = task(falcon, "research")
    added = task(falcon, "more_research")
    same = ("launch", "stage", "stage_title", "title", "role", "owner", "backup")
    assert [getattr(added, name) for name in same] == [
        getattr(planned, name) for name in same
    ]
    assert (added.anchor, added.audience, added.checklist) == ("launch", "internal", [])
    assert (added.added_at, planned.added_at) == (NOW, None)
