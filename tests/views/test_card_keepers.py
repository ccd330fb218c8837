from __future__ import annotations

import pytest

from launch_kits.database.records import Task, TaskStatus
from launch_kits.inputs.kit import Each
from launch_kits.views.card_keepers import card_keeper


def task(key: str, **changes: object) -> Task:
    given = {
        "each": Each.COMPETITORS,
        "item": "redis",
        "template": "page.md.j2",
        "status": TaskStatus.READY,
    }
    return Task(key=key, **{**given, **changes})


@pytest.mark.parametrize(
    ("tasks", "keeper"),
    [
        ([], None),
        ([task("page"), task("battlecard:redis")], "battlecard:redis"),
        ([task("call", template=None), task("page")], "page"),
        ([task("battlecard:redis", status=TaskStatus.DROPPED), task("page")], "page"),
        ([task("battlecard:other", item="other")], None),
        ([task("battlecard", each=None, item=None)], None),
    ],
)
def test_the_battlecard_comes_first_then_another_document(
    tasks: list[Task], keeper: str | None
) -> None:
    found = card_keeper(tasks, "redis")
    assert (found.key if found else None) == keeper
