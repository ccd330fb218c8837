from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, UniqueConstraint, create_engine, inspect, text
from sqlalchemy.schema import CheckConstraint
from sqlmodel import SQLModel

import launch_kits
from launch_kits.database.store import HEAD, Store
from launch_kits.errors import DatabaseBehind, DatabaseError
from tests import workers as crew
from tests.workers import COUNT, Workers

Open = Callable[[str], Store]

FOLDER = Path(launch_kits.__file__).parent / "database/migrations"
TABLES = SQLModel.metadata.sorted_tables


def config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def plain(sql: object) -> str:
    """SQL as both databases may write it back: without casts, quotes, spaces and brackets."""
    written = str(sql).replace("= ANY (ARRAY[", "IN (").replace("])", ")")
    return re.sub(r'::[a-z]+( varying)?(\[\])?|["\s()]', "", written).lower()


def shape(connection: Connection, table: str) -> dict[str, Any]:
    """A table as the database describes it."""
    found = inspect(connection)
    return {
        "columns": {
            column["name"]: (str(column["type"]).split("(")[0], column["nullable"])
            for column in found.get_columns(table)
        },
        "key": found.get_pk_constraint(table)["constrained_columns"],
        "checks": {
            str(check["name"]): plain(check["sqltext"])
            for check in found.get_check_constraints(table)
        },
        "uniques": {
            str(each["name"]): each["column_names"]
            for each in found.get_unique_constraints(table)
        },
        "foreign": sorted(
            (
                each["constrained_columns"],
                each["referred_table"],
                each["referred_columns"],
                each["options"],
            )
            for each in found.get_foreign_keys(table)
        ),
        "indexes": {
            str(each["name"]): (
                each["column_names"],
                bool(each["unique"]),
                plain(
                    next(
                        (
                            value
                            for key, value in each.get("dialect_options", {}).items()
                            if key.endswith("where")
                        ),
                        "",
                    )
                ),
            )
            for each in found.get_indexes(table)
        },
    }


def test_a_migrated_database_is_the_declared_one(store: Store, empty_url: str) -> None:
    declared = create_engine(empty_url)
    SQLModel.metadata.create_all(declared)
    with store.read() as session, declared.connect() as connection:
        for table in TABLES:
            assert shape(session.connection(), table.name) == shape(
                connection, table.name
            )
        names = set(inspect(session.connection()).get_table_names())
        assert names == {table.name for table in TABLES} | {"alembic_version"}
    declared.dispose()


def test_every_declared_rule_is_in_the_migrated_database(store: Store) -> None:
    with store.read() as session:
        for table in TABLES:
            found = shape(session.connection(), table.name)
            checks = {
                str(each.name)
                for each in table.constraints
                if isinstance(each, CheckConstraint)
            }
            uniques = {
                str(each.name)
                for each in table.constraints
                if isinstance(each, UniqueConstraint)
            }
            assert checks == set(found["checks"])
            assert uniques == set(found["uniques"])
            assert {str(index.name) for index in table.indexes} <= set(found["indexes"])


def test_autogenerate_finds_nothing_to_migrate(store: Store) -> None:
    with store.read() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_type": True}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]


def test_the_migrations_are_one_line() -> None:
    revisions = list(ScriptDirectory.from_config(config()).walk_revisions())
    assert [each.down_revision for each in revisions] == [
        *(each.revision for each in revisions[1:]),
        None,
    ]


def test_a_migrated_database_says_so(store: Store) -> None:
    assert store.revision() == HEAD
    assert store.upgrade() == HEAD


def test_an_empty_database_has_no_revision(empty_url: str, open_store: Open) -> None:
    assert open_store(empty_url).revision() is None


def test_upgrade_says_where_it_came_from(empty_url: str, open_store: Open) -> None:
    store = open_store(empty_url)
    assert store.upgrade() is None
    assert store.upgrade() == HEAD


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_sqlite_migrates_on_first_use(empty_url: str, open_store: Open) -> None:
    with open_store(empty_url).read() as session:
        assert set(inspect(session.connection()).get_table_names()) >= {
            table.name for table in TABLES
        }


def test_sqlite_makes_the_folder_it_lies_in(tmp_path: Path, open_store: Open) -> None:
    with open_store(
        f"sqlite:///{tmp_path / 'a' / 'b' / 'falcon.db'}"
    ).write() as session:
        assert inspect(session.connection()).has_table("launch")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_several_processes_may_use_a_new_sqlite_first(
    empty_url: str, workers: Workers
) -> None:
    assert workers(crew.first_use, empty_url) == [HEAD] * COUNT


def test_of_several_upgrading_at_once_one_migrates(
    empty_url: str, workers: Workers
) -> None:
    befores = workers(crew.upgrade, empty_url)
    assert sorted(befores, key=str) == [HEAD] * (COUNT - 1) + [None]


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("how", ["read", "write"])
def test_postgresql_behind_asks_for_the_upgrade(
    empty_url: str, open_store: Open, how: str
) -> None:
    with (
        pytest.raises(DatabaseBehind, match=r"is empty.*run `launch-kits db upgrade`"),
        getattr(open_store(empty_url), how)(),
    ):
        pass
    with pytest.raises(DatabaseBehind):
        crew.start(open_store(empty_url), 0)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_postgresql_behind_can_be_used_once_it_is_upgraded(
    empty_url: str, open_store: Open
) -> None:
    store = open_store(empty_url)
    store.upgrade()
    with store.read() as session:
        assert session.exec(text("SELECT count(*) FROM launch")).scalar_one() == 0


def test_a_database_of_a_later_version_is_left_alone(
    store: Store, database_url: str, open_store: Open
) -> None:
    with store.write() as session:
        session.exec(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        later = open_store(database_url)
        with pytest.raises(DatabaseError, match=r"9999.*newer"), later.read():
            pass
        with pytest.raises(DatabaseError, match=r"9999.*newer"):
            later.upgrade()
    finally:
        with store.write() as session:
            session.exec(text(f"UPDATE alembic_version SET version_num = '{HEAD}'"))


def test_a_downgrade_leaves_nothing_behind(empty_url: str, open_store: Open) -> None:
    store = open_store(empty_url)
    store.upgrade()
    with store._writer.begin() as connection:
        command.downgrade(config(connection), "base")
    with store._reader.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    assert open_store(empty_url).upgrade() is None
