"""The flow's Prefect tasks without a server; `tests/flows` runs them in their flow."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from prefect.cache_policies import NO_CACHE
from prefect.logging import disable_run_logger
from prefect.states import Failed

from launch_kits.board import flow_tasks
from launch_kits.board.launch_run import LaunchRun
from launch_kits.database.store import Store
from launch_kits.errors import DocumentError
from launch_kits.verbs import done
from tests.launches import NOW, PMM, SLUG, brief_with, notices


@pytest.fixture
def launch_run(
    falcon: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> Iterator[LaunchRun]:
    """A run whose flow was called as a function."""
    monkeypatch.setenv("LAUNCH_KITS_HOME", str(tmp_path))
    monkeypatch.setenv("LAUNCH_KITS_DATABASE_URL", falcon.url)
    launch_run = LaunchRun(brief_with(), clock=lambda: NOW)
    launch_run.__dict__["run"] = SimpleNamespace(deployment_id=None)
    with disable_run_logger():
        yield launch_run
    launch_run.store.close()


def test_documents_writes_those_that_are_due(
    launch_run: LaunchRun, falcon: Store
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    assert launch_run.documents_owed
    flow_tasks.documents.fn(launch_run)
    assert not launch_run.documents_owed
    folder = launch_run.settings.documents / SLUG
    written = {path.name for path in folder.rglob("*.md")}
    assert {"battlecard-kite.md", "battlecard-osprey.md"} <= written


def test_deliver_sends_those_that_are_due(
    launch_run: LaunchRun, falcon: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert launch_run.notices_owed
    flow_tasks.deliver.fn(launch_run)
    assert not launch_run.notices_owed
    assert {notice.status for notice in notices(falcon)} == {"sent"}
    assert f"{PMM}  task  {SLUG} positioning" in capsys.readouterr().err


def test_documents_are_tried_again_unless_a_template_is_faulty() -> None:
    assert flow_tasks.documents.retries > 0
    again = flow_tasks.documents.retry_condition_fn
    assert again is not None
    task = flow_tasks.documents
    assert again(task, None, Failed(data=OSError("the disk is full")))
    assert not again(task, None, Failed(data=DocumentError("battlecard: line 3")))


def test_a_delivery_is_not_tried_again_by_prefect_since_the_outbox_does() -> None:
    assert flow_tasks.deliver.retries == 0


@pytest.mark.parametrize("task", [flow_tasks.documents, flow_tasks.deliver])
def test_no_result_takes_the_place_of_a_later_round(task) -> None:
    assert task.cache_policy is NO_CACHE
