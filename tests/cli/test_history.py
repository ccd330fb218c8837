from __future__ import annotations

from datetime import datetime

from tests.cli.commands import Cli
from tests.launches import LEAD, NOW, PMM, SLUG, at

WEDNESDAY = at("01-13")


def test_history_as_text_names_the_changes(cli: Cli, flying):
    cli.ok(
        "extend", SLUG, "research", "--until", "2027-02-05", "--now", NOW.isoformat()
    )
    cli.ok(
        "extend",
        SLUG,
        "research",
        "--until",
        "2027-02-10",
        "--by",
        LEAD,
        "--now",
        NOW.isoformat(),
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
    assert "has until Fri 5 Feb 2027, due Mon 8 Feb 2027" in " ".join(said.split())
    assert "Mon 8 Feb 2027 → Wed 10 Feb 2027" in " ".join(said.split())
    assert "→ ops@example.com" in said


def test_history_is_told_oldest_first(cli: Cli, flying):
    cli.ok(
        "begin", SLUG, "research", "--note", "finally", "--now", WEDNESDAY.isoformat()
    )
    found = cli.ok("history", SLUG, "--json").json
    assert {tuple(event) for event in found} == {
        ("at", "by", "for", "door", "verb", "task", "note", "data")
    }
    assert found[0] | {"at": None, "data": None} == {
        "at": None,
        "by": LEAD,
        "for": None,
        "door": None,
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


def test_history_says_what_was_decided_checked_and_changed(cli: Cli, flying, write):
    at = ["--now", NOW.isoformat()]
    cli.ok("gate", SLUG, "story", "check", "everybody-tells-it", "--by", LEAD, *at)
    cli.ok("decide", SLUG, "no-go", "--note", "Too soon", *at)
    brief = write(summary="A falcon, but faster")
    cli.ok("update", SLUG, brief, "--apply", *at)
    cli.ok("move", SLUG, "--on", "2027-02-16", "--apply", *at)
    said = cli.ok("history", SLUG).out
    for text in (
        "The story stands: Everybody tells it",
        "no-go; Too soon",
        "in the brief: summary",
        "launch day Tue 9 Feb 2027 → Tue 16 Feb 2027",
    ):
        assert text in said
