from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: 200 rounds in all, in twice as many processes as a small machine has cores
BATCHES, ROUNDS = 4, 50


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows knows neither fork nor SIGKILL"
)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_whatever_fails_and_is_killed_everything_is_said_once(batch: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.slack.rounds", str(batch * ROUNDS), str(ROUNDS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {}, (
        "each by its seed: python -m tests.slack.rounds SEED 1"
    )
