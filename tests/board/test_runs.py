from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import ObjectNotFound

from launch_kits.board import runs
from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.errors import PrefectError
from launch_kits.verbs import open_launch
from tests.launches import NOW, SLUG, brief_with


def _run(number: int, type_: StateType, **more: Any) -> FlowRun:
    state: State[None] = State(type=type_)
    return FlowRun(
        id=UUID(int=number), flow_id=UUID(int=9), state=state, state_type=type_, **more
    )


class Client:
    """A Prefect with a deployment and the runs of some idempotency keys."""

    api_url = "http://127.0.0.1:4200/api"

    def __init__(self, **by_key: FlowRun) -> None:
        self.by_key = dict(by_key)
        self.keys: list[str] = []
        self.tagged: list[FlowRun] = []
        self.deleted: list[UUID] = []
        self.deployed = True

    def read_deployment_by_name(self, name: str) -> Any:
        if not self.deployed:
            raise ObjectNotFound(http_exc=ValueError(name))
        return SimpleNamespace(id=UUID(int=8))

    def request(self, method: str, path: str, **given: Any) -> Any:
        assert (method, path) == ("POST", "/deployments/{id}/create_flow_run")
        assert given["path_params"] == {"id": UUID(int=8)}
        wanted = given["json"]
        assert wanted["enforce_parameter_schema"] is False
        key = wanted["idempotency_key"]
        self.keys.append(key)
        new = _run(100 + len(self.keys), StateType.SCHEDULED, name=wanted["name"])
        run = self.by_key.setdefault(key, new)
        return SimpleNamespace(json=lambda: run.model_dump(mode="json"))

    def read_flow_runs(self, *, flow_run_filter: Any) -> list[FlowRun]:
        if flow_run_filter.id:
            wanted = flow_run_filter.id.any_
            return [run for run in self.by_key.values() if run.id in wanted]
        return self.tagged

    def delete_flow_run(self, run_id: UUID) -> None:
        self.deleted.append(run_id)


def _own(store: Store) -> str | None:
    with store.read() as session:
        return find_launch(session, SLUG).flow_run_id


def test_create_makes_one_run_and_keeps_it(falcon: Store) -> None:
    client = Client()
    run = runs.create(client, falcon, SLUG)
    assert _own(falcon) == str(run.id)
    assert runs.create(client, falcon, SLUG).id == run.id
    assert client.keys == [SLUG]


def test_create_takes_another_key_if_the_run_of_the_first_has_ended(
    falcon: Store,
) -> None:
    client = Client(**{SLUG: _run(1, StateType.COMPLETED)})
    run = runs.create(client, falcon, SLUG)
    assert client.keys == [SLUG, f"{SLUG}/2"]
    assert run.id != UUID(int=1)


def test_create_deletes_the_run_of_an_embedded_start(falcon: Store) -> None:
    client = Client()
    client.tagged = [
        _run(5, StateType.COMPLETED),
        _run(6, StateType.COMPLETED, deployment_id=UUID(int=8)),
    ]
    runs.create(client, falcon, SLUG)
    assert client.deleted == [UUID(int=5)]


def test_create_names_the_remedy_if_there_is_no_deployment(falcon: Store) -> None:
    client = Client()
    client.deployed = False
    with pytest.raises(
        PrefectError, match="no deployment launch/launch; run `launch-kits up`"
    ):
        runs.create(client, falcon, SLUG)
    assert _own(falcon) is None


def test_a_second_launch_of_a_product_has_its_short_name_in_its_runs(
    falcon: Store,
) -> None:
    open_launch(falcon, brief_with(launch="again"), now=NOW + timedelta(days=1))
    with falcon.read() as session:
        names = [
            runs.run_name(session, find_launch(session, slug))
            for slug in (SLUG, "again")
        ]
    assert names == ["Falcon 2", "Falcon 2 (again)"]


def test_adopt_replaces_only_the_named_run(falcon: Store) -> None:
    assert runs.adopt(falcon, SLUG, "one", instead_of=None)
    assert runs.adopt(falcon, SLUG, "one", instead_of=None), "it is its own already"
    assert not runs.adopt(falcon, SLUG, "two", instead_of=None)
    assert runs.adopt(falcon, SLUG, "two", instead_of="one")
    assert _own(falcon) == "two"


def test_read_asks_for_many_runs_in_pages() -> None:
    asked: list[int] = []

    def read_flow_runs(*, flow_run_filter: Any) -> list[FlowRun]:
        asked.append(len(flow_run_filter.id.any_))
        return []

    ids = [str(UUID(int=number)) for number in range(2 * runs.PAGE + 1)]
    assert runs.read(SimpleNamespace(read_flow_runs=read_flow_runs), ids) == []
    assert asked == [runs.PAGE, runs.PAGE, 1]


@pytest.mark.parametrize(
    ("type_", "ended"),
    [("COMPLETED", True), ("CRASHED", True), ("RUNNING", False), ("PAUSED", False)],
)
def test_over_tells_ended_runs_from_others(type_: str, ended: bool) -> None:
    assert runs.over(_run(1, StateType[type_])) is ended
