from __future__ import annotations

import base64
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from launch_kits.server.entrypoints import entrypoint
from tests.served import environment

READ = """
import asyncio, sys
from prefect.client.schemas.objects import State
from prefect.flows import load_flow_from_entrypoint

if sys.argv[2]:
    load_flow_from_entrypoint(sys.argv[2])
state = State.model_validate_json(sys.argv[1])
for read in (
    lambda: state.result(_sync=True),
    lambda: asyncio.run(state.aresult(retry_result_failure=False)),
):
    try:
        read()
    except Exception as error:
        print(error)
"""


class Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (str(self.path), "w")


def said_by(tmp_path: Path, loading: str) -> str:
    """Return the output of a process that loads a flow and reads a foreign stored result."""
    ran = tmp_path / "ran"
    stored = tmp_path / "stored"
    how = {
        "storage_key": str(stored),
        "serializer": {"type": "pickle"},
        "prefect_version": "3.8.8",
    }
    result = base64.b64encode(pickle.dumps(Touch(ran))).decode()
    stored.write_text(json.dumps({"metadata": how, "result": result}))
    state = json.dumps({"type": "COMPLETED", "name": "Completed", "data": how})
    env = environment(tmp_path / "home", PREFECT_HOME=str(tmp_path / "prefect"))
    done = subprocess.run(
        [sys.executable, "-c", READ, state, loading],
        env=env,
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("flow", ["launch", "sweep"])
def test_a_process_with_a_flow_reads_no_stored_result(
    tmp_path: Path, flow: str
) -> None:
    said = said_by(tmp_path, entrypoint(flow))
    refusal = (
        "the run's state in Prefect names a stored result, which is never read; "
        "start the run again"
    )
    assert said.splitlines() == [refusal, refusal]
    assert not (tmp_path / "ran").exists()


def test_a_process_without_a_flow_would_run_the_foreign_code(tmp_path: Path) -> None:
    said_by(tmp_path, "")
    assert (tmp_path / "ran").exists()
