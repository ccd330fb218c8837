from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from launch_kits.board.password import keep_password, make_password, read_password
from launch_kits.errors import SettingsError


def test_a_password_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "home" / "prefect-auth"
    before = os.umask(0)
    try:
        password = keep_password(file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keep_password(file) == read_password(file) == password
    assert file.read_text() == f"{password}\n"


def test_a_password_file_readable_by_others_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "prefect-auth"
    file.write_text("me:mine")
    file.chmod(0o644)
    assert keep_password(file) == "me:mine"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_two_passwords_are_the_same() -> None:
    assert len({make_password() for _ in range(100)}) == 100


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"cannot be written \(Not a directory\)"):
        keep_password(tmp_path / "file" / "home" / "prefect-auth")


def test_what_is_not_a_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "prefect-auth"
    os.mkfifo(pipe)
    pipe.chmod(0o640)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(SettingsError, match=r"cannot be used; delete it"):
            read_password(path)
    with pytest.raises(SettingsError, match=r"cannot be used; delete it"):
        keep_password(pipe)
    assert stat.S_IMODE(pipe.stat().st_mode) == 0o640


def test_a_large_file_is_not_a_password(tmp_path: Path) -> None:
    (tmp_path / "prefect-auth").write_text("me:" + "x" * 64 * 1024)
    with pytest.raises(SettingsError, match=r"cannot be used; delete it"):
        keep_password(tmp_path / "prefect-auth")
