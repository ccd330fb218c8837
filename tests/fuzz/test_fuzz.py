from __future__ import annotations

import copy
import ctypes
import os
import pickle
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.guard import Breach, guarded
from tests.fuzz.hostile import OTHERS, any_values, changed
from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_was_kept_does_no_harm(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    assert target.kept
    with target.opened(tmp_path) as trial:
        for path in target.kept:
            try:
                trial.run(path.read_bytes())
            except Exception as error:
                error.add_note(f"brought about by {path}")
                raise


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_is_made_up_does_no_harm(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    with target.opened(tmp_path) as trial:

        @settings(
            max_examples=target.few,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(target.made())
        def tried(given: bytes) -> None:
            trial.run(given)

        tried()


def test_a_file_does_not_change_what_the_next_one_is_made_of() -> None:
    before = copy.deepcopy(OTHERS)

    @settings(
        max_examples=400,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(changed([{"a": [1], "b": {"c": 2}}], any_values(), most=6))
    def made(given: object) -> None:
        assert before == OTHERS

    made()


def _of(target: Target) -> set[str]:
    return {path.suffix for path in target.folder.iterdir()}


def test_every_file_kept_is_tried() -> None:
    assert {name: _of(target) for name, target in TARGETS.items()} == {
        name: {target.suffix} for name, target in TARGETS.items()
    }


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder.parent / "beside").read_bytes(),
        lambda folder: (folder / "../beside").read_bytes(),
        lambda folder: (folder / "inside").write_bytes(b""),
        lambda folder: list(folder.parent.iterdir()),
        lambda folder: Path("/etc/passwd").read_bytes(),
        lambda folder: eval("1 + 1"),
        lambda folder: exec(""),
        lambda folder: __import__("this"),
        lambda folder: subprocess.run(["true"], check=True),
        lambda folder: os.system("true"),
        lambda folder: socket.socket(),
        lambda folder: pickle.loads(b"cos\nsystem\n(S'true'\ntR."),
        lambda folder: ctypes.CDLL(None),
    ],
)
def test_the_guard_sees_it(harm, tmp_path: Path) -> None:
    folder = tmp_path / "allowed"
    folder.mkdir()
    for path in (tmp_path / "beside", folder / "inside"):
        path.write_bytes(b"x")
    with pytest.raises(Breach), guarded(folder):
        harm(folder)


def test_a_breach_that_was_swallowed_is_told_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(Breach, match="open"), guarded(tmp_path), suppress(Exception):
        (tmp_path.parent / "x").read_bytes()


def test_the_guard_lets_reading_and_computing_pass(tmp_path: Path) -> None:
    (tmp_path / "inside").write_bytes(b"x")
    with guarded(tmp_path):
        assert (tmp_path / "inside").read_bytes() == b"x"
        assert sorted(tmp_path.iterdir()) == [tmp_path / "inside"]


def test_the_guard_lets_a_descriptor_be_opened_and_watches_its_path(
    tmp_path: Path,
) -> None:
    (tmp_path / "inside").write_bytes(b"x")
    with guarded(tmp_path):
        descriptor = os.open(tmp_path / "inside", os.O_RDONLY)
        with os.fdopen(descriptor, "rb") as file:
            assert file.read() == b"x"
    with pytest.raises(Breach), guarded(tmp_path):
        os.open("/etc/passwd", os.O_RDONLY)
