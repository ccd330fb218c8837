from __future__ import annotations

import csv
import io
from datetime import datetime

from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import LEAD, NOW, PMM, SLUG, at, brief_with

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
        ("at", "by", "for", "door", "verb", "task", "note", "undone", "data")
    }
    assert found[0] | {"at": None, "data": None} == {
        "at": None,
        "by": LEAD,
        "for": None,
        "door": None,
        "verb": "start",
        "task": None,
        "note": None,
        "undone": False,
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


def test_history_of_all_launches_for_an_audit(cli: Cli, flying):
    open_launch(flying, brief_with(launch="falcon-3"), now=WEDNESDAY)
    note = "=1+1"
    cli.ok("note", SLUG, "research", "--note", note, "--now", at("01-14").isoformat())
    found = cli.ok("history", "--all", "--json").json
    assert list(found[0]) == [
        *(
            "launch",
            "at",
            "by",
            "for",
            "door",
            "verb",
            "task",
            "note",
            "undone",
            "data",
            "from",
        )
    ]
    assert {each["launch"] for each in found} == {SLUG, "falcon-3"}
    late = cli.ok("history", "--all", "--since", "2027-01-14", "--format", "json").json
    shown = [(each["verb"], each["note"], each["door"], each["from"]) for each in late]
    assert shown == [("note", note, "cli", "pia@desk-4")]
    table = cli.ok("history", "--all", "--since", "2027-01-14", "--format", "csv").out
    head = csv.DictReader(io.StringIO(table)).fieldnames
    row = [*csv.DictReader(io.StringIO(table))]
    assert head == list(found[0])
    assert [(each["launch"], each["note"]) for each in row] == [(SLUG, f"'{note}")]
    assert "falcon-3" in cli.ok("history", "--all").out
    one = cli.ok("history", SLUG, "--since", "2027-01-14T00:00:00+00:00", "--json")
    assert len(one.json) == 1


def test_history_is_of_one_launch_or_of_all(cli: Cli, flying):
    assert "name a LAUNCH, or give --all" in cli.misused("history")
    assert "name a LAUNCH, or give --all" in cli.misused("history", SLUG, "--all")
    said = cli.misused("history", "--all", "--since", "2027-01-14T00:00")
    assert "is not a day or an instant" in said
