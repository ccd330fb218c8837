from __future__ import annotations

from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import KIT, NOW, SLUG, brief_with
from tests.verbs.test_gates import GATES

AT = ("--now", NOW.isoformat())


def begun(database) -> None:
    stages = [stage | {"gate": GATES[stage["key"]]} for stage in KIT["stages"]]
    open_launch(database, brief_with(kit=KIT | {"stages": stages}), now=NOW)


def test_gate_and_decide_name_missing_and_unknown_arguments(cli: Cli, database):
    begun(database)
    assert "lists their keys and numbers" in cli.misused(
        "gate", SLUG, "sales", "check", *AT
    )
    assert "gates: story, sales, launch" in cli.refused("gate", SLUG, "nowhere", *AT)
    cli.misused("decide", SLUG, "perhaps", *AT)
    cli.misused("waive", SLUG, "sales", "1", "--until", "+3d", *AT)
