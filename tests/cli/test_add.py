from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import LEAD, NOW, PMM, SLUG, events

AT = ("--now", NOW.isoformat())


def test_a_task_is_added(cli: Cli, flying):
    said = cli.ok(
        "add",
        SLUG,
        "--title",
        "Ask two customers",
        "--role",
        "pmm",
        "--after",
        "positioning",
        "--before",
        "training",
        *AT,
    )
    assert said.out.startswith(f"ask_two_customers is added: {PMM}, due ")
    assert events(flying, verb="add")[0].by == LEAD
    assert "did you mean" in cli.refused(
        "add", SLUG, "--title", "X", "--after", "positionin", *AT
    )
    cli.misused("add", SLUG, *AT)
