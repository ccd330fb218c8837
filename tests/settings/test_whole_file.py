from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from launch_kits.settings.whole_file import write_whole


def test_a_file_is_written_and_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    for content in (b"first", b"second"):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("kept")
    for target in ("secret", "nowhere", "link"):
        path = tmp_path / "link"
        path.unlink(missing_ok=True)
        path.symlink_to(target)
        write_whole(path, b"new")
        assert (path.is_symlink(), path.read_bytes()) == (False, b"new")
    assert (tmp_path / "secret").read_text() == "kept"
    assert not (tmp_path / "nowhere").exists()


def test_a_pipe_is_replaced_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    write_whole(tmp_path / "a.md", b"new")
    assert (tmp_path / "a.md").read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, b"new")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("a.md", b"old")
    ]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_the_umask_holds(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "a.md", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == mode


def test_a_name_as_long_as_the_system_takes_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 255)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(OSError):  # noqa: PT011  which one depends on the system
        write_whole(tmp_path / "a.md", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
