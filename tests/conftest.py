"""Fixtures of many tests: a database of either kind, and a small launch."""

from __future__ import annotations

import gc
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from _pytest.fixtures import FuncFixtureInfo
from hypothesis import HealthCheck, settings
from sqlalchemy import text
from sqlmodel import delete

from launch_kits.database.records import (
    Answered,
    DigestDue,
    LastSweep,
    Launch,
    Lease,
    RateLimit,
    RoomSession,
    SlackUser,
)
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.slack.inbound import form_arrival
from tests import remembered
from tests.counted import COUNTS, Count, counts_of
from tests.counting import collects, import_package, paused
from tests.launches import NOW, brief_with, opened
from tests.leftovers import Leftovers
from tests.postgres import Postgres, started
from tests.workers import Workers

# The time of an example means nothing on a machine that does other work too. In continuous
# integration Hypothesis's own profile repeats the same examples.
settings.register_profile(
    "launch-kits",
    settings.get_profile("ci" if os.environ.get("CI") else "default"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("launch-kits")

# Slack's patience is measured by tests of its own; on a machine loaded tenfold a form takes longer
form_arrival.LATEST = 600.0


TESTS = Path(__file__).parent
#: tests of which no run is counted: they repeat the lines of other tests many times, read the
#: project's files, or run in processes of their own
UNCOUNTED = (
    "documents/formats/test_limits.py",
    "flows/",
    "fuzz/",
    "inputs/test_schemas.py",
    "plan/test_levelling_oracles.py",
    "plan/test_oracles.py",
    "room/test_browser.py",
    "slack/test_living_messages.py",
    "slack/test_month.py",
    "slack/test_quarter.py",
    "slack/test_quarter_in_slack.py",
    "slack/test_rounds.py",
    "test_english.py",
    "test_file_reading.py",
    "test_identifiers.py",
    "test_layout.py",
    "test_names.py",
    "test_regexes.py",
    "verbs/test_handout_histories.py",
    "verbs/test_kill.py",
    "verbs/test_owed_histories.py",
    "verbs/test_planned_dates.py",
    "verbs/test_slip_sums.py",
    "verbs/test_state_machine.py",
)
#: tests that are counted with the first of their parameters only; all others are counted with each
COUNTED_ONCE = (
    "cli/",
    "documents/formats/",
    "documents/test_collateral_templates.py",
    "documents/test_dependencies.py",
    "documents/test_gaps.py",
    "documents/test_leaks.py",
    "documents/test_allow_list.py",
    "documents/test_templates.py",
    "kits/",
    "slack/",
    "test_three_doors.py",
    "verbs/",
    "views/notices/test_channel.py",
    "views/test_exports.py",
    "views/test_running_plan.py",
)
#: tests that take longest, most of it in one fixture or in processes of their own
LONG = (
    "flows/",
    "slack/test_living_messages.py",
    "slack/test_month.py",
    "slack/test_quarter.py",
    "slack/test_rounds.py",
    "verbs/test_slip_sums.py",
    "verbs/test_state_machine.py",
)
#: what pytest-xdist adds to the name of a test; an @ in a parameter stands before a bracket
GROUP = re.compile(r"@[^\]@]*$")
#: tests that install an audit hook
HOOKED = "fuzz/"
#: letters of a value in the name of a test
LONGEST_ID = 80
#: fixtures for a whole run that cost more than the tests that use them
DEAR = ("prepared", "workers")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Keep nothing of an earlier run in the same process, such as that of another mutant."""
    remembered.forget()
    remembered.share_statements()
    remembered.share_levelling(partial(paused, session.config))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call a long value by its argument: a made file is another one in each worker."""
    is_long = isinstance(val, str | bytes) and len(val) > LONGEST_ID
    return argname if is_long else None


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Count the import of the package, and nothing else until the first test."""
    if not collects(session.config):
        return (yield)
    import_package(session.config)
    with paused(session.config):
        return (yield)


def pytest_collection_finish() -> None:
    """Look for garbage less often, and never among all that was imported until now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Pause the coverage of some tests, and say which tests belong to one worker.

    A fixture for several tests is made once if one worker runs them all. The group is named
    here, since pytest-xdist reads it before the hooks of this file may change the list.
    """
    if not _is_counted(item):
        item.add_marker(pytest.mark.no_cover)
    group = _group(item)
    if group and item.get_closest_marker("xdist_group") is None:
        item.add_marker(pytest.mark.xdist_group(group))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long: at the end one worker would wait for the other.

    Those that watch what is done come last: Python keeps their hook for as long as the process
    lives, and with it no thread may begin to be counted while another does.
    """
    items.sort(key=lambda item: not _path(item).startswith(LONG))
    items.sort(key=lambda item: _path(item).startswith(HOOKED))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name a test without its group.

    pytest-xdist adds the group to the name, and `--last-failed` would find no such test and run
    all of them.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        report.nodeid = GROUP.sub("", report.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests have counted."""
    ended = terminalreporter.getreports("passed") + terminalreporter.getreports(
        "failed"
    )
    counted = [*counts_of(ended)]
    if counted:
        terminalreporter.section("counts")
    for name, lines in counted:
        terminalreporter.write_line(f"{name}\n{lines}\n")


@pytest.fixture
def show_counts(record_property: Callable[[str, object], None]) -> Count:
    """Shows a text at the end of the run."""
    return partial(record_property, COUNTS)


def _path(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).as_posix()


def _group(item: pytest.Item) -> str | None:
    """Name the tests that one worker runs, because they share a fixture; None for all others."""
    found: FuncFixtureInfo | None = getattr(item, "_fixtureinfo", None)
    used = found.name2fixturedefs if found else {}
    dear = [name for name in DEAR if name in used]
    if dear:
        return dear[0]
    for_module = any(made[-1].scope == "module" for made in used.values())
    return _path(item) if for_module else None


def _is_counted(item: pytest.Item) -> bool:
    """Whether a test covers lines that no other test does, as far as its kind tells."""
    path = _path(item)
    if path.startswith(UNCOUNTED):
        return False
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        return False
    chosen = item.callspec.indices if "callspec" in vars(item) else {}
    # the histories of several seeds run through the same lines
    if path.startswith(COUNTED_ONCE) or "seed" in chosen:
        return not any(chosen.values())
    return not chosen.get("kind") or path.startswith("database/")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Pause the coverage while the fixtures of an uncounted test are made, too."""
    if item.get_closest_marker("no_cover") is None:
        return (yield)
    with paused(item.config):
        return (yield)


_leftovers = Leftovers()


@pytest.fixture(autouse=True)
def leaves_nothing_behind() -> Iterator[None]:
    """Fails the test that leaves a thread or a process behind.

    The first of its fixtures, and so the last to end.
    """
    with _leftovers.none_of_a_test():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object],
) -> Generator[None, object, object]:
    """Let a fixture for several tests end the threads and processes that it begins."""
    if fixturedef.scope == "function":
        return (yield)
    with _leftovers.owned():
        return (yield)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL.

    If none can start, its tests are skipped; in continuous integration they fail.
    """
    folder = tempfile.mkdtemp(prefix="launch-kits-")
    try:
        server = started(Path(folder))
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL does not start here: {error}")
    try:
        yield Postgres(server.get_uri())
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from: faster than to migrate each."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    store = Store(f"sqlite:///{path}")
    store.upgrade()
    store.close()
    return path


@pytest.fixture(scope="session")
def sqlite_store(sqlite_template: Path) -> Iterator[Store]:
    """One database for all tests, which empty it.

    An engine of their own for each would cost more than they do.
    """
    store = Store(f"sqlite:///{sqlite_template.with_name('launch-kits.db')}")
    store.upgrade()
    yield store
    store.close()


@pytest.fixture(scope="session")
def postgres_store(postgres: Postgres) -> Iterator[Store]:
    """The same on PostgreSQL."""
    store = Store(postgres.url(postgres.create()))
    store.upgrade()
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test runs against: each in turn."""
    return str(request.param)


#: the tables whose rows do not go with a launch
EMPTIED = (
    *(Launch, DigestDue, Answered, Lease, RateLimit, SlackUser),
    *(LastSweep, RoomSession),
)


#: PostgreSQL numbers rows like an empty SQLite: a test must not depend on those before it, and
#: keys with the numbers of events, such as 9 and 10, are in another order than 8 and 9
NUMBER_FROM_ONE = text(
    "SELECT setval(quote_ident(sequencename)::regclass, 1, false)"
    " FROM pg_sequences WHERE schemaname = 'public'"
)


@pytest.fixture
def store(kind: str, request: pytest.FixtureRequest) -> Store:
    """An empty, migrated database, on SQLite and on PostgreSQL in turn."""
    store: Store = request.getfixturevalue(
        "sqlite_store" if kind == "sqlite" else "postgres_store"
    )
    with store.write() as session:
        for table in EMPTIED:
            session.exec(delete(table))
        if kind == "postgresql":
            session.execute(NUMBER_FROM_ONE)
    return store


@pytest.fixture
def database_url(store: Store) -> str:
    """The address of the database, for other processes."""
    return store.url


@pytest.fixture
def empty_url(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """A database without any table."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def open_store() -> Iterator[Callable[[str], Store]]:
    """Opens databases by their URL, and closes them after the test."""
    stores: list[Store] = []

    def open_store(url: str) -> Store:
        stores.append(Store(url))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


@pytest.fixture
def brief() -> Brief:
    """A small launch in place.

    A chain, parallel work, a fan-out, a lag, a milestone, approvers and documents.
    """
    return brief_with()


@pytest.fixture
def now() -> datetime:
    """Monday morning, the first day of work."""
    return NOW


@pytest.fixture
def falcon(store: Store) -> Store:
    """A database in which the small launch was opened."""
    return opened(store)


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """Several processes that do one thing to a database at once."""
    workers = Workers()
    yield workers
    workers.close()
