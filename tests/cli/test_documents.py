from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import SLUG, at

MORNING = at("01-13").isoformat()


def test_documents_are_listed_with_their_state(cli: Cli, flying) -> None:
    said = cli.ok("documents", SLUG, "--now", MORNING).out
    assert "battlecard:kite" in said
    assert "not written yet" in said


def test_documents_of_an_unknown_launch_are_refused(cli: Cli, flying) -> None:
    assert "no launch" in cli.refused("documents", "falcon-3")
