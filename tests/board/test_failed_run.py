from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from launch_kits.board import failed_run
from launch_kits.board.failed_run import name_failed_run

BRIEF = {"launch": "falcon-2", "product": "Falcon 2"}


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that runs were given."""
    names: list[str] = []

    @contextmanager
    def client(**_: object) -> Iterator[Any]:
        yield SimpleNamespace(update_flow_run=lambda _, *, name: names.append(name))

    monkeypatch.setattr(failed_run, "get_client", client)
    return names


def fail(brief: object, *, name: str = "fair-serpent") -> None:
    run = SimpleNamespace(id=1, name=name, parameters={"brief": brief})
    name_failed_run(None, run, None)


def test_a_failed_run_is_named_after_its_launch(named: list[str]) -> None:
    fail(BRIEF)
    fail({"launch": "falcon-2"})
    assert named == ["Falcon 2 (falcon-2)", "A launch (falcon-2)"]


def test_a_run_that_has_its_name_keeps_it(named: list[str]) -> None:
    fail(BRIEF, name="Falcon 2")
    assert named == []


@pytest.mark.parametrize("brief", [None, "text", {}, {"launch": ""}])
def test_a_brief_without_a_launch_names_nothing(
    named: list[str], brief: object
) -> None:
    fail(brief)
    assert named == []


def test_a_prefect_that_is_away_is_not_a_second_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(**_: object) -> None:
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(failed_run, "get_client", away)
    fail(BRIEF)
