"""A launch written into a database by hand, and a stand-in for Slack to deliver it to."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from launch_kits import outbox
from launch_kits.database.records import (
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings
from launch_kits.slack.api import transport
from launch_kits.slack.outbound import client
from launch_kits.worker.delivery import Delivered, deliver
from tests.desk import OTHER, SELLER, SUPPORT, with_desk
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    OPS,
    PMM,
    SALES,
    STRANGER,
    brief_with,
    opened,
)
from tests.slack.office import Office, office
from tests.slack.stand_in import TOKEN, StandIn
from tests.verbs.test_gates import GATES

#: Monday 1 February 2027, 10:00 in New York, where everyone is
NOW = datetime(2027, 2, 1, 15, tzinfo=UTC)
PEOPLE = {
    "lead": "lead@example.com",
    "pmm": "pmm@example.com",
    "legal": "legal@example.com",
}


#: the public address of the launch room
ROOM = "https://launches.example.com"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})


@pytest.fixture(scope="session")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a launch in it, made once and copied for each test."""
    path = tmp_path_factory.mktemp("launched") / "launch-kits.db"
    store = Store(f"sqlite:///{path}")
    with store.write() as session:
        session.add(launch())
        session.flush()
        for position, (key, owner, status) in enumerate(
            [
                ("positioning", "pmm", "done"),
                ("battlecard:redis", "pmm", "ready"),
                ("legal_review", "legal", "ready"),
            ]
        ):
            session.add(
                task(key, owner=PEOPLE[owner], status=status, position=position)
            )
    store.close()
    return path


@pytest.fixture
def store(settings: Settings, launched: Path) -> Iterator[Store]:
    shutil.copy(launched, settings.home)
    store = Store(settings.database_url)
    yield store
    store.close()


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setattr(transport, "PACE", 0)
    client.connect.cache_clear()
    with StandIn(PEOPLE["lead"], PEOPLE["pmm"]) as slack:
        yield slack


@pytest.fixture
def slack_settings(settings: Settings, slack: StandIn) -> Settings:
    return dataclasses.replace(
        settings, slack_bot_token=TOKEN, slack_base_url=slack.url
    )


@pytest.fixture
def send(store: Store, slack_settings: Settings) -> Callable[[datetime], Delivered]:
    """Deliver to the stand-in at an instant."""
    return lambda now: deliver(store, settings=slack_settings, now=now)


@pytest.fixture
def file(store: Store) -> Callable[..., str]:
    """File a notice, by default the task's own to its owner; gives its key."""

    def file(
        kind: str = "task",
        task: str | None = "battlecard:redis",
        to: str = PEOPLE["pmm"],
        **facts: object,
    ) -> str:
        with store.write() as session:
            number = outbox.occasions(session, NoticeKind(kind), "valkey-9", task) + 1
            return outbox.enqueue(
                session,
                kind=NoticeKind(kind),
                launch="valkey-9",
                task=task,
                to=to,
                occasion=str(number),
                now=NOW,
                send_after=NOW,
                facts=facts,
            ).key

    return file


@pytest.fixture
def read(store: Store) -> Callable[[str], Notice]:
    def read(key: str) -> Notice:
        with store.read() as session:
            notice = session.get(Notice, key)
            assert notice is not None
            return notice

    return read


def launch() -> Launch:
    team = {
        role: {"name": role.capitalize(), "email": email}
        for role, email in PEOPLE.items()
    }
    brief = {
        "launch": "valkey-9",
        "product": "Valkey 9.0",
        "kit": {
            "kit": "major_release",
            "title": "Major release",
            "stages": [{"key": "sales", "title": "Sales"}],
        },
        "launch_on": "2027-03-02",
        "timezone": "America/New_York",
        "team": team,
    }
    return Launch(
        slug="valkey-9",
        product="Valkey 9.0",
        kit="major_release",
        tier=1,
        status=LaunchStatus.RUNNING,
        brief=brief,
        begin_on=date(2027, 1, 11),
        release_on=date(2027, 2, 16),
        launch_on=date(2027, 3, 2),
        baseline_release_on=date(2027, 2, 16),
        baseline_launch_on=date(2027, 3, 2),
        planned_at=NOW,
        opened_at=NOW,
    )


def task(key: str, *, owner: str, status: str, position: int) -> Task:
    return Task(
        launch="valkey-9",
        key=key,
        position=position,
        stage="sales_readiness",
        stage_title="Sales readiness",
        title=key.replace("_", " ").replace(":", ": ").capitalize(),
        role="pmm",
        owner=owner,
        days=3,
        anchor="launch",
        start=date(2027, 1, 28),
        finish=date(2027, 2, 1),
        start_by=date(2027, 2, 2),
        due=date(2027, 2, 4),
        planned_due=date(2027, 2, 4),
        critical=False,
        share=1,
        planned_start=date(2027, 1, 28),
        planned_finish=date(2027, 2, 1),
        baseline_owner=owner,
        baseline_days=3,
        baseline_start=date(2027, 1, 28),
        baseline_finish=date(2027, 2, 1),
        baseline_due=date(2027, 2, 4),
        audience="internal",
        checklist=["Every claim has a source"],
        status=status,
        done_at=NOW if status == TaskStatus.DONE else None,
        ready_at=NOW,
        handed_out_at=None if status == TaskStatus.WAITING else NOW,
    )


@pytest.fixture
def falcon_office(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """The small launch on its first day, and the app.

    Its people and a stranger are in Slack.
    """
    monkeypatch.setattr(transport, "PACE", 0)
    shutil.copy(sqlite_template, tmp_path / "launch-kits.db")
    yield from opened_office(tmp_path, brief_with())


@pytest.fixture
def gate_office(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """The same with a gate at each stage; going live is a go or no-go."""
    monkeypatch.setattr(transport, "PACE", 0)
    shutil.copy(sqlite_template, tmp_path / "launch-kits.db")
    kit = deepcopy(KIT)
    for stage in kit["stages"]:
        stage["gate"] = deepcopy(GATES[stage["key"]])
    kit["stages"][2]["gate"]["after_launch"] = True
    kit["stages"][2]["tasks"][0]["decides"] = "launch"
    yield from opened_office(tmp_path, brief_with(kit=kit))


@pytest.fixture
def room_office(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """The small launch on its first day, with a launch room that has an address."""
    monkeypatch.setattr(transport, "PACE", 0)
    shutil.copy(sqlite_template, tmp_path / "launch-kits.db")
    yield from opened_office(tmp_path, brief_with(), LAUNCH_KITS_URL=ROOM)


@pytest.fixture
def object_office(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """The same, in a workspace whose app has Work Objects."""
    monkeypatch.setattr(transport, "PACE", 0)
    shutil.copy(sqlite_template, tmp_path / "launch-kits.db")
    settings = {"LAUNCH_KITS_URL": ROOM, "SLACK_WORK_OBJECTS": "on"}
    for here in opened_office(tmp_path, brief_with(), **settings):
        here.slack.has_objects = True
        yield here


def opened_office(home: Path, brief: Brief, **settings: str) -> Iterator[Office]:
    store = Store(f"sqlite:///{home / 'launch-kits.db'}")
    opened(store, brief)
    people = (LEAD, PMM, LEGAL, SALES, OPS, STRANGER)
    with office(home, store, *people, **settings) as here:
        here.deliver()
        yield here
    store.close()


@pytest.fixture
def empty_store(tmp_path: Path, sqlite_template: Path) -> Iterator[Store]:
    """A migrated database without a launch."""
    shutil.copy(sqlite_template, tmp_path / "launch-kits.db")
    (tmp_path / "launch-kits.db").chmod(0o600)
    store = Store(f"sqlite:///{tmp_path / 'launch-kits.db'}")
    yield store
    store.close()


@pytest.fixture
def desk_office(
    tmp_path: Path, empty_store: Store, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """The launch whose sellers ask, on its first day, with its people and two sellers."""
    monkeypatch.setattr(transport, "PACE", 0)
    with_desk(empty_store)
    people = (LEAD, PMM, SUPPORT, SELLER, OTHER)
    with office(tmp_path, empty_store, *people) as here:
        yield here
