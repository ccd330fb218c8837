"""A real Prefect, started once a session for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from launch_kits.inputs.brief import Brief
from launch_kits.verbs import open_launch
from tests.served import (
    PATIENCE,
    Served,
    await_up,
    begin_up,
    current_brief,
    now,
    with_port,
)
from tests.settings.test_private_home import open_to_others

_numbers = count(1)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let one worker run all tests that use Prefect.

    Each Prefect server costs more than the tests that share it.
    """
    item.add_marker(pytest.mark.xdist_group("prefect"))
    # several waits, each of them patient
    item.add_marker(pytest.mark.timeout(6 * PATIENCE))


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Prefect's server and UI with the flows served; only the tests sweep.

    Its umask takes nothing away: its home is private all the same, to the end.
    """
    home = tmp_path_factory.mktemp("up") / "home"
    process = begin_up(home, umask=0, **with_port())
    try:
        await_up(home, process)
        served = Served(home, process)
        yield served
        served.close()
        assert open_to_others(home) == {}
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture(autouse=True)
def tells_no_more_events() -> Iterator[None]:
    """End the thread that sends events to Prefect.

    It would go on, and use `random` while it looks for a server.
    """
    yield
    from prefect.events.worker import EventsWorker

    EventsWorker.drain_all(timeout=PATIENCE)


@pytest.fixture
def slug() -> str:
    """A short name that no other test uses, because they share one server."""
    return f"launch-{next(_numbers)}"


@pytest.fixture
def opened(served: Served, slug: str) -> Callable[..., Brief]:
    """Opens the small launch, without a run."""

    def opened(**changes: object) -> Brief:
        brief = current_brief(slug, **changes)
        open_launch(served.store, brief, now=now())
        return brief

    return opened
