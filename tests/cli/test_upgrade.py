from __future__ import annotations

import yaml

from tests.cli.commands import Cli
from tests.launches import KIT, NOW, PMM, SLUG, task

AT = ("--now", NOW.isoformat())


def test_an_upgrade_takes_the_newest_version_of_the_kit(
    cli: Cli, flying, write, tmp_path, monkeypatch
):
    kits = tmp_path / "kits"
    kits.mkdir()
    newer = KIT | {"version": 2, "stages": [*KIT["stages"]]}
    newer["stages"][0] = KIT["stages"][0] | {
        "tasks": [
            *KIT["stages"][0]["tasks"],
            {"key": "naming", "title": "Naming", "role": "pmm", "days": 1},
        ]
    }
    (kits / "small.yaml").write_text(yaml.safe_dump(newer), encoding="utf-8")
    assert 'unknown kit "small"' in cli.refused("upgrade", SLUG, *AT)
    other = cli.ok("upgrade", SLUG, "--kit", "quiet_release", "--json", *AT).json
    assert "kit" in other["fields"]
    monkeypatch.setenv("LAUNCH_KITS_PATH", str(kits))
    assert cli.ok("upgrade", SLUG, "--json", *AT).json["added"] == ["naming"]
    cli.ok("upgrade", SLUG, "--kit", kits / "small.yaml", "--apply", *AT)
    assert task(flying, "naming").owner == PMM
