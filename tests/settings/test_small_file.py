from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from launch_kits.settings.small_file import (
    NotAFile,
    TooLarge,
    read_end,
    read_file,
    read_within,
)


def test_a_file_is_read_up_to_the_bound(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    (tmp_path / "link").symlink_to("file")
    assert read_file(tmp_path / "file", most=5) == b"12345"
    assert read_file(tmp_path / "link") == b"12345"
    with pytest.raises(TooLarge):
        read_file(tmp_path / "file", most=4)


def test_what_is_not_a_file_is_named_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
    kinds = {
        tmp_path / "pipe": "a pipe",
        tmp_path / "socket": "a socket",
        tmp_path: "a folder",
        Path("/dev/zero"): "a device",
    }
    for path, kind in kinds.items():
        with pytest.raises(NotAFile, match=f"^{kind}$"):
            read_file(path)


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "missing")


def test_the_end_of_a_file_is_read_however_long_it_is(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as file:
        file.truncate(2**40)
        file.seek(0, os.SEEK_END)
        file.write(b"the end")
    assert read_end(tmp_path / "log", most=9) == b"\0\0the end"
    (tmp_path / "short").write_bytes(b"12345")
    assert read_end(tmp_path / "short", most=9) == b"12345"
    with pytest.raises(NotAFile):
        read_end(Path("/dev/zero"))


@pytest.mark.parametrize("places", [True, False], ids=["proc", "elsewhere"])
def test_a_file_within_a_folder_is_read_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, places: bool
) -> None:
    if not places:
        monkeypatch.setattr(Path, "readlink", _no_such_folder)
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub/file").write_bytes(b"12345")
    (folder / "inner").symlink_to("sub/file")
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "outer").symlink_to(tmp_path / "secret")
    assert read_within(folder / "sub/file", folder) == b"12345"
    assert read_within(folder / "inner", folder) == b"12345"
    with pytest.raises(TooLarge):
        read_within(folder / "inner", folder, most=4)
    with pytest.raises(NotAFile, match="a folder"):
        read_within(folder / "sub", folder)
    for path in (folder / "outer", tmp_path / "secret", folder / "../secret"):
        with pytest.raises(ValueError, match=r"subpath|within|in the"):
            read_within(path, folder)


def _no_such_folder(path: Path) -> Path:
    raise FileNotFoundError(path)
