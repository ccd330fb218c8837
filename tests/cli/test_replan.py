from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import LEAD, SLUG, at, dump, events

LATER = at("01-25").isoformat()


def test_status_offers_one_command_that_gives_days_which_can_be_kept(cli: Cli, flying):
    said = cli.ok("status", SLUG, "--now", LATER).out
    assert "whose planned days can no longer be kept: of " in said
    assert f"`launch-kits replan {SLUG}` plans them again" in said
    before = dump(flying)
    tried = cli.ok("replan", SLUG, "--dry-run", "--now", LATER).out
    assert dump(flying) == before
    found = cli.ok("replan", SLUG, "--note", "Pia was ill", "--now", LATER).out
    for text in (tried, found):
        assert "is planned again" in text
        assert "other planned days than before: of " in text
        assert "Told: no one." in text
    (event,) = events(flying, verb="move")
    assert (event.by, event.note) == (LEAD, "Pia was ill")
    said = cli.ok("status", SLUG, "--now", LATER).out
    assert "can no longer be kept" not in said
    assert "planned again" in cli.ok("history", SLUG).out
    again = cli.ok("replan", SLUG, "--now", LATER).out
    assert "is planned so already; nothing changed" in again
    cli.ok("undo", SLUG, "--now", LATER)
    assert "can no longer be kept" in cli.ok("status", SLUG, "--now", LATER).out
