from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import NOW, SALES, SLUG


def test_end_closes_a_launch(cli: Cli, flying):
    now = ["--now", NOW.isoformat()]
    said = cli.ok("end", SLUG, "--note", "The product was sold", *now)
    assert said.out == f"{SLUG} is done; 8 open tasks dropped\n"
    again = cli.ok("end", SLUG, "--note", "Twice", *now)
    assert again.out == f"{SLUG} is done already; nothing changed\n"


def test_end_needs_a_reason_and_the_lead(cli: Cli, flying):
    assert "--note" in cli.misused("end", SLUG)
    assert "say with --note why" in cli.refused("end", SLUG, "--note", " ")
    assert "may not end" in cli.refused("end", SLUG, "--note", "No", "--by", SALES)
