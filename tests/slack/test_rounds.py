from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from launch_kits.database.records import NoticeKind
from tests.counted import Count
from tests.effort import MORE

ROOT = Path(__file__).parents[2]
#: fifty rounds in all, in as many processes as a small machine has cores
BATCHES = 2
ROUNDS = 25 * MORE
#: every kind but those that nothing is filed of here: an answer and the end of a launch
KINDS = set(NoticeKind) - {NoticeKind.ANSWER, NoticeKind.CANCELLED}


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows knows neither fork nor SIGKILL"
)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_whatever_fails_and_is_killed_everything_is_said_once(
    batch: int, show_counts: Count
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.slack.rounds", str(batch * ROUNDS), str(ROUNDS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    failed = found["failed"]
    sent = found["sent"]
    show_counts(
        f"{ROUNDS} rounds with {found['killed']} kills, {len(failed)} failed; sent: {sent}"
    )
    assert failed == {}, "each by its seed: python -m tests.slack.rounds SEED 1"
    assert found["killed"] >= ROUNDS
    assert [kind for kind in KINDS if sent.get(kind, 0) < ROUNDS // 2] == []
