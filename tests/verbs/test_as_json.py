from __future__ import annotations

from launch_kits.verbs import TaskEdit, preview_edit, preview_move, preview_revision
from launch_kits.verbs.as_json import edit_json, move_json, revision_json
from tests.launches import NOW, SLUG, at, brief_with


def test_move_has_every_due_day_that_changes(falcon):
    found = preview_move(falcon, SLUG, on=at("02-16").date(), now=NOW)
    shown = move_json(found, applied=False)
    assert (shown["launch_before"], shown["launch_on"], shown["applied"]) == (
        "2027-02-09",
        "2027-02-16",
        False,
    )
    assert shown["changes"] == [
        {
            "key": shift.key,
            "owner": shift.owner,
            "due_before": shift.due_before.isoformat(),
            "due": shift.due.isoformat(),
            "float": shift.float_days,
        }
        for shift in found.shifts
    ]
    assert shown["changes"]


def test_move_that_does_not_hold_names_the_earliest_day(falcon):
    found = preview_move(falcon, SLUG, on=at("01-14").date(), now=NOW)
    shown = move_json(found, applied=False)
    assert not shown["feasible"]
    assert found.earliest_launch_on is not None
    assert shown["earliest_launch_on"] == found.earliest_launch_on.isoformat()


def test_revision_that_changes_nothing_is_never_applied(falcon):
    found = preview_revision(falcon, SLUG, brief_with(), now=NOW)
    assert not revision_json(found, applied=True)["applied"]
    other = preview_revision(falcon, SLUG, brief_with(product="Falcon 3"), now=NOW)
    shown = revision_json(other, applied=True)
    assert (shown["applied"], shown["fields"]) == (True, ["product"])


def test_previews_of_edit_and_move_share_their_shape(falcon):
    moved = move_json(
        preview_move(falcon, SLUG, on=at("02-16").date(), now=NOW), applied=False
    )
    edited = edit_json(
        preview_edit(falcon, SLUG, "training", TaskEdit(days=4), now=NOW), applied=False
    )
    assert set(edited) == {
        *("tasks", "lands_on", "told", "warnings", "applied", "levelled")
    }
    assert set(edited) < set(moved)
    assert {tuple(row) for row in (*moved["tasks"], *edited["tasks"])} == {
        ("key", "field", "from", "to", "due_before", "due", "float")
    }
    assert (moved["lands_on"], edited["lands_on"]) == ("2027-02-16", "2027-02-09")
    assert [(row["key"], row["due"]) for row in moved["tasks"]] == [
        (row["key"], row["due"]) for row in moved["changes"]
    ]


def test_an_edit_that_changes_nothing_is_never_applied(falcon):
    found = preview_edit(falcon, SLUG, "training", TaskEdit(days=2), now=NOW)
    assert edit_json(found, applied=True)["applied"] is False


def test_revision_has_its_words_and_warnings(falcon):
    found = preview_revision(falcon, SLUG, brief_with(product="Falcon 3"), now=NOW)
    shown = revision_json(found, applied=False)
    assert shown["words"] == [
        {"task": None, "field": "product", "from": "Falcon 2", "to": "Falcon 3"}
    ]
    assert shown["warnings"] == []
