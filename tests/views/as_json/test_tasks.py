from __future__ import annotations

from datetime import UTC, datetime

from launch_kits.plan.rollout import Rollout
from launch_kits.views.as_json import plan_task_json, task_json, task_record
from tests.launches import brief_with
from tests.slack.views import task


def test_record_begins_with_the_task_of_status():
    chosen = task(done_at=datetime(2027, 2, 1, 15, tzinfo=UTC))
    told = task_json(chosen)
    record = task_record(chosen)
    assert list(record.items())[: len(told)] == list(told.items())
    assert record["done_at"] == "2027-02-01T15:00:00+00:00"
    assert record["begun_at"] is None


def test_document_is_a_path_or_null():
    assert task_json(task())["document"] == "/documents/valkey-9/battlecard-redis.md"
    assert task_json(task(document=None))["document"] is None


def test_planned_task_names_its_predecessors_by_their_final_keys():
    brief = brief_with()
    rollout = Rollout.of(brief, today=brief.launch_on)
    planned = rollout.load.planned(levelled=False)
    found = {
        assignment.key: plan_task_json(assignment, span, planned[assignment.key])
        for assignment, span in rollout.dated()
    }
    assert found["training"]["after"] == [
        "battlecard:osprey",
        "battlecard:kite",
        "legal_review",
    ]
    assert found["training"]["owner"] == "sales@example.com"
