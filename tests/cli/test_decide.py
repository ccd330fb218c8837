from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import KIT, LEAD, NOW, SALES, SLUG, brief_with, kit_with
from tests.verbs.test_gates import GATES

AT = ("--now", NOW.isoformat())


LINK = ("--link", "https://example.com/results")


def begun(database) -> None:
    stages = [stage | {"gate": GATES[stage["key"]]} for stage in KIT["stages"]]
    open_launch(database, brief_with(kit=KIT | {"stages": stages}), now=NOW)


def test_a_gate_is_passed_and_the_launch_goes(cli: Cli, database):
    begun(database)
    assert "hard gate is open" in cli.refused("decide", SLUG, "go", *AT)
    assert "needs evidence" in cli.refused("gate", SLUG, "sales", "check", "1", *AT)
    cli.ok("gate", SLUG, "sales", "check", "1", *LINK, "--by", SALES, *AT)
    cli.ok("waive", SLUG, "sales", "2", "--until", "+3d", "--note", "Next week", *AT)
    said = cli.ok("decide", SLUG, "go", "--note", "All is ready", *AT)
    assert said.out == "falcon-2: go\n"
    assert "warning: The story stands: Everybody tells it" in said.err
    found = cli.ok("status", SLUG, "--json", *AT).json
    assert found["verdict"]["go"]
    assert found["decision"] | {"at": None} == {
        "decision": "go",
        "by": LEAD,
        "at": None,
        "note": "All is ready",
        "task": None,
    }
    cli.ok("gate", SLUG, "sales", "uncheck", "1", *AT)
    assert not cli.ok("status", SLUG, "--json", *AT).json["verdict"]["go"]


def test_a_decision_is_told_as_json_with_its_reasons(cli: Cli, database):
    begun(database)
    said = cli("decide", SLUG, "go", "--json", *AT)
    assert said.code == 1
    assert said.json == {
        "launch": SLUG,
        "decision": "go",
        "task": None,
        "by": LEAD,
        "changed": False,
        "reasons": [
            "Sales can sell it: Trained sellers ≥ 80%",
            "Sales can sell it: Cards are read",
        ],
        "concerns": [],
    }
    assert "\n- Sales can sell it: Cards are read\n" in said.err
    found = cli.ok("decide", SLUG, "no-go", "--json", *AT)
    assert (found.json["changed"], found.json["by"]) == (True, LEAD)
    assert found.json["concerns"] == ["The story stands: Everybody tells it"]
    assert "warning" not in found.err
    assert "go or no-go tasks: none" in cli.refused(
        "decide", SLUG, "go", "--task", "research", *AT
    )


def test_a_go_closes_the_task_of_the_kit(cli: Cli, flying, tmp_path, write):
    kit = kit_with(research={"decides": "launch"})
    cli.ok("update", SLUG, write(), "--kit", saved(tmp_path, kit), "--apply", *AT)
    said = cli.ok("decide", SLUG, "no-go", *AT)
    assert said.out == "falcon-2: no-go; research stays open\n"
    said = cli.ok("decide", SLUG, "go", "--task", "research", *AT)
    assert said.out == "falcon-2: go; research is done\n"


def saved(folder: Path, kit: dict[str, Any]) -> Path:
    path = folder / "deciding.yaml"
    path.write_text(yaml.safe_dump(kit), encoding="utf-8")
    return path
