from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest

from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from tests.launches import notices
from tests.served import UP, Served, current_brief, environment, now
from tests.settings.test_private_home import open_to_others


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("embedded") / "home"


@pytest.fixture(scope="module")
def done(home: Path) -> subprocess.CompletedProcess[str]:
    """`start` without a server, and with a umask that takes nothing away."""
    path = Served.write(type("Folder", (), {"home": home})(), current_brief("alone"))
    return run(home, "start", str(path))


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*UP, *words],
        env={**environment(home), "LAUNCH_KITS_EMBEDDED_WITHIN": "600"},
        umask=0,
        capture_output=True,
        text=True,
        check=False,
    )


def test_start_does_the_first_step_without_noise(
    done: subprocess.CompletedProcess[str], home: Path
) -> None:
    assert done.returncode == 0, done.stderr
    told, _, rest = done.stderr.partition("recording its run in Prefect")
    assert "task  alone research" in told, "its owner is told before Prefect is tried"
    assert rest.startswith(", for at most 600 s …\nnext: ")
    said = done.stdout + done.stderr
    for noise in (
        "Traceback",
        "WARNING",
        "ERROR",
        "INFO",
        "flow run",
        "prefect.",
        "events",
    ):
        assert noise not in said, said
    settings = Settings.read(environment(home))
    store = Store(settings.database_url)
    assert {notice.status for notice in notices(store, slug="alone")} <= {
        "sent",
        "pending",
    }
    with store.read() as session:
        launch = find_launch(session, "alone")
    assert launch.flow_run_id is None, "its own run comes with a server"
    store.close()


def test_start_names_undelivered_notices(tmp_path: Path) -> None:
    # it is noon of a working day there, so that the channel is told now
    noon = f"Etc/GMT{now().hour - 12:+d}"
    brief = current_brief("mute", timezone=noon, workdays=[now().date().isoformat()])
    path = Served.write(type("Folder", (), {"home": tmp_path})(), brief)
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_BASE_URL": "http://127.0.0.1:1/api/"}
    slack["LAUNCH_KITS_EMBEDDED_WITHIN"] = "0"
    env = {**environment(tmp_path / "home"), **slack}
    command = [*UP, "start", str(path)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = [
        line
        for line in done.stderr.splitlines()
        if line.startswith("warning: Slack could not be reached")
    ]
    # the channel and the owners: a line for each thing that was asked of Slack
    assert len(said) == len(set(said)) == 2, done.stderr


def test_start_ends_well_without_prefect(tmp_path: Path) -> None:
    path = Served.write(type("Folder", (), {"home": tmp_path})(), current_brief("own"))
    broken = {
        "PREFECT_API_DATABASE_CONNECTION_URL": "nothing://nowhere",
        "LAUNCH_KITS_EMBEDDED_WITHIN": "600",
    }
    env = environment(tmp_path / "home", **broken)
    command = [*UP, "start", str(path)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (
        "note: its run is not recorded in Prefect yet (Prefect did not" in done.stderr
    )
    store = Store(Settings.read(env).database_url)
    assert "sent" in {notice.status for notice in notices(store, slug="own")}
    store.close()


def test_the_run_stays_in_prefects_records(
    done: subprocess.CompletedProcess[str], home: Path
) -> None:
    assert done.returncode == 0
    with sqlite3.connect(home / "prefect" / "prefect.db") as database:
        runs = database.execute("SELECT name, state_name FROM flow_run").fetchall()
        tasks = database.execute("SELECT count(*) FROM task_run").fetchone()
    database.close()
    assert runs == [("Product alone", "Completed")]
    assert tasks == (8,)


def test_a_home_is_private_after_a_launch_whatever_the_umask(
    done: subprocess.CompletedProcess[str], home: Path
) -> None:
    assert done.returncode == 0, done.stderr
    for words in (
        ("done", "alone", "positioning"),
        ("render", "alone"),
        ("export", "alone", "--out", str(home / "exports")),
    ):
        ran = run(home, *words)
        assert ran.returncode == 0, ran.stderr
    written = {path.name for path in home.rglob("*")}
    assert {
        "launch-kits.db",
        "battlecard-kite.md",
        "prefect.db",
        "prefect-embedded.log",
        "alone.ics",
    } <= written
    assert open_to_others(home) == {}
