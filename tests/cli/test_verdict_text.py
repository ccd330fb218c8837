from __future__ import annotations

import re

from launch_kits import verbs
from tests.cli.commands import Cli
from tests.cli.test_gate import AT, begun
from tests.launches import NOW, SLUG, at


def test_after_the_go_the_gates_before_it_are_not_judged_again(cli: Cli, database):
    """A waiver that ends after the go does not make the launch unready."""
    begun(database)
    for number in (1, 2):
        verbs.waive(
            database,
            SLUG,
            "sales",
            number,
            until=NOW.date(),
            note="Later",
            now=NOW,
        )
    ready = " ".join(cli.ok("gate", SLUG, *AT).out.split())
    assert "launch · hard, after the launch" in ready
    assert "Ready to go: no hard gate before it is open. 2 more open checks" in ready
    verbs.decide(database, SLUG, go=True, now=NOW)
    later = ("--now", at("01-20").isoformat())
    for command in ("gate", "status"):
        said = " ".join(cli.ok(command, SLUG, *later).out.split())
        assert "eady to go" not in said
        assert (
            "go, by Lee. Open today: 3 checks of the gates before it, "
            "1 check of the gates after it." in said
        )


def test_the_verdict_and_the_tables_count_the_same_checks(cli: Cli, database) -> None:
    """The open checks that the next go does not wait for are named apart."""
    begun(database)
    gates = cli.ok("gate", SLUG, "--json", "--now", NOW.isoformat()).json
    said = " ".join(cli.ok("gate", SLUG, "--now", NOW.isoformat()).out.split())
    total = sum(not check["met"] for gate in gates for check in gate["checks"])
    counted = re.findall(r"(\d+) (?:more open )?checks? ", said)
    assert sum(map(int, counted)) == total
    assert "do not hold the next go" in said or "does not hold the next go" in said
