from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from launch_kits.server import logs
from launch_kits.server.logs import JsonFormatter, log_variables, rotate
from launch_kits.settings import Settings


def test_a_record_is_one_line_of_json() -> None:
    fault = ValueError("no disk")
    error = (ValueError, fault, None)
    record = logging.LogRecord(
        "launch_kits.worker", logging.WARNING, "x.py", 1, "of %s", ("a\nb",), error
    )
    record.launch = "falcon-2"
    line = JsonFormatter().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert found["msg"] == "of a\nb"
    assert (found["levelname"], found["launch"]) == ("WARNING", "falcon-2")
    assert "ValueError: no disk" in found["exc_info"]


def test_processes_with_prefect_get_its_own_json() -> None:
    assert log_variables(Settings.read({})) == {}
    asked = log_variables(Settings.read({"LAUNCH_KITS_LOG_FORMAT": "json"}))
    assert asked["PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER"] == "json"


def test_a_large_log_begins_anew_and_the_one_before_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "flows.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * 1_000_001)
        assert rotate(log, megabytes=1)
        writer.write(b"more")
    assert log.read_bytes() == b"more"
    assert (tmp_path / "flows.log.1").stat().st_size == 1_000_001


@pytest.mark.parametrize("megabytes", [0, 2])
def test_a_log_below_its_limit_stays(tmp_path: Path, megabytes: int) -> None:
    log = tmp_path / "flows.log"
    log.write_bytes(b"x" * 1_000_001)
    assert not rotate(log, megabytes=megabytes)
    assert log.stat().st_size == 1_000_001


def test_a_full_disk_costs_the_log_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, to: Path) -> None:
        to.write_bytes(b"x")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(logs.shutil, "copyfile", full)
    log = tmp_path / "flows.log"
    log.write_bytes(b"x" * 1_000_001)
    assert rotate(log, megabytes=1)
    assert [(path.name, path.stat().st_size) for path in tmp_path.iterdir()] == [
        ("flows.log", 0)
    ]


def test_a_log_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert not rotate(tmp_path / "flows.log", megabytes=1)
