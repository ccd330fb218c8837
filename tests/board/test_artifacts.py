from __future__ import annotations

import base64
import json
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from launch_kits.board.artifacts import Artifact, artifacts, publish
from launch_kits.board.board_text import counted, headline, summary
from launch_kits.board.row import row
from launch_kits.documents.timeline.files import timeline_file
from launch_kits.views.timeline import timeline_of
from tests.launches import NOW, SLUG

RUN = UUID(int=1)


class Client:
    """Prefect's artifacts of one run, with a count of the calls that change them."""

    def __init__(self, run_id: UUID = RUN) -> None:
        self.run_id = run_id
        self.kept: dict[str, Any] = {}
        self.created: list[str] = []
        self.updated: list[str] = []

    def read_latest_artifacts(self, *, artifact_filter: Any) -> list[Any]:
        return [self.kept[key] for key in artifact_filter.key.any_ if key in self.kept]

    def request(
        self,
        method: str,
        path: str,
        *,
        json: dict[str, Any],
        path_params: dict[str, UUID] | None = None,
    ) -> None:
        if path_params is None:
            assert (method, path) == ("POST", "/artifacts/")
            self._create(**json)
        else:
            assert (method, path) == ("PATCH", "/artifacts/{id}")
            self._update(path_params["id"], **json)

    def _create(self, *, key: str, flow_run_id: str, **rest: Any) -> None:
        self.created.append(key)
        self.kept[key] = SimpleNamespace(
            key=key, flow_run_id=UUID(flow_run_id), latest_id=uuid4(), **rest
        )

    def _update(self, latest_id: UUID, **changed: Any) -> None:
        found = next(each for each in self.kept.values() if each.latest_id == latest_id)
        self.updated.append(found.key)
        vars(found).update(changed)


def test_a_launch_has_a_page_a_table_and_a_bar(view) -> None:
    shown = view(NOW)
    page, picture, table, bar = artifacts(shown)
    assert page == Artifact(
        f"{SLUG}-summary", "markdown", summary(shown), headline(shown)
    )
    assert json.loads(str(table.data)) == [
        row(task, launch="running", lead=shown.lead) for task in shown.tasks
    ]
    kind, content = str(picture.data).split(",")
    assert (picture.key, picture.type) == (f"{SLUG}-timeline", "image")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(content) == timeline_file(timeline_of(shown), "svg")
    assert bar == Artifact(f"{SLUG}-readiness", "progress", 0.0, counted(shown))


def test_the_page_links_to_the_room_at_its_public_address(view) -> None:
    address = "https://launches.example.com"
    found = artifacts(view(NOW), room=f"{address}/")
    launch = f"{address}/launches/{SLUG}"
    assert f"[Open it in the launch room]({launch})" in str(found[0].data)
    for each in found:
        assert each.description.endswith(f" · [in the launch room]({launch})")
    assert "launch room" not in str(artifacts(view(NOW)))


def test_publish_creates_missing_artifacts_and_updates_only_changed_ones() -> None:
    client = Client()
    first = [
        Artifact("a", "progress", 1.0, "one"),
        Artifact("b", "progress", 1.0, "one"),
    ]
    publish(client, RUN, first, as_of="noon")
    assert client.created == ["a", "b"]
    publish(client, RUN, first, as_of="noon")
    assert client.updated == []
    publish(
        client, RUN, [first[0], Artifact("b", "progress", 1.0, "two")], as_of="noon"
    )
    assert client.updated == ["b"]
    assert client.created == ["a", "b"]
    assert client.kept["b"].description == "two · as of noon"


def test_publish_creates_artifacts_anew_for_another_run() -> None:
    client = Client()
    publish(client, RUN, [Artifact("a", "progress", 1.0, "one")], as_of="noon")
    publish(client, UUID(int=2), [Artifact("a", "progress", 1.0, "one")], as_of="noon")
    assert client.created == ["a", "a"]
