from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import LEAD, LEGAL, PMM, SALES, SLUG, at, brief_with, kit_with

EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9"
NOW = ("--now", "2027-01-11T12:00:00-05:00")
ALONE = "This brief is counted alone, without running launches.\n"


def test_the_load_of_a_brief_is_levelled_and_says_that_it_is_alone(cli: Cli, write):
    said = cli.ok("load", write(), "--json", *NOW)
    assert said.err == ALONE
    (pmm,) = (one for one in said.json if one["owner"] == PMM)
    assert (pmm["capacity"], pmm["over_days"]) == (1, 0)
    first, second, *rest = pmm["weeks"]
    assert {name: first[name] for name in ("week", "from", "asked", "available")} == {
        "week": "2027-W02",
        "from": "2027-01-11",
        "asked": 5,
        "available": 5,
    }
    assert "falcon-2/positioning" in first["tasks"]
    assert [week["asked"] for week in (first, second, *rest)] == [5, 4, 0, 0, 0]


def test_its_dates_are_those_of_the_levelled_plan(cli: Cli):
    plan = cli.ok("plan", EXAMPLE / "brief.yaml", "--level", "--json").json
    loads = cli.ok("load", EXAMPLE, "--json", "--now", "2026-11-23T12:00:00-05:00").json
    weeks = {
        (task.partition("/")[2], week["from"])
        for one in loads
        for week in one["weeks"]
        for task in week["tasks"]
    }
    for task in plan["tasks"]:
        mondays = {monday for key, monday in weeks if key == task["key"]}
        if not task["days"]:
            assert mondays == set()
            continue
        start, finish = (
            date.fromisoformat(task[name])
            for name in ("planned_start", "planned_finish")
        )
        assert min(mondays) == _monday(start)
        assert max(mondays) == _monday(finish)
    assert sum(one["over_days"] for one in loads) == 0
    asked = sum(week["asked"] for one in loads for week in one["weeks"])
    assert asked == pytest.approx(
        sum(task["days"] * task["share"] for task in plan["tasks"])
    )


def _monday(day: date) -> str:
    return date.fromordinal(day.toordinal() - day.weekday()).isoformat()


def test_weeks_run_from_this_one_on(cli: Cli, write):
    later = ("--now", "2027-01-20T12:00:00-05:00")
    (pmm,) = (
        o for o in cli.ok("load", write(), "--json", *later).json if o["owner"] == PMM
    )
    assert pmm["weeks"][0]["from"] == "2027-01-18"
    assert pmm["weeks"][0]["asked"] == 4


def test_today_is_that_of_the_launch_s_time_zone(cli: Cli, write):
    # in New York it is still Sunday
    early = ("--now", "2027-01-11T04:00:00+00:00")
    found = cli.ok("load", write(), "--json", *early).json
    assert found[0]["weeks"][0]["from"] == "2027-01-04"


def test_the_table_has_people_by_week(cli: Cli, write):
    said = cli.ok("load", write(), *NOW)
    assert said.err == ALONE
    lines = said.out.splitlines()
    assert "Falcon 2" in lines[0]
    (heading,) = (line for line in lines if "Week" in line)
    assert heading.split() == ["Week", "From", "lead", "legal", "pmm", "sales"]
    (row,) = (line for line in lines if "2027-W02" in line)
    assert row.split() == ["2027-W02", "11", "Jan", "0/5", "2/5", "5/5", "0/5"]
    assert "Levelled, the plan holds" in said.out


def test_a_folder_with_one_brief_is_that_brief(cli: Cli, write, tmp_path):
    path = write()
    expected = cli.ok("load", path, "--json", *NOW).out
    (tmp_path / "notes.yaml").write_text("just: notes\n", encoding="utf-8")
    assert cli.ok("load", tmp_path, "--json", *NOW).out == expected
    write("other.yaml")
    assert "there are several briefs (brief.yaml, other.yaml); name one" in cli.refused(
        "load", tmp_path
    )
    (tmp_path / "empty").mkdir()
    assert "no brief in this folder; name a brief's file" in cli.refused(
        "load", "./empty"
    )
    assert "; the folder empty has no brief either" in cli.refused("load", "empty")


def test_an_unknown_launch_or_file_is_refused(cli: Cli, database):
    assert cli.refused("load", "falcon-2").startswith('no launch "falcon-2"')
    assert cli.refused("load", "missing.yaml").startswith("missing.yaml: no such file")


def test_without_a_launch_everyone_is_shown_with_all_they_have(cli: Cli, database):
    open_launch(database, brief_with(), now=at("01-11"))
    open_launch(database, brief_with(launch="kestrel-3"), now=at("01-11"))
    said = cli.ok("load", "--json", *NOW)
    assert said.err == ""
    assert [one["owner"] for one in said.json] == [LEAD, LEGAL, PMM, SALES]
    (pmm,) = (one for one in said.json if one["owner"] == PMM)
    assert pmm["over_days"] == 0
    assert sum(week["asked"] for week in pmm["weeks"]) == 18
    launches = {
        task.partition("/")[0] for week in pmm["weeks"] for task in week["tasks"]
    }
    assert launches == {SLUG, "kestrel-3"}


def test_the_owners_of_a_launch_are_shown_with_all_they_have(cli: Cli, database):
    kit = kit_with(only=["positioning"])
    open_launch(database, brief_with(), now=at("01-11"))
    open_launch(database, brief_with(launch="kestrel-3", kit=kit), now=at("01-11"))
    (pmm,) = cli.ok("load", "kestrel-3", "--json", *NOW).json
    assert (pmm["owner"], sum(week["asked"] for week in pmm["weeks"])) == (PMM, 12)
    said = cli.ok("load", "kestrel-3", *NOW)
    assert "Owners of kestrel-3, in all launches" in said.out
    assert "No one is asked for more than they have." in said.out


def test_people_who_are_asked_for_too_much_are_named(cli: Cli, database):
    open_launch(database, brief_with(), now=at("01-11"), level=False)
    said = cli.ok("load", *NOW)
    assert "All running launches" in said.out
    assert "Pia is asked for too much on 4 days." in said.out


def test_without_running_launches_no_one_is_shown(cli: Cli, database):
    assert cli.ok("load", "--json", *NOW).json == []
    assert "No work of a running launch is open." in cli.ok("load", *NOW).out


def test_a_persons_name_is_not_markup_in_a_heading(cli: Cli, write):
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["pmm"] = {**team["pmm"], "email": "[/channel]@x.example"}
    assert "[/channel]" in cli.ok("load", write(team=team), *NOW).out


def test_a_brief_is_counted_with_another_kit(cli: Cli):
    other = cli.ok("load", EXAMPLE, "--kit", "quiet_release", "--json", *NOW).json
    alone = cli.ok("load", EXAMPLE, "--json", *NOW).json
    assert 0 < sum(_asked(one) for one in other) < sum(_asked(one) for one in alone)
    said = cli.misused("load", "--kit", "quiet_release")
    assert "--kit goes with a brief; a launch keeps its kit" in said


def _asked(one: dict) -> float:
    return sum(week["asked"] for week in one["weeks"])
