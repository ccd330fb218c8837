from __future__ import annotations

import re

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


def test_the_verdict_and_the_tables_count_the_same_checks(cli: Cli, database) -> None:
    """The open checks that the next go does not wait for are named apart."""
    begun(database)
    gates = cli.ok("gate", SLUG, "--json", "--now", NOW.isoformat()).json
    said = " ".join(cli.ok("gate", SLUG, "--now", NOW.isoformat()).out.split())
    total = sum(not check["met"] for gate in gates for check in gate["checks"])
    counted = re.findall(r"(\d+) (?:more open )?checks? ", said)
    assert sum(map(int, counted)) == total
    assert "do not hold the next go" in said or "does not hold the next go" in said
