from __future__ import annotations

from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import KIT, NOW, SALES, SLUG, brief_with
from tests.verbs.test_gates import GATES

AT = ("--now", NOW.isoformat())


LINK = ("--link", "https://example.com/results")


def begun(database) -> None:
    stages = [stage | {"gate": GATES[stage["key"]]} for stage in KIT["stages"]]
    open_launch(database, brief_with(kit=KIT | {"stages": stages}), now=NOW)


def test_gates_are_shown_with_waivers_and_open_checks(cli: Cli, database):
    begun(database)
    cli.ok("gate", SLUG, "sales", "check", "1", *LINK, *AT)
    cli.ok(
        "waive", SLUG, "sales", "2", "--until", "2027-01-15", "--note", "Next week", *AT
    )
    said = cli.ok("gate", SLUG, *AT).out
    assert "The story stands  story · soft, before the next go · Lee · 1 open" in said
    assert "Sales can sell it  sales · hard, before the next go · Sam · passed" in said
    assert "waived until Fri 15 Jan 2027 by Lee: Next week" in said
    assert "Ready to go" in said
    one = cli.ok("gate", SLUG, "story", *AT).out
    assert "Sales can sell it" not in one
    (check, waived) = cli.ok("gate", SLUG, "--json", *AT).json[1]["checks"]
    assert (check["n"], check["met"], check["by"], check["link"]) == (
        1,
        True,
        SALES,
        LINK[1],
    )
    assert (waived["met"], waived["waived_until"]) == (False, "2027-01-15")
    cli.ok(
        "waive", SLUG, "sales", "cards-are-read", "--until", "+9d", "--note", "x", *AT
    )
    (story,) = cli.ok("gate", SLUG, "story", "--json", *AT).json
    assert story["stage"] == "story"
