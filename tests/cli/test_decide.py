from __future__ import annotations

from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import KIT, LEAD, NOW, SALES, SLUG, brief_with
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
