from __future__ import annotations

import os
import socket
import subprocess
import sys

from launch_kits.board.address import Up, write_up
from tests.cli.commands import Cli
from tests.launches import (
    SLUG,
    at,
    events,
    status,
    task,
)

#: the next morning
TOMORROW = "2027-01-12T10:00:00-05:00"


def test_an_instant_is_refused_if_a_server_keeps_the_clock(
    cli: Cli, flying, monkeypatch
):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    before = len(events(flying))
    for words in (
        ["begin", "falcon-2", "research"],
        ["sweep"],
        ["move", "falcon-2", "--on", "2027-02-16", "--apply"],
    ):
        said = cli.refused(*words, "--now", TOMORROW)
        assert "--now" in said
        assert "unset PREFECT_API_URL" in said
    assert len(events(flying)) == before
    assert cli.ok("status", "--now", TOMORROW, "--json").json


def test_an_instant_is_refused_while_an_up_keeps_the_clock(cli: Cli, flying, home):
    with socket.create_server(("127.0.0.1", 0)) as server:
        running = Up("http://127.0.0.1:1/api", "", os.getpid(), server.getsockname()[1])
        write_up(home / "up.json", running)
        said = cli.refused("sweep", "--now", TOMORROW)
    assert f"stop the `up` that runs on {home}, or set another LAUNCH_KITS_HOME" in said
    assert "PREFECT_API_URL" not in said


NOW = at("01-11").isoformat()


def test_the_follow_up_of_a_verb_is_told_on_stderr(cli: Cli, flying):
    said = cli.ok("done", SLUG, "positioning", "--now", NOW)
    assert said.out.count("\n") == 1
    assert "Battlecard: Osprey" in said.err


def test_a_document_that_cannot_be_written_does_not_undo_the_verb(
    cli: Cli, flying, home
):
    (home / "documents").write_text("in the way", encoding="utf-8")
    said = cli.ok("done", SLUG, "positioning", "--now", NOW)
    assert "positioning is done" in said.out
    assert "warning: " in said.err
    assert task(flying, "battlecard:kite").document_owed_at is not None
    (home / "documents").unlink()
    cli.ok("sweep", "--now", NOW)
    assert (home / "documents" / SLUG / "battlecard-kite.md").is_file()


def test_a_verb_without_a_server_needs_no_prefect(flying, home, tmp_path):
    code = f"""
import sys
from launch_kits.cli import main
sys.argv = ["launch-kits", "begin", {SLUG!r}, "research", "--now", {NOW!r}]
try:
    main()
finally:
    assert "prefect" not in sys.modules
"""
    environ = {"LAUNCH_KITS_HOME": str(home)}
    found = subprocess.run(
        [sys.executable, "-c", code],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    assert status(flying, "research") == "doing"
