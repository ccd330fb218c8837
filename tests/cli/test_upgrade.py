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


def test_an_upgrade_warns_and_speaks_as_an_update_does(
    cli: Cli, flying, write, tmp_path, monkeypatch
):
    kits = tmp_path / "kits"
    kits.mkdir()
    newer = KIT | {"version": 2}
    newer["stages"] = [
        stage
        | {
            "tasks": [
                each | {"days": 40} if each["key"] == "research" else each
                for each in stage["tasks"]
            ]
        }
        for stage in KIT["stages"]
    ]
    (kits / "small.yaml").write_text(yaml.safe_dump(newer), encoding="utf-8")
    monkeypatch.setenv("LAUNCH_KITS_PATH", str(kits))
    upgraded = cli("upgrade", SLUG, *AT)
    assert "after its due days: 7 days of Pia" in upgraded.err
    assert "research: days: 2 → 40" in upgraded.out
    updated = cli("update", SLUG, write(), "--kit", kits / "small.yaml", *AT)
    assert (
        updated.err.partition(" warning: ")[2]
        == upgraded.err.partition(" warning: ")[2]
    )
    assert updated.out == upgraded.out
