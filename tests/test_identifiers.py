from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.inputs.base import FileName, Key, Name, Slug, TaskKey
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.patterns import LONGEST_KEY, LONGEST_NAME, LONGEST_SLUG
from launch_kits.verbs import NewTask, add
from launch_kits.views.launch import list_launches
from tests.launches import NOW, SLUG, brief_with, dump, launch

OPTIONS = ("-", "--", "-x", "--help", "--help=1")


@pytest.mark.parametrize("kind", [Slug, Key, TaskKey, Name, FileName])
@pytest.mark.parametrize(
    "written",
    [*OPTIONS, "", "..", "../x", "a/b", "a b", "a\nb", "a\n", "\x00", "a\u202eb"],
)
def test_no_identifier_is_an_option_or_a_path(kind, written):
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(written)


@pytest.mark.parametrize(
    ("kind", "longest"),
    [
        (Slug, LONGEST_SLUG),
        (Key, LONGEST_KEY),
        (TaskKey, LONGEST_NAME),
        (Name, LONGEST_NAME),
        (FileName, LONGEST_NAME),
    ],
)
def test_every_identifier_is_bounded(kind, longest):
    adapter = TypeAdapter(kind)
    assert adapter.validate_python("a" * longest)
    with pytest.raises(ValidationError, match=f"at most {longest} characters"):
        adapter.validate_python("a" * (longest + 1))


@pytest.mark.parametrize("key", [*OPTIONS, "a" * (LONGEST_NAME + 1)])
def test_a_task_put_in_by_hand_is_not_called_so_either(falcon: Store, key):
    before = dump(falcon)
    with pytest.raises(Refused, match="give a --key"):
        add(falcon, SLUG, NewTask(title="x", key=key), now=NOW)
    assert dump(falcon) == before


def test_a_title_of_any_length_makes_a_key(falcon: Store):
    add(falcon, SLUG, NewTask(title="Word " * 100), now=NOW, accept_late=True)


def test_a_launch_that_was_called_so_before_goes_on(falcon: Store):
    written = {
        **brief_with().model_dump(mode="json", by_alias=True),
        "launch": "--help",
    }
    with pytest.raises(ValidationError):
        Brief.model_validate(written)
    assert Brief.kept(written).launch == "--help"
    there = launch(falcon)
    with falcon.write() as session:
        days = {
            name: getattr(there, name)
            for name in (
                "begin_on",
                "release_on",
                "launch_on",
                "baseline_release_on",
                "baseline_launch_on",
                "planned_at",
                "opened_at",
            )
        }
        session.add(
            Launch(
                slug="--help", product="Old", kit="small", tier=1, brief=written, **days
            )
        )
    with falcon.read() as session:
        views = list_launches(session, now=NOW, documents=Path())
    assert {view.slug for view in views} == {SLUG, "--help"}
