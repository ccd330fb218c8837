from __future__ import annotations

import os

import pytest

from launch_kits.server.environment import READY_FD
from launch_kits.server.runner import _tell_ready, deployments


def test_both_flows_are_deployed_without_a_work_pool() -> None:
    served = deployments()
    assert [(each.flow_name, each.name) for each in served] == [
        ("launch", "launch"),
        ("sweep", "sweep"),
    ]
    assert all(each.work_pool_name is None for each in served)
    assert all(each.concurrency_limit is None for each in served)
    assert not any(each.schedules for each in served), "`up` sweeps by itself"


def test_readiness_is_reported_on_the_file_descriptor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader, writer = os.pipe()
    monkeypatch.setenv(READY_FD, str(writer))
    _tell_ready()
    assert os.read(reader, 10) == b"1"
    assert os.read(reader, 10) == b"", "the writer is closed"
    os.close(reader)
    assert READY_FD not in os.environ
    _tell_ready()
