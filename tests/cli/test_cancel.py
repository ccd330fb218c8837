from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import SLUG, at, dump, launch

NOW = at("01-11").isoformat()


MOVE = ("move", SLUG, "--on", "2027-02-16", "--now", NOW)


def test_a_launch_is_cancelled_once(cli: Cli, flying):
    said = cli.ok("cancel", SLUG, "--note", "no budget", "--now", NOW)
    assert f"{SLUG} is cancelled" in said.out
    assert "no budget" in said.err
    assert launch(flying).status == "cancelled"
    before = dump(flying)
    assert "already" in cli.ok("cancel", SLUG, "--now", NOW).out
    assert dump(flying) == before
    assert "cancelled" in cli.refused(*MOVE)
