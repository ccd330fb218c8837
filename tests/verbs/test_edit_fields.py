from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.verbs.edit_fields import TaskEdit, change_fields
from launch_kits.verbs.transaction import changing
from launch_kits.workdays.offsets import Offset
from tests.launches import NOW, SLUG, task


def changed(store: Store, wanted: TaskEdit) -> dict[str, tuple[object, object]]:
    with changing(store, SLUG, now=NOW) as change:
        fields, _ = change_fields(change, change.task("training"), wanted)
    return {field.field: (field.before, field.after) for field in fields}


def test_only_the_parts_that_differ_are_changed(falcon: Store) -> None:
    wanted = TaskEdit(title=" Train \n them ", days=2, checklist=("One", " "))
    assert changed(falcon, wanted) == {
        "title": ("Training", "Train them"),
        "checklist": ([], ["One"]),
    }
    assert task(falcon, "training").edited == ["checklist", "title"]


def test_workdays_are_kept_as_offsets_and_an_empty_list_clears_them(
    falcon: Store,
) -> None:
    wanted = TaskEdit(workdays=("2027-02-07", "T-2d", "T-1w"))
    assert changed(falcon, wanted)["workdays"] == ([], ["T-2d", "T-1w"])
    assert changed(falcon, TaskEdit(workdays=()))["workdays"][1] == []


def test_a_milestone_takes_no_share(falcon: Store) -> None:
    assert changed(falcon, TaskEdit(days=0)) == {"days": (2, 0), "share": (1.0, 0.0)}
    with pytest.raises(Refused, match="milestone"):
        changed(falcon, TaskEdit(share=0.5))
    assert changed(falcon, TaskEdit(days=3)) == {"days": (0, 3), "share": (0.0, 1.0)}


def test_parts_name_what_is_given() -> None:
    assert TaskEdit().parts == ()
    assert TaskEdit(checklist=(), days=0).parts == ("days", "checklist")
    assert TaskEdit(after=("+a",), due=Offset(-3)).parts == ("due", "after")


@pytest.mark.parametrize(
    "wanted",
    [
        TaskEdit(title="  "),
        TaskEdit(title="\u200b\u3164"),
        TaskEdit(title="x" * 10_000),
        TaskEdit(days=-1),
        TaskEdit(days=1001),
        TaskEdit(share=0),
        TaskEdit(share=1.5),
        TaskEdit(workdays=("T-2",)),
        TaskEdit(workdays=("someday",)),
        TaskEdit(workdays=("T-x",)),
    ],
    ids=str,
)
def test_a_value_that_makes_no_sense_is_refused(
    falcon: Store, wanted: TaskEdit
) -> None:
    with pytest.raises(Refused):
        changed(falcon, wanted)
    assert task(falcon, "training").edited == []
