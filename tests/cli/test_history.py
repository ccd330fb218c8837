from __future__ import annotations

from datetime import datetime

from tests.cli.commands import Cli
from tests.launches import LEAD, NOW, PMM, SLUG, at

WEDNESDAY = at("01-13")


def test_history_as_text_names_the_changes(cli: Cli, flying):
    cli.ok(
        "extend", SLUG, "research", "--until", "2027-02-10", "--now", NOW.isoformat()
    )
    cli.ok(
        "reassign",
        SLUG,
        "research",
        "--to",
        "ops",
        "--by",
        LEAD,
        "--now",
        NOW.isoformat(),
    )
    said = cli.ok("history", SLUG).out
    assert "2027-02-08 → 2027-02-10" in said
    assert "→ ops@example.com" in said


def test_history_is_told_oldest_first(cli: Cli, flying):
    cli.ok(
        "begin", SLUG, "research", "--note", "finally", "--now", WEDNESDAY.isoformat()
    )
    found = cli.ok("history", SLUG, "--json").json
    assert {tuple(event) for event in found} == {
        ("at", "by", "for", "verb", "task", "note", "data")
    }
    assert found[0] | {"at": None, "data": None} == {
        "at": None,
        "by": LEAD,
        "for": None,
        "verb": "start",
        "task": None,
        "note": None,
        "data": None,
    }
    assert [event["at"] for event in found] == sorted(event["at"] for event in found)
    assert all(datetime.fromisoformat(event["at"]).tzinfo for event in found)
    (begun,) = [event for event in found if event["verb"] == "begin"]
    assert datetime.fromisoformat(begun["at"]) == WEDNESDAY
    assert (begun["by"], begun["task"], begun["note"]) == (PMM, "research", "finally")
    assert "finally" in cli.ok("history", SLUG).out
