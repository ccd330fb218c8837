from __future__ import annotations

import pytest

from tests.cli.commands import Cli
from tests.launches import LEAD, PMM, SLUG, at

NOW = at("01-12").isoformat()
AT_NOW = ("--now", NOW)


@pytest.fixture
def slipped(cli: Cli, flying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    why = ("--note", "The agency [of the fair] is late")
    by_lead = ("--by", LEAD, *AT_NOW)
    cli.ok(
        "extend", SLUG, "research", "--until", "2027-02-12", "--by", PMM, *why, *AT_NOW
    )
    cli.ok("approve", SLUG, "research", "--until", "2027-02-12", *why, *AT_NOW)
    on = ("--on", "2027-02-16", "--apply", "--note", "The venue is taken")
    cli.ok("move", SLUG, *on, *by_lead)


def test_a_launch_as_started_says_so(cli: Cli, flying):
    said = cli.ok("slips", SLUG, *AT_NOW).out
    assert "Launch day Tue 9 Feb 2027, as started." in said
    assert "No due day moved." in said


def test_slips_name_the_cause_the_owner_the_stage_and_the_reasons(cli: Cli, slipped):
    said = cli.ok("slips", SLUG, *AT_NOW).out
    assert max(map(len, said.splitlines())) <= 80
    joined = " ".join(said.split())
    assert "Launch day Tue 16 Feb 2027, 5 working days later" in joined
    assert "move +5 by Lee: The venue is taken" in joined
    for word in ("Cause", "Owner", "Stage", "Pia", "Story", "Mon 8 Feb"):
        assert word in said
    # without its reason, which is that of the launch day
    assert joined.count("The venue is taken") == 1
    assert "extend +4 by Lee" in joined
    assert "[of the" in said


def test_a_launch_moved_there_and_back_has_no_slips_to_list(cli: Cli, flying):
    for on in ("2027-02-16", "2027-02-09"):
        cli.ok("move", SLUG, "--on", on, "--apply", *AT_NOW)
    said = cli.ok("slips", SLUG, *AT_NOW).out
    assert "Launch day Tue 9 Feb 2027, moved and moved back:" in said
    assert "tasks moved and moved back." in said
    for word in ("Cause", "+0", "together"):
        assert word not in said


def test_the_json_of_a_launch_adds_up(cli: Cli, slipped):
    found = cli.ok("slips", SLUG, "--json").json
    assert list(found) == [
        "launch_on",
        "release_on",
        "tasks",
        "by_cause",
        "by_owner",
        "by_stage",
    ]
    assert found["launch_on"]["days"] == 5
    total = sum(task["days"] for task in found["tasks"])
    for name in ("by_cause", "by_owner", "by_stage"):
        assert sum(found[name].values()) == total
    (research,) = [task for task in found["tasks"] if task["key"] == "research"]
    assert [change["verb"] for change in research["changes"]] == ["extend", "move"]


def test_many_slips_are_counted(cli: Cli, slipped, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("launch_kits.cli.slips.TASKS", 2)
    said = cli.ok("slips", SLUG, *AT_NOW).out
    assert "Largest slips, 2 of 8" in said


def test_an_overdue_task_and_a_dropped_one_are_marked(cli: Cli, slipped, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    cli.ok("drop", SLUG, "training", "--by", LEAD, *AT_NOW)
    said = cli.ok("slips", SLUG, "--now", at("02-19").isoformat()).out
    assert "overdue" in said
    assert "dropped" in said


def test_a_launch_that_is_not_there_is_refused(cli: Cli, flying):
    assert "falcon-2" in cli.refused("slips", "falcon-3")
