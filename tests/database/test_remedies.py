from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from launch_kits.database import remedies
from launch_kits.database.remedies import remedy
from launch_kits.settings.system_faults import FULL


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("database is locked", "close the other process, then try again"),
        ("database or disk is full", "free some space"),
        ("could not extend file: No space left on device", "free some space"),
        ("attempt to write a readonly database", "make it writable for this user"),
        ("unable to open database file", "check that its folder is there"),
        (
            "connection refused",
            "check LAUNCH_KITS_DATABASE_URL and that the server is running",
        ),
    ],
)
def test_each_reason_has_its_remedy(reason: str, said: str) -> None:
    assert said in remedy(reason, "sqlite:////nowhere/x.db")


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    assert "its folder is there" in remedy("unable to open database file", url)
    monkeypatch.setattr(remedies.os, "access", lambda *_: False)
    assert "read-only" in remedy("unable to open database file", url)


@pytest.mark.parametrize(("free", "full"), [(10, True), (10**9, False)])
def test_an_error_of_the_disk_is_a_full_one_if_nothing_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, full: bool
) -> None:
    monkeypatch.setattr(
        remedies.shutil, "disk_usage", lambda _: SimpleNamespace(free=free)
    )
    said = remedy("disk I/O error", f"sqlite:///{tmp_path}/x.db")
    assert (said == FULL) is full


def test_an_error_of_the_disk_that_is_gone_is_not_a_full_one() -> None:
    assert remedy("disk I/O error", "sqlite:////nowhere/x.db") == "check its disk"
