from __future__ import annotations

import pytest

from launch_kits.database.queries import (
    dependencies_of,
    find_launch,
    find_task,
    insert_new,
    notices_of,
    revision_of,
    tasks_of,
)
from launch_kits.database.records import Answered
from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.verbs import begin
from tests.launches import KEYS, NOW, SLUG


def test_a_launch_and_its_tasks_are_found_in_order(falcon: Store) -> None:
    with falcon.read() as session:
        assert find_launch(session, SLUG).product == "Falcon 2"
        assert [task.key for task in tasks_of(session, SLUG)] == list(KEYS)
        assert tasks_of(session, "kestrel") == []


def test_unknown_names_are_answered_with_a_suggestion(falcon: Store) -> None:
    with falcon.read() as session:
        with pytest.raises(NotFound, match='no launch "falcon2"; did you mean'):
            find_launch(session, "falcon2")
        with pytest.raises(NotFound, match='no task "reserch"; did you mean'):
            find_task(session, SLUG, "reserch")


def test_an_empty_database_says_that_nothing_was_started(store: Store) -> None:
    with (
        store.read() as session,
        pytest.raises(NotFound, match="none was started yet"),
    ):
        find_launch(session, SLUG)


def test_dependencies_name_tasks_of_the_launch(falcon: Store) -> None:
    with falcon.read() as session:
        keys = {task.id: task.key for task in tasks_of(session, SLUG)}
        found = {
            (keys[d.task], keys[d.after], d.lag) for d in dependencies_of(session, SLUG)
        }
    assert found == {
        ("battlecard:osprey", "positioning", 0),
        ("battlecard:kite", "positioning", 0),
        ("legal_review", "positioning", 0),
        ("training", "battlecard:osprey", 0),
        ("training", "battlecard:kite", 0),
        ("training", "legal_review", 2),
        ("go_live", "training", 0),
        ("retro", "go_live", 0),
    }


def test_the_revision_grows_with_every_change(falcon: Store) -> None:
    with falcon.read() as session:
        before = revision_of(session, SLUG)
        assert before == find_launch(session, SLUG).revision
        assert revision_of(session, "kestrel") is None
    begin(falcon, SLUG, "positioning", now=NOW)
    with falcon.read() as session:
        assert revision_of(session, SLUG) == before + 1


def test_notices_of_a_task_are_among_those_of_its_launch(falcon: Store) -> None:
    with falcon.read() as session:
        everything = [notice.key for notice in notices_of(session, SLUG)]
        some = [each.key for each in notices_of(session, SLUG, task="research")]
    assert some
    assert set(some) < set(everything)


def test_an_insert_passes_over_rows_that_are_there(store: Store) -> None:
    with store.write() as session:
        for key in ("a", "b", "a"):
            session.connection().execute(
                insert_new(session, Answered), [{"key": key, "at": NOW}]
            )
    with store.read() as session:
        assert {key for key in "abc" if session.get(Answered, key)} == {"a", "b"}
