from __future__ import annotations

from launch_kits.verbs.word_changes import WordChange, brief_changes


def differing(
    before: object, after: object, name: str = "part"
) -> list[tuple[object, ...]]:
    found = brief_changes({name: before}, {name: after}, fields=[name])
    return [tuple(each)[1:] for each in found]


def test_a_text_is_shown_from_and_to() -> None:
    (found,) = brief_changes({"a": "x"}, {"a": "y"}, fields=["a"])
    assert found == WordChange(None, "a", "x", "y")


def test_places_inside_objects_are_named() -> None:
    before = {"sales": {"name": "Sam", "email": "sam@example.com"}}
    after = {"sales": {"name": "Sol", "email": "sam@example.com"}}
    assert differing(before, after) == [("part.sales.name", "Sam", "Sol")]


def test_entries_of_a_list_are_told_apart_by_their_names() -> None:
    before = [{"key": "a", "text": "x"}, {"key": "b", "text": "y"}]
    after = [{"key": "c", "text": "z"}, {"key": "a", "text": "w"}]
    assert differing(before, after) == [
        ("part.a.text", "x", "w"),
        ("part.b", "b", None),
        ("part.c", None, "c"),
    ]


def test_nameless_entries_are_shown_as_they_are() -> None:
    freeze = {"from": "2027-01-01", "to": "2027-01-04", "why": None}
    assert differing([], [freeze]) == [
        ("part", [], [{"from": "2027-01-01", "to": "2027-01-04"}])
    ]


def test_a_kit_is_shown_by_its_version_alone() -> None:
    before = {"kit": "small", "version": 1, "title": "Small", "stages": [1]}
    after = {**before, "version": 2, "stages": []}
    assert differing(before, after, "kit") == [("kit.version", 1, 2)]
    assert differing("small", "large", "kit") == [("kit", "small", "large")]


def test_fields_that_are_not_asked_for_are_left_out() -> None:
    assert list(brief_changes({"a": 1}, {"a": 2}, fields=[])) == []


def test_a_file_is_shown_by_its_path_and_hash() -> None:
    before = {"logo": {"path": "logo.svg", "content": "aGk="}}
    after = {"logo": {"path": "logo.svg", "content": "aGkh"}}
    ((place, old, new),) = differing(before, after)
    assert place == "part.logo"
    assert old != new
    assert str(new).startswith("logo.svg (")
