from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.counted import Count
from tests.effort import MORE

ROOT = Path(__file__).parents[2]
#: rounds of 20 requests in each of two processes: 200 requests
ROUNDS = 5 * MORE


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows knows neither fork nor SIGKILL"
)
@pytest.mark.parametrize("batch", range(2))
def test_whatever_was_acknowledged_is_done_once_though_the_app_is_killed(
    batch: int,
    show_counts: Count,
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.slack.kills", str(batch * ROUNDS), str(ROUNDS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    kept = found["acknowledged"]
    show_counts(f"{kept} requests acknowledged, {len(found['failed'])} rounds failed")
    assert found["failed"] == {}, "each by its seed: python -m tests.slack.kills SEED 1"
    assert found["acknowledged"] == ROUNDS * 20
