from __future__ import annotations

import yaml

from tests.cli.commands import Cli
from tests.launches import KIT, LEAD, NOW, PMM, SLUG, dump, events, statuses, task
from tests.verbs.test_update import rival

AT = ("--now", NOW.isoformat())


def changed(rivals: tuple[str, ...]) -> dict[str, object]:
    return {
        "positioning": rival(*rivals).model_dump(mode="json", by_alias=True)[
            "positioning"
        ]
    }


def test_an_update_is_shown_first_and_done_when_told_to(cli: Cli, flying, write):
    brief = write(**changed(("osprey", "kite", "merlin")))
    before = dump(flying)
    said = cli.ok("update", SLUG, brief, *AT).out
    assert "battlecard:merlin" in said
    assert "Nothing is changed yet; the same with --apply does it." in said
    assert dump(flying) == before
    found = cli.ok(
        "update", SLUG, brief, "--apply", "--note", "A new rival", "--json", *AT
    ).json
    assert (found["applied"], found["added"], found["late_by"]) == (
        True,
        ["battlecard:merlin"],
        0,
    )
    assert events(flying, verb="update")[0].note == "A new rival"
    assert "battlecard:merlin" in statuses(flying)
    assert (
        cli.ok("update", SLUG, brief, "--apply", *AT).out
        == "nothing differs; nothing changed\n"
    )


def test_an_update_says_that_days_and_kit_are_the_launch_s_own(cli: Cli, flying, write):
    said = cli.ok(
        "update", SLUG, write(launch_on="2027-03-02", kit=KIT | {"kit": "other"}), *AT
    )
    assert "`launch-kits move falcon-2 --on 2027-03-02` changes them" in said.err
    assert "keeps its kit, small" in said.err
    assert "nothing differs" in said.out


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
    assert "--kit wants a path" in cli.refused(
        "upgrade", SLUG, "--kit", "major_release", *AT
    )
    monkeypatch.setenv("LAUNCH_KITS_PATH", str(kits))
    assert cli.ok("upgrade", SLUG, "--json", *AT).json["added"] == ["naming"]
    cli.ok("upgrade", SLUG, "--kit", kits / "small.yaml", "--apply", *AT)
    assert task(flying, "naming").owner == PMM


def test_a_task_is_added(cli: Cli, flying):
    said = cli.ok(
        "add",
        SLUG,
        "--title",
        "Ask two customers",
        "--role",
        "pmm",
        "--after",
        "positioning",
        "--before",
        "training",
        *AT,
    )
    assert said.out.startswith(f"ask_two_customers is added: {PMM}, due ")
    assert events(flying, verb="add")[0].by == LEAD
    assert "did you mean" in cli.refused(
        "add", SLUG, "--title", "X", "--after", "positionin", *AT
    )
    cli.misused("add", SLUG, *AT)
