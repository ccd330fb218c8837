from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from launch_kits.server.processes import ChildProcess

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
below = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
print(below.pid, flush=True)
time.sleep(3600)
"""


def _child(tmp_path: Path, code: str) -> ChildProcess:
    return ChildProcess(
        "the child",
        [sys.executable, "-c", code],
        env=dict(os.environ),
        log=tmp_path / "logs" / "child.log",
    )


def test_last_words_is_the_last_line_of_the_log(tmp_path: Path) -> None:
    child = _child(tmp_path, "print('one'); print('two'); print()")
    _wait_until_ended(child)
    child.stop(within=120)
    assert not child.alive
    assert child.last_words == "two"


def test_last_words_states_an_empty_log(tmp_path: Path) -> None:
    child = _child(tmp_path, "")
    _wait_until_ended(child)
    child.stop(within=120)
    assert child.last_words == "exit code 0, nothing in its log"


def test_last_words_leaves_out_earlier_runs(tmp_path: Path) -> None:
    _wait_until_ended(_child(tmp_path, "print('of an earlier run')"))
    child = _child(tmp_path, "raise SystemExit(3)")
    _wait_until_ended(child)
    assert child.last_words == "exit code 3, nothing in its log"


def test_last_words_names_the_error_before_later_lines(tmp_path: Path) -> None:
    code = "print('OSError: disk full'); print('Application startup failed. Exiting.')"
    child = _child(tmp_path, code)
    _wait_until_ended(child)
    assert child.last_words == "OSError: disk full"


def test_last_words_are_found_in_a_log_that_began_anew(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "child.log").write_bytes(b"x" * 1_000_001)
    child = _child(tmp_path, "import sys; input(); print('new')")
    child.rotate_log(megabytes=1)
    _wait_until_ended(child)
    assert child.last_words == "EOFError: EOF when reading a line"


def test_stop_kills_a_stubborn_child_with_its_own_children(
    tmp_path: Path,
) -> None:
    child = _child(tmp_path, STUBBORN)
    while not child.log.read_text():
        time.sleep(0.05)
    below = int(child.log.read_text())
    child.stop(within=0.3)
    assert not child.alive
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(below)


def _wait_until_ended(child: ChildProcess) -> None:
    while child.alive:
        time.sleep(0.05)


def _wait_until_gone(pid: int) -> None:
    while True:
        os.kill(pid, 0)
        time.sleep(0.05)
