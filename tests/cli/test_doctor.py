from __future__ import annotations

from datetime import timedelta

from tests.cli.commands import Cli
from tests.launches import NOW

LATE = (NOW + timedelta(hours=1)).isoformat()


def test_a_healthy_house_has_no_line(cli: Cli, flying):
    said = cli.ok("doctor", "--now", NOW.isoformat())
    assert said.out + said.err == ""


def test_problems_are_named_with_a_remedy_and_the_exit_code(cli: Cli, flying):
    said = cli("doctor", "--now", LATE)
    assert said.code == 1
    assert said.out.startswith("sweeps: no sweep has ended yet; start `launch-kits up`")
    found = cli("doctor", "--json", "--now", LATE)
    assert found.code == 1
    (late,) = [each for each in found.json if not each["ok"]]
    assert late["check"] == "sweeps"


def test_fix_does_the_remedies_and_says_so(cli: Cli, flying):
    said = cli.ok("doctor", "--fix", "--now", LATE)
    assert said.out == ""
    assert "fixed: no sweep has ended yet" in said.err
    assert cli.ok("doctor", "--now", LATE).out == ""
