from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.effort import MORE

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("verb", ["open_launch", "done"])
def test_a_process_killed_anywhere_leaves_nothing_or_the_whole(
    database_url: str, kind: str, verb: str
) -> None:
    stride = 1 if kind == "sqlite" and MORE > 1 else 3
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.verbs.kill_points",
            database_url,
            verb,
            str(stride),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    points = json.loads(ran.stdout)
    assert len(points) > 20 / stride
    assert [point["killed"] for point in points] == [True] * (len(points) - 1) + [False]
    assert {point["left"] for point in points} == {"nothing", "whole"}
    assert all(point["completed"] for point in points)
    # Whole from one point on: that of the commit.
    left = [point["left"] for point in points]
    assert left == sorted(left)
