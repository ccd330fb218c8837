from __future__ import annotations

import pytest

from launch_kits.board.follow_up import FollowUp
from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import KEYS, PMM, SLUG, at, brief_with, kit_with

NOW = at("01-11").isoformat()
SHORT = "warning: people are short of time: work is planned after its due days: 1 day of Pia"


@pytest.fixture(autouse=True)
def without_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first step of a launch takes time, and changes no date."""
    monkeypatch.setattr(
        "launch_kits.server.first_step.first_step",
        lambda *_, **__: (None, FollowUp()),
    )
    monkeypatch.setattr(
        "launch_kits.server.embedded.run_embedded", lambda *_, **__: None
    )


def dates(found: dict) -> dict[str, tuple[str, str]]:
    return {
        task["key"]: (task["planned_start"], task["planned_finish"])
        for task in found["tasks"]
    }


def test_a_dry_run_shows_the_dates_that_a_start_writes(cli: Cli, write, home):
    brief = write()
    dry = cli.ok("start", brief, "--dry-run", "--json", "--now", NOW).json
    assert not home.exists()
    assert (dry["launch"], dry["started"], dry["launch_on"]) == (
        SLUG,
        False,
        "2027-02-09",
    )
    assert dry["levelled"] == {
        "holds": True,
        "earliest_launch_on": None,
        "short_days": {},
    }
    assert tuple(dates(dry)) == KEYS
    started = cli.ok("start", brief, "--json", "--now", NOW).json
    assert started == {**dry, "started": True}
    status = cli.ok("status", SLUG, "--json", "--now", NOW).json
    assert dates(status) == dates(dry)
    again = cli.ok("start", brief, "--json", "--now", NOW).json
    assert again == {**dry, "started": False, "levelled": None}


def test_without_levelling_the_dates_are_the_earliest_ones(cli: Cli, write):
    plan = cli.ok("plan", write(), "--json").json
    words = ("start", write(), "--no-level", "--json", "--now", NOW)
    dry = cli.ok(*words, "--dry-run").json
    assert dates(dry) == {
        task["key"]: (task["start"], task["finish"]) for task in plan["tasks"]
    }
    assert dry["levelled"] is None
    assert dates(cli.ok(*words).json) == dates(dry)


def test_the_launches_that_run_are_taken_as_fixed(cli: Cli, write, database):
    kit = kit_with(only=["positioning"])
    open_launch(database, brief_with(launch="kestrel-3", kit=kit), now=at("01-11"))
    words = ("start", write(kit=kit), "--json", "--now", NOW)
    dry = cli.ok(*words, "--dry-run").json
    assert dates(dry) == {"positioning": ("2027-01-14", "2027-01-18")}
    assert dates(cli.ok(*words).json) == dates(dry)


def test_the_table_says_when_each_person_would_be_asked_in_that_order(cli: Cli, write):
    lines = cli.ok("start", write(), "--dry-run", "--now", NOW).out.splitlines()
    (heading,) = (line for line in lines if "Who" in line and "Due" in line)
    assert heading.split() == ["Asked", "on", "Who", "Task", "Planned", "Due"]
    (research,) = (line for line in lines if "Research" in line)
    # the small kit hands out at once, and levelling spreads the work of its owner
    assert research.split()[:4] == ["Mon", "11", "Jan", PMM]
    assert "20-21 Jan" in research


@pytest.mark.parametrize("words", [("--dry-run",), ()])
def test_people_who_are_short_of_days_are_said_once_with_the_remedy(
    cli: Cli, write, words
):
    brief = write(launch_on="2027-01-21")
    said = cli.ok("start", brief, *words, "--now", NOW)
    (line,) = (line for line in said.err.splitlines() if "short of time" in line)
    assert line.startswith(SHORT)
    by_people = "the earliest launch day on which people have time for the work is"
    assert f"{by_people} Fri 22 Jan 2027; give tasks to others" in line


def test_without_levelling_the_linter_says_it(cli: Cli, write):
    brief = write(launch_on="2027-01-21")
    said = cli.ok("start", brief, "--dry-run", "--no-level", "--now", NOW)
    assert SHORT not in said.err
    assert "Pia has 1 day of work after the due days, even with" in said.err


def test_a_dry_run_that_is_refused_prints_no_json(cli: Cli, write):
    words = ("start", write(launch_on="2027-01-20"), "--dry-run", "--json")
    assert "--accept-late" in cli.refused(*words, "--now", NOW)


def test_a_dry_run_names_the_person_who_acts_for_an_absent_owner(cli: Cli, write):
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["pmm"] |= {"away": [{"from": "2027-01-11", "to": "2027-01-12"}]}
    brief = write(team=team)
    text = cli.ok("start", brief, "--dry-run", "--now", NOW).out
    assert "ops@example.com for pmm@example.com" in " ".join(text.split())
