"""A database of migration 0003, with launches that went on under the code of that time.

`fixtures/database_0003.sql` holds them: one at work with every kind of notice pending, one
cancelled, one late. `fixtures/told_0003.txt` holds the messages of 10 February 2027 about them, in
the words of today.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection
from sqlmodel import col, select

from launch_kits.database.records import (
    Event,
    Notice,
    NoticeKind,
    NoticeStatus,
    TaskStatus,
)
from launch_kits.database.store import HEAD, Store
from launch_kits.errors import NotYours, Refused
from launch_kits.settings import Settings
from launch_kits.verbs import (
    advance,
    answer_extension,
    approve,
    begin,
    cancel,
    done,
    unblock,
)
from launch_kits.worker.delivery import deliver
from tests.launches import (
    LEAD,
    LEGAL,
    SLUG,
    STRANGER,
    at,
    events,
    extensions,
    launch,
    status,
    task,
)

FIXTURES = Path(__file__).with_name("fixtures")
DUMP = (FIXTURES / "database_0003.sql").read_text(encoding="utf-8")
NOW = at("02-10")


Rows = list[dict[str, object]]


def rows(path: Path) -> dict[str, Rows]:
    """Every row of every table but Alembic's."""
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = {
        name: [
            dict(row)
            for row in database.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2')
        ]
        for (name,) in names.fetchall()
        if name != "alembic_version"
    }
    database.close()
    return found


def as_before(now: Rows, before: Rows) -> Rows:
    """The rows of a table with only the columns that it had before."""
    names = before[0].keys() if before else ()
    return [{name: row[name] for name in names} for row in now]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "launch-kits.db"
    database = sqlite3.connect(path)
    database.executescript(DUMP)
    database.close()
    return path


@pytest.fixture
def earlier(path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "home")})


def test_the_fixture_holds_every_kind_of_pending_notice_and_stored_sentences(
    path: Path,
) -> None:
    database = sqlite3.connect(path)
    pending = "SELECT DISTINCT kind FROM notice WHERE status = 'pending'"
    later = {NoticeKind.QUESTION, NoticeKind.ANSWER}
    assert {kind for (kind,) in database.execute(pending)} == set(NoticeKind) - later
    texts = "SELECT count(*) FROM notice WHERE json_extract(facts, '$.text') <> ''"
    assert database.execute(texts).fetchone() == (3,)
    version = database.execute("SELECT version_num FROM alembic_version").fetchone()
    assert version == ("0003",)
    database.close()


def test_the_migration_changes_no_row(path: Path, earlier: Store) -> None:
    before = rows(path)
    assert earlier.upgrade() == "0003"
    assert earlier.revision() == HEAD
    earlier.close()
    after = rows(path)
    # its checks go by their keys from 0007 on
    (checked,) = before.pop("gate_check")
    assert checked.pop("number") == 1
    assert after["gate_check"] == [{**checked, "check_key": "everybody-tells-it"}]
    for table, there in before.items():
        assert as_before(after[table], there) == there
    assert set(after) - set(before) == {
        "card_canvas",
        "card_use",
        "compared",
        "day_change",
        "document_version",
        "gate_check",
        "last_sweep",
        "kept_tasks",
        "launch_canvas",
        "link_read",
        "overview",
        "page_file",
        "question",
        "room_link",
        "room_session",
        "slack_token",
        "slack_user",
        "slack_workspace",
        "undoable",
    }


def test_a_launch_that_runs_gets_its_baseline_from_the_migration(
    path: Path, earlier: Store
) -> None:
    before = {row["key"]: row for row in rows(path)["task"] if row["launch"] == SLUG}
    began = datetime.now(UTC)
    earlier.upgrade()
    there = launch(earlier)
    assert there.baseline_launch_on == there.launch_on
    assert there.baseline_release_on == there.release_on
    moves = [event.at for event in events(earlier) if event.verb == "move"]
    assert there.planned_at == moves[-1]
    for key, row in before.items():
        now = task(earlier, key)
        assert now.baseline_due == now.due
        assert (now.baseline_owner, now.baseline_days) == (row["owner"], row["days"])
        assert (now.planned_start, now.planned_finish) == (now.start, now.finish)
        assert now.baseline_at is not None
        assert now.baseline_at >= began
        assert (now.handed_out_at is None) == (now.status == TaskStatus.WAITING)


def test_pending_notices_tell_what_they_would_have_told(
    earlier: Store, settings: Settings
) -> None:
    lines: list[str] = []
    delivered = deliver(earlier, settings=settings, now=NOW, write=lines.append)
    assert delivered.problems == ()
    told = (FIXTURES / "told_0003.txt").read_text(encoding="utf-8")
    assert lines == told.splitlines()
    with earlier.read() as session:
        left = select(Notice.key).where(Notice.status == NoticeStatus.PENDING)
        assert session.exec(left).all() == []


def test_a_launch_started_before_goes_on_to_its_end(earlier: Store) -> None:
    with pytest.raises(NotYours):
        begin(earlier, SLUG, "legal_review", by=STRANGER, now=NOW)
    assert unblock(earlier, SLUG, "research", now=NOW).changed
    assert approve(earlier, SLUG, "battlecard:kite", by=LEGAL, now=NOW).changed
    assert status(earlier, "battlecard:kite") == TaskStatus.DONE
    for key in ("research", "legal_review", "battlecard:osprey"):
        assert done(earlier, SLUG, key, now=NOW).changed
    approve(earlier, SLUG, "battlecard:osprey", now=NOW)
    later = at("02-16")
    advance(earlier, SLUG, now=later)
    for key in ("training", "go_live"):
        assert done(earlier, SLUG, key, now=later).changed
    over = at("02-19")
    advance(earlier, SLUG, now=over)
    said = done(earlier, SLUG, "retro", now=over).message
    assert said == "retro is done; Falcon 2 is complete"
    with earlier.read() as session:
        events = select(Event.verb).where(Event.launch == SLUG).order_by(col(Event.id))
        assert session.exec(events).all()[-2:] == ["done", "finished"]


def test_the_move_of_then_let_the_request_for_more_time_lapse(earlier: Store) -> None:
    assert [each.status for each in extensions(earlier)] == ["lapsed"]
    request = extensions(earlier)[0]
    answered = answer_extension(
        earlier,
        SLUG,
        "legal_review",
        until=request.until,
        granted=True,
        by=LEAD,
        now=NOW,
    )
    assert not answered.changed
    assert task(earlier, "legal_review").status == TaskStatus.READY


def test_a_launch_cancelled_before_stays_cancelled(earlier: Store) -> None:
    assert not cancel(earlier, "kestrel-1", now=NOW).changed
    with pytest.raises(Refused, match="is cancelled; nothing can be changed in it"):
        done(earlier, "kestrel-1", "positioning", now=NOW)


def test_a_table_made_anew_keeps_the_rows_that_point_at_it(
    path: Path, earlier: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(path)
    assert len(before["link"]) > 0
    assert len(before["extension"]) > 0

    def make_anew(connection: Connection) -> None:
        operations = Operations(MigrationContext.configure(connection))
        for table in ("task", "launch"):
            with operations.batch_alter_table(table, recreate="always") as batch:
                batch.create_check_constraint("made_anew", "1 = 1")

    monkeypatch.setattr("launch_kits.database.store._migrate", make_anew)
    earlier.upgrade()
    assert rows(path) == before
    with earlier.read() as session:
        enforced = session.connection().exec_driver_sql("PRAGMA foreign_keys")
        assert enforced.scalar() == 1
