from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import NOW, SLUG


def test_a_backup_is_verified_and_restored(cli: Cli, flying, tmp_path):
    now = ["--now", NOW.isoformat()]
    folder = tmp_path / "backup"
    cli.ok("backup", folder, *now)
    cli.ok("cancel", SLUG, *now)
    assert "is whole: database at" in cli.ok("restore", folder, "--verify").out
    assert cli.ok("status", SLUG, "--json", *now).json["status"] == "cancelled"
    said = cli.ok("restore", folder, *now)
    assert said.out.startswith("restored: database at")
    assert "holds the state before" in said.err
    assert cli.ok("status", SLUG, "--json", *now).json["status"] == "running"


def test_a_folder_that_is_not_a_backup_is_refused(cli: Cli, flying, tmp_path):
    assert "is not a complete backup" in cli.refused("restore", tmp_path)
