from __future__ import annotations

import errno
import os

import pytest

from launch_kits.settings.system_faults import FULL, in_words


def fault(number: int, path: str | None = "/home/x") -> OSError:
    return OSError(number, os.strerror(number), path)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EROFS, "set LAUNCH_KITS_HOME to a folder that is"),
        (errno.EACCES, "make it writable for this user"),
        (errno.EEXIST, "name another, or move the file"),
        (errno.ENOTDIR, "name another folder"),
        (errno.ELOOP, "check it"),
    ],
)
def test_a_fault_names_the_file_and_a_remedy(number: int, remedy: str) -> None:
    said = in_words(fault(number))
    assert said is not None
    assert said.startswith("/home/x: ")
    assert remedy in said


def test_a_full_disk_needs_no_file() -> None:
    assert in_words(fault(errno.ENOSPC, None)) == FULL


def test_a_fault_of_no_file_is_not_the_users() -> None:
    assert in_words(fault(errno.EINVAL, None)) is None
    assert in_words(OSError("odd")) is None
