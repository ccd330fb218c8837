"""Pages of the launch room, against the same template filled by Jinja2 alone; and its start.

Ours is the whole processor time of a request: visitor, database, plan and page. The launches are in
memory, as they are after their first visit.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.measure import Comparison, Measurement, print_table, side_by_side
from bench.startup import environment
from launch_kits.database.store import Store
from launch_kits.inputs.loading import load_brief
from launch_kits.room import writing
from launch_kits.room.routes import LaunchRoom
from launch_kits.server.application import application
from launch_kits.settings import Settings
from launch_kits.verbs import open_launch

__all__ = ["measurements"]

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[1] / "examples" / "valkey-9" / "brief.yaml"
LAUNCHES = 60
REPEATS = 20
#: how much longer than Jinja2 alone a page may take
TARGET = 3.0
#: the same for a small page that looks for changed files
OF_FILES = 10.0
#: bytes of a page without pictures
MOST_BYTES = 150 * 1024
HOST = ("127.0.0.1", 8080)
#: processor seconds that the room may add to the start of `up`
OF_THE_START = 0.5
#: prints the seconds that the room takes once the rest of `up` is there
START = """
import sys, time
import launch_kits.server.up, uvicorn
from launch_kits.settings import Settings
settings = Settings.read({"LAUNCH_KITS_HOME": sys.argv[1]})
began = time.process_time()
from launch_kits.room.routes import LaunchRoom
LaunchRoom(settings).routes
print(time.process_time() - began)
"""
STARTS = 5


def measurements() -> Iterator[Measurement]:
    """The page of a launch with 90 tasks, the list of 60 launches, and their weights."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.read({"LAUNCH_KITS_HOME": folder})
        _fill(Store(settings.database_url))
        room = LaunchRoom(settings, clock=lambda: NOW)
        page = _Pages(room)
        for name, path, target in (
            ("page of a launch, 90 tasks", "/launches/launch-0", TARGET),
            (f"page of {LAUNCHES} launches", "/launches", TARGET),
            ("page of the documents", "/launches/launch-0/documents", OF_FILES),
        ):
            yield Measurement(
                f"{name}: s",
                lambda path=path, target=target: page.compared(path, target),
            )
            yield Measurement(f"{name}: bytes", lambda path=path: page.weighed(path))
        room.close()
    yield Measurement("start of `up` through the room: s", _start)


def _start() -> Comparison:
    """The processor time that the room takes at the start of `up`, against none.

    As after an installation, the bytecode of all modules is there: the first start writes it.
    """
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-c", START, home]
        taken = [
            float(
                subprocess.run(  # noqa: S603
                    command, env=environment(home), stdout=subprocess.PIPE, check=True
                ).stdout
            )
            for _ in range(STARTS)
        ]
    return Comparison(min(taken), 0.0, OF_THE_START)


def _fill(store: Store) -> None:
    brief = load_brief(EXAMPLE).brief
    for number in range(LAUNCHES):
        named = {"launch": f"launch-{number}", "product": f"Launch {number}"}
        copy = brief.model_copy(update=named)
        open_launch(store, copy, now=NOW, accept_late=True, level=False)
    store.close()


class _Pages:
    """Requests of the operator to the application, without a network."""

    def __init__(self, room: LaunchRoom) -> None:
        self._app = application(room.routes)
        #: the template of the last page, and its values
        self._last: tuple[Any, dict[str, object]] | None = None
        self._watch()

    def compared(self, path: str, target: float) -> Comparison:
        """The time of a page, against that of its template alone."""
        with asyncio.Runner() as runner:
            ours: Callable[[], object] = lambda: runner.run(self._get(path))  # noqa: E731
            ours()
            template, values = self._last or (None, {})
            theirs: Callable[[], object] = lambda: template.render(values)  # noqa: E731
            # threads of the server wait for each other, which is no work on a busy machine
            times = side_by_side(ours, theirs, REPEATS, clock=time.process_time)
        return Comparison(*times, target)

    def weighed(self, path: str) -> Comparison:
        """The size of a page, against the most that it may have."""
        return Comparison(len(asyncio.run(self._get(path))), MOST_BYTES, 1.0)

    async def _get(self, path: str) -> bytes:
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "scheme": "http",
            "server": HOST,
            "client": HOST,
            "headers": [(b"host", b"127.0.0.1:8080")],
        }
        body = bytearray()

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            assert message.get("status", 200) == 200
            body.extend(message.get("body", b""))

        await self._app(scope, receive, send)
        return bytes(body)

    def _watch(self) -> None:
        """Keep the values of each page that is written."""
        render = writing.Writer.render

        def kept(
            writer: writing.Writer, template: str, values: dict[str, object]
        ) -> str:
            self._last = writer.template(template), values
            return render(writer, template, values)

        writing.Writer.render = kept  # type: ignore[method-assign]


if __name__ == "__main__":
    print_table(measurements())
