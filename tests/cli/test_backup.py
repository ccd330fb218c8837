from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import NOW


def test_a_backup_is_made_once(cli: Cli, flying, tmp_path):
    words = ["backup", tmp_path / "backup", "--now", NOW.isoformat()]
    assert "0 documents" in cli.ok(*words).out
    assert (tmp_path / "backup" / "backup.json").is_file()
    assert "is not an empty folder" in cli.refused(*words)


def test_an_empty_house_has_nothing_to_back_up(cli: Cli, tmp_path):
    assert "nothing to back up" in cli.refused("backup", tmp_path / "backup")
