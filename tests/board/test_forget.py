from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from prefect.exceptions import ObjectNotFound

from launch_kits.board.artifacts import artifacts
from launch_kits.board.forget import PAGE, forget_runs
from tests.launches import NOW


class Prefect:
    """Runs and artifacts in Prefect."""

    def __init__(self, *slugs: str) -> None:
        self.runs: list[Any] = []
        self.artifacts = [
            {"id": str(uuid4()), "key": f"{slug}-{kind}"}
            for slug in slugs
            for kind in ("tasks", "summary", "summary")
        ]
        #: a run that another process deletes at the same moment
        self.gone: UUID | None = None

    def add(self, *tags: str, said: str = "", **parameters: object) -> UUID:
        state = SimpleNamespace(message=said)
        run = SimpleNamespace(
            id=uuid4(), tags=list(tags), state=state, parameters=parameters
        )
        self.runs.append(run)
        return run.id

    def read_flow_runs(self, *, flow_filter: Any, limit: int, offset: int) -> list[Any]:
        assert flow_filter.name.any_ == ["launch", "sweep"]
        return self.runs[offset : offset + limit]

    def delete_flow_run(self, run_id: UUID) -> None:
        self.runs = [run for run in self.runs if run.id != run_id]
        if run_id == self.gone:
            raise ObjectNotFound(Exception())

    def request(self, method: str, path: str, **given: Any) -> Any:
        if method == "DELETE":
            gone = given["path_params"]["id"]
            self.artifacts = [each for each in self.artifacts if each["id"] != gone]
            return None
        keys = given["json"]["artifacts"]["key"]["any_"]
        found = [each for each in self.artifacts if each["key"] in keys]
        return SimpleNamespace(json=lambda: found)


def test_runs_that_hold_the_person_go_with_their_artifacts_and_others_stay() -> None:
    prefect = Prefect("one", "two", "three")
    for _ in range(PAGE):
        prefect.add("launch:three")
    kept = {run.id for run in prefect.runs}
    prefect.gone = prefect.add("launch:one")
    prefect.add("launch:two", brief={"team": "pia"})
    prefect.add("sweep", said="pia cannot be reached")
    kept |= {prefect.add("sweep", said="swept")}

    def holds(value: object) -> bool:
        return "pia" in str(value)

    assert forget_runs(prefect, ["one"], holds=holds) == 3  # type: ignore[arg-type]
    assert {run.id for run in prefect.runs} == kept
    assert {each["key"] for each in prefect.artifacts} == {
        "three-tasks",
        "three-summary",
    }


def test_every_artifact_of_a_launch_is_known(view) -> None:
    from launch_kits.board.artifacts import KINDS

    found = view(NOW)
    keys = {each.key for each in artifacts(found)}
    assert keys == {f"{found.slug}-{kind}" for kind in KINDS}
