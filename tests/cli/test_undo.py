from __future__ import annotations

from datetime import timedelta

from tests.cli.commands import Cli
from tests.launches import LEAD, NOW, PMM, SLUG, status


def test_undo_takes_the_last_change_back(cli: Cli, flying):
    now = ["--now", NOW.isoformat()]
    cli.ok("begin", SLUG, "positioning", *now)
    assert "no act" in cli.refused("undo", SLUG, "--by", LEAD, *now)
    said = cli.ok("undo", SLUG, *now)
    assert said.out == f"undone: {PMM} started it (positioning)\n"
    assert status(flying, "positioning") == "ready"


def test_undo_names_the_time_that_is_over(cli: Cli, flying):
    cli.ok("begin", SLUG, "positioning", "--now", NOW.isoformat())
    late = (NOW + timedelta(minutes=11)).isoformat()
    assert "the last 10 minutes" in cli.refused("undo", SLUG, "--now", late)
