from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.in_words import day as day_in_words
from tests.cli.commands import Cli
from tests.launches import KIT, kit_with

EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9"


BRIEF = EXAMPLE / "brief.yaml"


PLAN_KEYS = [
    "launch",
    "product",
    "kit",
    "begin_on",
    "release_on",
    "launch_on",
    "feasible",
    "late_by",
    "earliest_launch_on",
    "levelled",
    "overloaded",
    "warnings",
    "tasks",
]


TASK_KEYS = [
    "key",
    "stage",
    "title",
    "role",
    "owner",
    "days",
    "after",
    "anchor",
    "start",
    "finish",
    "start_by",
    "due",
    "float",
    "critical",
    "share",
    "planned_start",
    "planned_finish",
]


NOW = ("--now", "2026-11-23T12:00:00-05:00")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example, to be spoilt."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example")) / "brief.yaml"


def spoil(path: Path, old: str, new: str) -> int:
    """Write something differently; gives its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_plan_as_json_has_its_keys_in_order(cli: Cli):
    said = cli.ok("plan", BRIEF, "--json", *NOW)
    assert said.err == ""
    assert list(said.json) == PLAN_KEYS
    assert {tuple(task) for task in said.json["tasks"]} == {tuple(TASK_KEYS)}
    assert said.json["earliest_launch_on"] is None
    assert (said.json["feasible"], said.json["late_by"], said.json["warnings"]) == (
        True,
        0,
        [],
    )
    battlecard = next(
        task for task in said.json["tasks"] if task["key"] == "battlecard:redis"
    )
    assert battlecard["owner"] == "pmm@example.com"
    assert isinstance(battlecard["after"], list)
    assert isinstance(battlecard["float"], int)


def test_check_and_plan_tell_the_findings_of_the_linter(cli: Cli, example):
    line = spoil(
        example,
        "summary: The open source",
        "summary: Out on Monday 2 March 2027, the best open source",
    )
    said = cli("check", example, "--json", *NOW)
    assert said.code == 1
    assert [(fault["line"], fault["code"]) for fault in said.json["faults"]] == [
        (line, "wrong-weekday")
    ]
    assert [(fault["line"], fault["code"]) for fault in said.json["warnings"]] == [
        (line, "superlative-without-proof")
    ]
    planned = cli.ok("plan", example, "--json", *NOW).json["warnings"]
    assert planned == [*said.json["faults"], *said.json["warnings"]]
    assert f"{example}:{line}: warning: " in cli.ok("plan", example, *NOW).err


def test_the_plan_as_a_table_keeps_warnings_off_stdout(cli: Cli, example):
    spoil(example, "launch_on: 2027-03-02", "launch_on: 2027-03-06")
    said = cli.ok("plan", example, *NOW)
    assert "Valkey 9.0" in said.out
    assert "The plan holds." in said.out
    assert "warning:" not in said.out
    assert said.err.startswith(f"{example}:")
    assert ": warning: launch_on Sat 6 Mar 2027 is not a working day" in said.err


def test_the_release_keeps_its_distance_in_working_days(cli: Cli):
    calendar = Calendar(
        country="US", blackouts=[(date(2026, 12, 24), date(2027, 1, 1))]
    )
    before = cli.ok("plan", BRIEF, "--json").json
    after = cli.ok("plan", BRIEF, "--on", "2027-04-06", "--json").json
    days = [
        calendar.count(
            date.fromisoformat(plan["release_on"]),
            date.fromisoformat(plan["launch_on"]),
        )
        for plan in (before, after)
    ]
    assert after["launch_on"] == "2027-04-06"
    assert days[0] == days[1]


@pytest.mark.parametrize(
    ("written", "day"),
    [("+12w", "2027-02-16"), ("+100d", "2027-03-04"), ("+0d", "2026-11-24")],
)
def test_days_are_counted_from_today_in_the_launch_s_time_zone(cli: Cli, written, day):
    # In New York it is still the 24th.
    plan = cli.ok(
        "plan", BRIEF, "--on", written, "--now", "2026-11-25T04:59:00+00:00", "--json"
    ).json
    assert plan["launch_on"] == day


@pytest.mark.parametrize(
    "written",
    ["tomorrow", "2027-02-30", "+12", "12w", "+99999w", "", "2027-3-2", "+-3d"],
)
def test_text_that_is_not_a_day_is_refused(cli: Cli, written):
    assert "is not a date; use a value like" in cli.refused(
        "plan", BRIEF, "--on", written
    )


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1800-01-01"])
def test_a_day_out_of_bounds_is_refused(cli: Cli, day):
    assert "years 1900 to 2199" in cli.refused("plan", BRIEF, "--on", day)
    assert "years 1900 to 2199" in cli.refused("plan", BRIEF, "--begin", day)


def test_work_begins_when_it_is_told_to(cli: Cli):
    plan = cli.ok("plan", BRIEF, "--begin", "2026-12-07", "--json").json
    assert plan["begin_on"] == "2026-12-07"
    assert min(task["start"] for task in plan["tasks"]) == "2026-12-07"


def test_a_plan_begins_today_if_the_brief_does_not_say(cli: Cli, example):
    spoil(example, "begin_on: 2026-11-23", "# begin_on: 2026-11-23")
    plan = cli.ok("plan", example, "--now", "2026-11-30T12:00:00-05:00", "--json").json
    assert plan["begin_on"] == "2026-11-30"


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2027-01-11", ""),
        (
            "2027-01-12",
            (
                "Mon 11 Jan 2027 is past: started today, the plan would hold with a "
                "least float of {} working"
            ),
        ),
        (
            "2027-02-08",
            (
                "Mon 11 Jan 2027 is past: started today, the plan would not hold: "
                "it would be {} working days"
            ),
        ),
    ],
)
def test_a_plan_from_a_past_day_says_how_it_would_differ_if_started_today(
    cli: Cli, write, today, told
):
    brief = write(kit=kit_with(only=["positioning", "research"]))
    now = ("--now", f"{today}T12:00:00-05:00")
    begun = cli.ok("plan", brief, "--begin", "+0d", "--json", *now).json
    said = cli.ok("plan", brief, *now)
    assert "The plan holds." in said.out
    assert ("is past" in said.out) == bool(told)
    assert told.format(
        begun["late_by"] or min(task["float"] for task in begun["tasks"])
    ) in " ".join(said.out.split())
    assert said.err == ""
    plan = cli.ok("plan", brief, "--json", *now).json
    assert (plan["begin_on"], plan["feasible"]) == ("2027-01-11", True)


def test_a_plan_that_could_not_be_started_today_names_the_day_that_could(cli: Cli):
    now = ("--now", "2027-02-08T12:00:00-05:00")
    earliest = cli.ok("plan", BRIEF, "--begin", "+0d", *now, "--json").json[
        "earliest_launch_on"
    ]
    said = " ".join(cli.ok("plan", BRIEF, *now).out.split())
    on = day_in_words(date.fromisoformat(earliest))
    assert f"; the earliest launch day that would hold is {on}." in said


def test_a_plan_that_does_not_hold_is_an_answer(cli: Cli):
    said = cli.ok("plan", BRIEF, "--on", "2026-12-15", "--json")
    assert said.json["feasible"] is False
    assert said.json["late_by"] > 0
    earliest = said.json["earliest_launch_on"]
    assert cli.ok("plan", BRIEF, "--on", earliest, "--json").json["feasible"]
    assert "The plan does not hold:" in cli.ok("plan", BRIEF, "--on", "2026-12-15").out


def test_the_earliest_day_is_given_when_asked_for(cli: Cli):
    plan = cli.ok("plan", BRIEF, "--earliest", "--json").json
    assert plan["feasible"]
    assert "2026-11-23" < plan["earliest_launch_on"] <= plan["launch_on"]
    assert (
        "The earliest launch day that holds" in cli.ok("plan", BRIEF, "--earliest").out
    )


def test_why_shows_the_chain_that_drives_the_date(cli: Cli):
    plan = cli.ok("plan", BRIEF, "--why", "--json").json
    tasks = {task["key"]: task for task in plan["tasks"]}
    steps = plan["why"]
    assert steps
    for before, step in zip([None, *steps], steps, strict=False):
        task = tasks[step["task"]]
        assert task["days"] > 0
        assert {name: step[name] for name in ("start", "finish", "float")} == {
            name: task[name] for name in ("start", "finish", "float")
        }
        assert before is None or step["waits_for"] == before["task"]
    assert steps[-1]["float"] == min(
        task["float"] for task in tasks.values() if task["days"]
    )
    assert steps[-1]["limit"]["task"] in tasks
    said = cli.ok("plan", BRIEF, "--why").out
    watched, _, fixed = said.partition("The last days, which are fixed")
    assert "Work to watch" in watched
    assert plan["watch"][-1]["task"] in watched
    assert steps[-1]["task"] in fixed
    floats = [step["float"] for step in plan["watch"]]
    assert min(floats) > steps[-1]["float"]


def test_without_levelling_the_planned_dates_are_the_earliest(cli: Cli, write):
    plan = cli.ok("plan", write(), "--json", *NOW).json
    assert plan["levelled"] is None
    assert all(
        (task["planned_start"], task["planned_finish"])
        == (task["start"], task["finish"])
        for task in plan["tasks"]
    )
    week = {"week": "2027-W02", "from": "2027-01-11", "asked": 9, "available": 5}
    assert plan["overloaded"] == [{"owner": "pmm@example.com", **week}]


def test_levelling_moves_planned_dates_and_nothing_else(cli: Cli, write):
    path = write()
    plan, levelled = (
        cli.ok("plan", path, *words, "--json", *NOW).json
        for words in ((), ("--level",))
    )
    assert levelled["levelled"] == {
        "holds": True,
        "earliest_launch_on": None,
        "short_days": {},
    }
    assert levelled["overloaded"] == []
    planned = ("planned_start", "planned_finish")
    for before, after in zip(plan["tasks"], levelled["tasks"], strict=True):
        assert {key: before[key] for key in before if key not in planned} == {
            key: after[key] for key in after if key not in planned
        }
        assert after["start"] <= after["planned_start"] <= after["planned_finish"]
        assert after["planned_finish"] <= after["due"]


def test_work_that_does_not_fit_is_an_answer_with_the_day_that_holds(cli: Cli, write):
    path = write(launch_on="2027-01-21")
    plan = cli.ok("plan", path, "--level", "--json", *NOW).json
    assert plan["feasible"]
    assert plan["levelled"] == {
        "holds": False,
        "earliest_launch_on": "2027-01-22",
        "short_days": {"pmm@example.com": 1},
    }
    assert [warning["code"] for warning in plan["warnings"]] == ["overcommitted"]
    said = cli.ok("plan", path, "--level", *NOW)
    assert "Pia has 1 day of work after the due days" in said.err
    assert (
        "Levelled, the plan does not hold: work is planned after its due days: 1 day of "
        "Pia." in " ".join(said.out.split())
    )
    by_people = "The earliest launch day on which people have time for the work is"
    assert f"{by_people} Fri 22 Jan 2027." in " ".join(said.out.split())
    both = cli.ok("plan", path, "--level", "--earliest", *NOW)
    days = " ".join(both.out.split())
    for words in (
        by_people,
        "The earliest launch day that holds by the dates alone is",
    ):
        assert days.count(words) == 1
    assert days.lower().count("earliest launch day") == 2
    assert "Pia: 9 days of work in 9 working days." in said.out
    assert cli.ok("plan", path, "--on", "2027-01-22", *NOW).err == ""


def test_the_tables_show_the_levelled_dates(cli: Cli, write):
    path = write()
    plan = cli.ok("plan", path, "--level", "--json", *NOW).json
    (task,) = (each for each in plan["tasks"] if each["key"] == "research")
    day = date.fromisoformat(task["planned_finish"])
    (row,) = (
        line
        for line in cli.ok("plan", path, "--level", *NOW).out.splitlines()
        if "Research" in line
    )
    assert day_in_words(day, today=day) in row
    assert task["planned_finish"] != task["finish"]


def test_another_kit_is_named_relative_to_the_current_folder(cli: Cli, tmp_path):
    (tmp_path / "small.yaml").write_text(yaml.safe_dump(KIT), encoding="utf-8")
    plan = cli.ok("plan", BRIEF, "--kit", "small.yaml", "--json").json
    assert plan["kit"] == "small"
    assert "battlecard:redis" in {task["key"] for task in plan["tasks"]}
    assert cli.refused("plan", BRIEF, "--kit", "large.yaml").startswith(
        "large.yaml: no such file"
    )


@pytest.mark.parametrize("command", ["plan", "start"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "not UTF-8"),
        (b"launch: [a", "the [ is not closed"),
        (b"%YAML 3\n---\nlaunch: x", "not valid YAML"),
        (b"- launch", "key: value"),
        (b"just words", "key: value"),
        (b"launch: x\n", '"product" is missing'),
    ],
)
def test_a_broken_brief_is_refused_in_words(cli: Cli, tmp_path, command, content, said):
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    told = cli.refused(command, path)
    assert told.startswith(f"{path}:")
    assert said in told


@pytest.mark.parametrize("command", ["plan", "start", "render"])
def test_a_folder_without_a_brief_is_refused(cli: Cli, tmp_path, command):
    (tmp_path / "folder.yaml").mkdir()
    assert (
        cli.refused(command, "folder.yaml")
        == "folder.yaml: there is no brief in this folder; name a brief's file\n"
    )


def test_a_folder_means_the_one_brief_in_it(cli: Cli, write, tmp_path):
    by_file = cli.ok("plan", write(), "--json", *NOW).json
    assert cli.ok("plan", tmp_path, "--json", *NOW).json == by_file
    assert "Nothing was started" in cli.ok("start", ".", "--dry-run", *NOW).out
    write("other.yaml", launch="falcon-3")
    told = cli.refused("start", tmp_path, *NOW)
    assert "several briefs (brief.yaml, other.yaml); name one of them" in told


def test_days_tried_out_bring_no_warning_that_the_brief_could_not_mend(
    cli: Cli, example
):
    for weeks in range(13, 30):
        said = cli.ok(
            "plan",
            example,
            "--begin",
            "2026-11-25",
            "--on",
            f"+{weeks}w",
            "--now",
            "2026-11-25T12:00:00Z",
        )
        assert "due-on-day-off" not in said.err
        assert "holiday or blackout" not in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("check", "pipe.yaml"),
        ("plan", "pipe.yaml"),
        ("start", "pipe.yaml"),
        ("render", "pipe.yaml"),
        ("claims", "stale", "pipe.yaml"),
        ("plan", "brief.yaml", "--kit", "pipe.yaml"),
        ("plan", "other.yaml"),
        (
            "init",
            "begun",
            "--product",
            "X",
            "--lead",
            "Lee",
            "--email",
            "lee@example.com",
            "--yes",
        ),
    ],
)
def test_a_pipe_is_refused_at_once(cli: Cli, write, tmp_path, words):
    write()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "begun").mkdir()
    os.mkfifo(tmp_path / "begun" / "brief.yaml")
    text = (tmp_path / "brief.yaml").read_text()
    other = yaml.safe_load(text)
    other["kit"] = "pipe.yaml"
    (tmp_path / "other.yaml").write_text(yaml.safe_dump(other, sort_keys=False))
    told = cli(*words)
    assert told.code == 1
    assert "pipe" in told.out + told.err or "is there already" in told.err
