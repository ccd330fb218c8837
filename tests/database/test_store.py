from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import InvalidRequestError
from sqlmodel import col, select

from launch_kits.database import store as module
from launch_kits.database.queries import (
    dependencies_of,
    find_launch,
    find_task,
    notices_of,
    tasks_of,
)
from launch_kits.database.records import Event, Task
from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError, NotFound, SettingsError
from tests import workers as crew
from tests.launches import KEYS, NOW, SLUG, brief_with, dump, opened, task
from tests.workers import Workers

Open = Callable[[str], Store]


def test_what_a_write_leaves_is_read_afterwards(falcon: Store) -> None:
    with falcon.write() as session:
        find_launch(session, SLUG, lock=True).product = "Falcon 2.1"
    with falcon.read() as session:
        assert find_launch(session, SLUG).product == "Falcon 2.1"


def test_an_error_takes_the_whole_write_back(falcon: Store) -> None:
    def break_off() -> None:
        with falcon.write() as session:
            find_launch(session, SLUG, lock=True).product = "Falcon 2.1"
            session.add(Event(launch=SLUG, at=NOW, by="lead@example.com", verb="start"))
            session.flush()
            raise ZeroDivisionError

    before = dump(falcon)
    with pytest.raises(ZeroDivisionError):
        break_off()
    assert dump(falcon) == before


def test_what_is_changed_in_a_read_is_lost(falcon: Store) -> None:
    before = dump(falcon)
    with falcon.read() as session:
        find_launch(session, SLUG).product = "Falcon 2.1"
    assert dump(falcon) == before


def test_a_read_sees_one_state_while_others_write(
    falcon: Store, database_url: str, open_store: Open
) -> None:
    other = open_store(database_url)
    with falcon.read() as session:
        before = find_launch(session, SLUG).product
        with other.write() as writing:
            find_launch(writing, SLUG, lock=True).product = "Falcon 2.1"
        session.expire_all()
        assert find_launch(session, SLUG).product == before


def test_a_value_read_outlives_its_session(falcon: Store) -> None:
    with falcon.read() as session:
        launch = find_launch(session, SLUG)
    assert launch.brief["product"] == "Falcon 2"


def test_what_an_unknown_launch_was_meant_to_be_is_suggested(falcon: Store) -> None:
    with (
        falcon.read() as session,
        pytest.raises(NotFound, match='no launch "falcon-3"; did you mean "falcon-2"'),
    ):
        find_launch(session, "falcon-3")


def test_without_a_near_name_the_launches_can_be_listed(falcon: Store) -> None:
    with falcon.read() as session, pytest.raises(NotFound, match="launch-kits status"):
        find_launch(session, "zzz")


def test_an_empty_database_says_that_nothing_was_started(store: Store) -> None:
    with store.read() as session, pytest.raises(NotFound, match="none was started yet"):
        find_launch(session, SLUG)


def test_what_an_unknown_task_was_meant_to_be_is_suggested(falcon: Store) -> None:
    with (
        falcon.read() as session,
        pytest.raises(NotFound, match='did you mean "positioning"'),
    ):
        find_task(session, SLUG, "positionnig")


def test_a_task_is_found_in_its_own_launch_only(falcon: Store) -> None:
    opened(falcon, brief_with(launch="kestrel"))
    with falcon.read() as session:
        assert find_task(session, "kestrel", "research").launch == "kestrel"
        assert len(tasks_of(session, SLUG)) == len(KEYS)
        ids = {each.id for each in tasks_of(session, SLUG)}
        assert {link.task for link in dependencies_of(session, SLUG)} <= ids
        assert {link.after for link in dependencies_of(session, SLUG)} <= ids
        assert {notice.launch for notice in notices_of(session, SLUG)} == {SLUG}


def test_tasks_are_in_the_order_of_the_kit(falcon: Store) -> None:
    with falcon.read() as session:
        assert tuple(each.key for each in tasks_of(session, SLUG)) == KEYS


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("falcon", "is not a database URL"),
        (
            "mysql://root@localhost/falcon",
            "names mysql; SQLite and PostgreSQL are supported",
        ),
        (
            "postgres://ann@localhost/falcon",
            "names postgres; write postgresql\\+psycopg:// in place of postgres://",
        ),
    ],
)
def test_an_unusable_url_is_named(url: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Store(url)


def test_a_database_without_a_server_is_named_without_its_password(
    open_store: Open,
) -> None:
    store = open_store("postgresql://falcon:secret@127.0.0.1:9/falcon")
    with (
        pytest.raises(DatabaseError, match="LAUNCH_KITS_DATABASE_URL") as caught,
        store.read(),
    ):
        pass
    assert "secret" not in str(caught.value)


def test_a_file_that_is_not_a_database_is_named(
    tmp_path: Path, open_store: Open
) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, this is no database. " * 99, encoding="utf-8")
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match="not a database"), store.read():
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="a part of its path is a file"):
        Store(f"sqlite:///{tmp_path / 'file' / 'falcon.db'}")


def test_a_database_that_another_process_holds_is_named(
    sqlite_template: Path,
    tmp_path: Path,
    open_store: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0)
    path = tmp_path / "held.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{path}")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with (
        pytest.raises(DatabaseError, match="close the other process"),
        store.write() as session,
    ):
        session.connection()
    holder.close()


def test_readers_are_not_held_up_by_a_writer(
    falcon: Store, database_url: str, open_store: Open
) -> None:
    reader = open_store(database_url)
    with falcon.write() as session:
        find_launch(session, SLUG, lock=True).product = "Falcon 2.1"
        session.flush()
        with reader.read() as reading:  # held up, it would wait for ever
            assert find_launch(reading, SLUG).product == "Falcon 2"


def test_of_several_finishing_one_task_at_once_exactly_one_does(
    falcon: Store, database_url: str, workers: Workers
) -> None:
    assert sorted(workers(crew.act, database_url, "done", SLUG, "research")) == [
        False,
        False,
        False,
        True,
    ]
    assert task(falcon, "research").status == "done"
    with falcon.read() as session:
        done = session.exec(
            select(Event).where(Event.verb == "done", col(Event.task) == "research")
        ).all()
    assert len(done) == 1


def test_no_change_is_lost_where_several_write_at_once(
    falcon: Store, database_url: str, workers: Workers
) -> None:
    with falcon.read() as session:
        before = find_launch(session, SLUG).revision
    assert all(workers(crew.remark, database_url, SLUG, "research", 5))
    with falcon.read() as session:
        notes = session.exec(select(Event.note).where(Event.verb == "note")).all()
        assert find_launch(session, SLUG).revision == before + 5 * crew.COUNT
    assert sorted(str(note) for note in notes) == sorted(
        f"{n}.{t}" for n in range(crew.COUNT) for t in range(5)
    )


def test_the_foreign_keys_of_sqlite_are_watched(
    sqlite_template: Path, tmp_path: Path, open_store: Open
) -> None:
    path = tmp_path / "falcon.db"
    path.write_bytes(sqlite_template.read_bytes())
    with open_store(f"sqlite:///{path}").read() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_task_is_read_as_it_was_planned(falcon: Store) -> None:
    with falcon.read() as session:
        found = session.exec(select(Task).where(Task.key == "battlecard:kite")).one()
    assert (found.each, found.item, found.approver) == (
        "competitors",
        "kite",
        "legal@example.com",
    )


def test_work_can_enter_something_around_each_of_its_transactions(
    falcon: Store,
) -> None:
    order: list[str] = []

    @contextmanager
    def around() -> Iterator[None]:
        order.append("in")
        yield
        order.append("out")

    mine = falcon.within(around)
    with mine.write() as session:
        find_launch(session, SLUG).product = "Falcon 3"
        order.append("write")
    with mine.read() as session:
        assert find_launch(session, SLUG).product == "Falcon 3"
    assert order == ["in", "write", "out", "in", "out"]
    with falcon.read() as session:
        assert find_launch(session, SLUG).product == "Falcon 3"
    assert len(order) == len(["in", "write", "out", "in", "out"])


@pytest.mark.parametrize("way", ["read", "write", "trial"])
def test_a_session_is_refused_after_its_transaction(falcon: Store, way: str) -> None:
    with getattr(falcon, way)() as session:
        kept = session
    with pytest.raises(InvalidRequestError, match="permanently closed"):
        kept.exec(select(Task)).all()
    assert not kept.in_transaction()
