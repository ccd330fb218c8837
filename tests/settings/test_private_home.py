from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from launch_kits.errors import Refused
from launch_kits.settings import private_home as privacy
from launch_kits.settings.private_home import as_the_user, keep_private, tighten
from tests.launches import at, brief_with

NOW = at("01-11").isoformat()


@pytest.fixture(autouse=True)
def umask(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process's umask, given back afterwards."""
    monkeypatch.setattr(privacy, "_given", [])
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> dict[str, str]:
    """The files in a folder and below that others may use, with their modes."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        try:
            mode = stat.S_IMODE(path.lstat().st_mode)
        except FileNotFoundError:  # such as a journal, gone since
            continue
        if mode & 0o077 and not path.is_symlink():
            found[str(path.relative_to(folder))] = oct(mode)
    return found


def run(home: Path, *words: str, umask: int = 0) -> subprocess.CompletedProcess[str]:
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PREFECT_", "SLACK_", "LAUNCH_"))
    }
    env |= {"LAUNCH_KITS_HOME": str(home), "COLUMNS": "200"}
    command = [sys.executable, "-c", "from launch_kits.cli import main; main()", *words]
    return subprocess.run(
        command,
        env=env,
        cwd=home.parent,
        umask=umask,
        text=True,
        capture_output=True,
        check=True,
        timeout=300,
    )


def loose_home(folder: Path) -> Path:
    """A home as earlier versions left it, under a umask that takes nothing away."""
    for name in (
        "documents/falcon-2",
        "documents/.inputs/falcon-2",
        "logs",
        "prefect/storage",
    ):
        (folder / name).mkdir(parents=True)
    for name in (
        "launch-kits.db",
        "launch-kits.db-wal",
        "up.json",
        "documents/falcon-2/a.md",
        "prefect/prefect.db",
    ):
        (folder / name).write_text("x")
    return folder


def test_a_home_is_made_private_once(tmp_path: Path) -> None:
    home = loose_home(tmp_path / "home")
    assert len(open_to_others(home)) == 13
    assert tighten(home)
    assert open_to_others(home) == {}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "up.json").stat().st_mode) == 0o600
    assert not tighten(home)


def test_a_home_that_is_not_there_or_private_is_left_alone(tmp_path: Path) -> None:
    assert not tighten(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_of_a_folder_that_holds_other_things_only_what_is_ours_is_made_private(
    tmp_path: Path,
) -> None:
    home = loose_home(tmp_path / "project")
    (home / "src").mkdir()
    (home / "src" / "run.sh").touch()
    assert tighten(home)
    assert set(open_to_others(home)) == {".", "src", "src/run.sh"}


def test_no_link_is_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").touch()
    home = loose_home(tmp_path / "home")
    (home / "documents" / "file").symlink_to(elsewhere / "file")
    (home / "documents-too").symlink_to(elsewhere)
    tighten(home)
    assert set(open_to_others(elsewhere)) == {".", "file"}


def test_what_a_process_writes_is_private_but_for_what_its_user_asked_for_elsewhere(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    keep_private()
    home.mkdir()
    (home / "file").touch()
    for folder in (home / "out", tmp_path / "out"):
        with as_the_user(folder, home=home):
            folder.mkdir()
            (folder / "file").touch()
    (home / "another").touch()
    assert open_to_others(home) == {}
    assert set(open_to_others(tmp_path / "out")) == {".", "file"}


def test_the_users_umask_holds_where_they_asked_for_files(tmp_path: Path) -> None:
    os.umask(0o027)
    keep_private()
    keep_private()
    with as_the_user(tmp_path / "out", home=tmp_path / "home"):
        (tmp_path / "out").mkdir()
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o750


def test_files_that_were_asked_for_elsewhere_keep_the_users_umask(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    brief = tmp_path / "brief.yaml"
    brief.write_text(
        yaml.safe_dump(brief_with().model_dump(mode="json", by_alias=True))
    )
    words = ["--product", "X", "--lead", "Lee", "--email", "lee@example.com", "--yes"]
    run(home, "init", "begun", *words)
    run(home, "render", str(brief), "--out", "rendered", "--now", NOW)
    for folder, name in {
        "begun": "brief.yaml",
        "rendered": "battlecard-kite.md",
    }.items():
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o777
        assert stat.S_IMODE((tmp_path / folder / name).stat().st_mode) == 0o666


def test_a_home_of_an_earlier_version_is_made_private_with_one_line_said_once(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    run(home, "status")
    for path in (home, *home.iterdir()):
        path.chmod(0o777)
    said = run(home, "status").stderr
    assert said == f"note: {home} could be read by others; it is yours alone now\n"
    assert open_to_others(home) == {}
    assert run(home, "status").stderr == ""


def test_a_folder_whose_links_lead_back_to_itself_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with (
        pytest.raises(Refused, match="lead back to itself"),
        as_the_user(loop, home=tmp_path / "home"),
    ):
        pass
