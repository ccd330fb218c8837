from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.views.kept_tasks import ListedLaunch, keep_tasks, read_tasks
from launch_kits.views.launch import LaunchView, read_launch
from tests.launches import NOW, SLUG


def test_a_launch_is_read_as_it_was_kept(falcon: Store) -> None:
    with falcon.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=Path())
    kept = keep_tasks(view)
    found = read_tasks(kept, status=view.status, documents=Path("there"))
    same = {each.name for each in fields(ListedLaunch)} - {"tasks"}
    assert all(getattr(found, name) == getattr(view, name) for name in same)
    assert found.tasks == tuple(replace(task, item=None) for task in view.tasks)
    assert [task.key for task in found.open_tasks] == [
        task.key for task in view.open_tasks
    ]


def test_it_has_the_names_of_the_view() -> None:
    names = {*(each.name for each in fields(LaunchView)), *dir(LaunchView)}
    assert {each.name for each in fields(ListedLaunch)} <= names
    assert "open_tasks" in names
