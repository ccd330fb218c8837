from __future__ import annotations

from types import SimpleNamespace

import pytest
from prefect.cache_policies import NO_CACHE
from prefect.states import Failed

from launch_kits.board.flow_tasks import deliver, documents
from launch_kits.board.launch_run import may_heal
from launch_kits.errors import DocumentError


def test_each_task_calls_its_part_of_the_run() -> None:
    calls: list[str] = []
    launch_run = SimpleNamespace(
        write_documents=lambda: calls.append("documents"),
        deliver=lambda: calls.append("deliver"),
    )
    documents.fn(launch_run)
    deliver.fn(launch_run)
    assert calls == ["documents", "deliver"]


def test_tasks_keep_their_names_in_prefect() -> None:
    assert (documents.name, documents.task_run_name) == ("documents", "Documents")
    assert (deliver.name, deliver.task_run_name) == ("deliver", "Delivery")
    assert documents.cache_policy == deliver.cache_policy == NO_CACHE


@pytest.mark.parametrize(
    ("error", "again"), [(DocumentError("broken"), False), (OSError("full"), True)]
)
def test_documents_are_tried_again_unless_a_template_is_faulty(
    error: Exception, again: bool
) -> None:
    assert documents.retries == 2
    assert deliver.retries == 0
    assert documents.retry_condition_fn is may_heal
    assert may_heal(documents, None, Failed(data=error)) is again
