from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import func, select

from bench import delivery, sweep
from launch_kits.database.records import Launch, Notice, Task
from launch_kits.database.store import Store
from launch_kits.settings import Settings


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_the_sweep_has_launches_tasks_and_notices_to_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "TASKS", 40)
    monkeypatch.setattr(sweep, "LAUNCHES", 4)
    store = sweep.filled(tmp_path / "launch-kits.db")
    assert [count(store, table) for table in (Launch, Task, Notice)] == [4, 40, 40]
    assert sweep.nothing_due(store, tmp_path / "launch-kits.db").theirs > 0
    assert sweep.many_due(store, tmp_path / "launch-kits.db").theirs > 0
    store.close()


def test_the_delivery_has_news_for_each_channel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "CHANNELS", 2)
    monkeypatch.setattr(delivery, "MESSAGES", 3)
    store = delivery.filled(Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)}))
    assert [count(store, table) for table in (Launch, Notice)] == [2, 6]
    store.close()
