from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from launch_kits.database.queries import find_launch
from launch_kits.verbs import begin, done, drop, extend, open_launch, reopen
from tests.cli.commands import TASK_KEYS, Cli, asked
from tests.launches import (
    KEYS,
    KIT,
    LEAD,
    NOW,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    kit_with,
)

WEDNESDAY = at("01-13")


HEAD_KEYS = [
    "launch",
    "product",
    "status",
    "launch_on",
    "readiness",
    "late",
    "state",
    "lands_on",
]


def test_status_has_its_keys_in_order(cli: Cli, flying):
    said = cli.ok(*asked("status", SLUG))
    assert said.err == ""
    assert list(said.json) == [
        *HEAD_KEYS,
        "because",
        "causes",
        "can_begin",
        "levelled",
        "warnings",
        "tasks",
        "gates",
        "verdict",
        "decision",
    ]
    assert [task["key"] for task in said.json["tasks"]] == list(KEYS)
    assert [list(task) for task in said.json["tasks"]] == [[*TASK_KEYS, "stale"]] * len(
        KEYS
    )
    assert {key: said.json[key] for key in HEAD_KEYS} == {
        "launch": SLUG,
        "product": "Falcon 2",
        "status": "running",
        "launch_on": "2027-02-09",
        "readiness": 0.0,
        "late": 0,
        "state": "on_track",
        "lands_on": "2027-02-09",
    }


def test_a_closed_task_has_no_float_and_is_not_late(cli: Cli, flying):
    done(flying, SLUG, "research", now=NOW)
    drop(flying, SLUG, "positioning", now=NOW)
    found = cli.ok(*asked("status", SLUG, now=at("02-20"))).json
    tasks = {task["key"]: task for task in found["tasks"]}
    for key, status in (("research", "done"), ("positioning", "dropped")):
        assert (tasks[key]["status"], tasks[key]["float"], tasks[key]["overdue"]) == (
            status,
            None,
            False,
        )
    assert found["readiness"] == pytest.approx(1 / 7, abs=1e-4)


def test_overdue_tasks_are_counted_as_late(cli: Cli, flying):
    before = cli.ok(*asked("status", SLUG)).json
    due = max(task["due"] for task in before["tasks"])
    after = cli.ok(*asked("status", SLUG, now=at(due, 23, 59))).json
    assert after["late"] == sum(task["overdue"] for task in after["tasks"]) > 0
    late = next(task for task in after["tasks"] if task["key"] == "positioning")
    assert late["overdue"]
    assert late["float"] < 0


def test_a_documents_place_is_absolute(cli: Cli, flying, home):
    cli.ok("done", SLUG, "positioning", "--now", NOW.isoformat())
    tasks = {task["key"]: task for task in cli.ok(*asked("status", SLUG)).json["tasks"]}
    place = Path(tasks["battlecard:kite"]["document"])
    assert place == home / "documents" / SLUG / "battlecard-kite.md"
    assert place.is_file()
    assert tasks["research"]["document"] is None


def test_status_as_text_names_the_folder_of_documents_once_there_are_any(
    cli: Cli, flying, home
):
    assert "Documents:" not in cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    cli.ok("done", SLUG, "positioning", "--now", NOW.isoformat())
    said = cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    assert said.endswith(f"\nDocuments: {home / 'documents' / SLUG}\n")
    assert said.count("Documents:") == 1


def test_status_without_a_launch_lists_all(cli: Cli, flying):
    open_launch(flying, brief_with(launch="falcon-3"), now=WEDNESDAY)
    found = cli.ok(*asked("status")).json
    assert [list(launch) for launch in found] == [[*HEAD_KEYS, "tasks_open"]] * 2
    assert {launch["launch"]: launch["tasks_open"] for launch in found} == {
        SLUG: 8,
        "falcon-3": 8,
    }


def test_status_without_any_launch_is_an_empty_list(cli: Cli):
    assert cli.ok("status", "--json").json == []
    assert cli.ok("tasks", "--json").json == []
    assert cli.ok("outbox", "--json").json == []
    assert "No launch runs" in cli.ok("status").out
    assert "No open tasks" in cli.ok("tasks").out


def test_status_as_text_lists_late_and_next_tasks(cli: Cli, flying):
    said = cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    assert "in 21 working days (29 days)" in said
    assert "nothing overdue" in said
    assert "Next" in said
    assert "Overdue" in cli.ok("status", SLUG, "--now", at("02-10").isoformat()).out
    assert (
        "29 days ago"
        in cli.ok("status", SLUG, "--now", at("2027-03-10").isoformat()).out
    )
    assert SLUG in cli.ok("status").out


def test_tasks_that_are_not_handed_out_come_last_and_are_said_to_be_for_later(
    cli: Cli, flying
):
    slow = brief_with(launch="kestrel", kit=KIT | {"handout": None})
    open_launch(flying, slow, now=NOW, level=False)
    done(flying, "kestrel", "positioning", now=NOW)
    found = cli.ok(*asked("status", "kestrel")).json
    handed_out = {task["key"]: task["handed_out"] for task in found["tasks"]}
    assert [key for key in KEYS if handed_out[key]] == ["positioning", "research"]
    assert {"legal_review", "battlecard:kite"} <= set(found["can_begin"])
    said = cli.ok("status", "kestrel", "--now", NOW.isoformat()).out
    head, _, later = said.partition("Later: ready, handed out when its planned start")
    assert "Research" in head
    assert "legal_review" not in head
    assert "legal_review" in later
    assert "14-15 Jan" in later
    listed = cli.ok("tasks", "--launch", "kestrel", "--now", NOW.isoformat()).out
    assert listed.index("training") < listed.index("Later: ready")
    assert listed.index("Later: ready") < listed.index("legal_review")
    begun = cli.ok("begin", "kestrel", "legal_review", "--now", NOW.isoformat())
    assert begun.code == 0
    after = cli.ok(*asked("status", "kestrel")).json["tasks"]
    assert [t["handed_out"] for t in after if t["key"] == "legal_review"] == [True]


def test_status_as_text_lists_blocked_tasks_with_their_reasons(cli: Cli, flying):
    cli.ok(
        "block",
        SLUG,
        "research",
        "--note",
        "No access to the deal notes",
        "--now",
        NOW.isoformat(),
    )
    said = cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    assert "1 blocked" in said
    assert "No access to the deal notes" in said


def test_status_of_a_launch_that_ended_counts_no_days(cli: Cli, flying):
    cli.ok("cancel", SLUG, "--now", NOW.isoformat())
    said = cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    assert "cancelled" in said
    assert "in 21 working days (29 days)" not in said
    assert "Next" not in said


def test_status_names_the_tasks_that_only_a_day_holds(cli: Cli, flying):
    early = "Can begin early, before its start day"
    assert early not in cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    for key in KEYS[1:-1]:
        drop(flying, SLUG, key, now=NOW)
    done(flying, SLUG, "positioning", now=NOW)
    reopen(flying, SLUG, "research", now=NOW)
    said = cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    assert "research" in said.partition(early)[0]
    assert "retro" in said.partition(early)[2]
    assert "Waiting for their turn: 0." in said
    found = cli.ok(*asked("status", SLUG)).json
    assert found["can_begin"] == ["research", "retro"]


def test_status_says_where_a_launch_lands_and_because_of_what(cli: Cli, flying):
    said = cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    assert "on track: lands on Tue 9 Feb 2027\n" in said
    morning = at("02-04")
    done(flying, SLUG, "positioning", now=morning)
    until = date(2027, 3, 5)
    extend(flying, SLUG, "training", until=until, by=LEAD, now=morning)
    friday = at("02-05")
    said = cli.ok("status", SLUG, "--now", friday.isoformat()).out
    assert (
        "as things stand: lands on Fri 5 Mar 2027, "
        'because of "Training" (+15 working days), "Positioning" (done late) (+3)'
    ) in said
    found = cli.ok(*asked("status", SLUG, now=friday)).json
    assert (found["state"], found["lands_on"]) == ("at_risk", "2027-03-05")
    assert found["because"] == [
        {"task": "training", "owner": SALES, "days": 15},
        {"task": "positioning", "owner": PMM, "days": 3},
    ]
    assert found["causes"] == [
        {"cause": "Training", "days": 15},
        {"cause": "Positioning (done late)", "days": 3},
    ]
    (listed,) = cli.ok(*asked("status", now=friday)).json
    assert (listed["state"], listed["lands_on"]) == ("at_risk", "2027-03-05")
    said = cli.ok("status", "--now", friday.isoformat()).out
    assert "at risk" in said
    assert "Fri 5 Mar 2027" in said


def test_status_says_that_no_day_holds(cli: Cli, flying):
    until = date(2031, 3, 5)
    extend(flying, SLUG, "training", until=until, by=LEAD, now=NOW)
    said = cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    assert "as things stand: no day of the next 500 working days holds" in said
    found = cli.ok(*asked("status", SLUG)).json
    assert (found["state"], found["lands_on"], found["because"]) == (
        "at_risk",
        None,
        [],
    )


def test_why_shows_the_chain_of_the_open_work(cli: Cli, flying):
    done(flying, SLUG, "positioning", now=at("02-04"))
    words = ["status", SLUG, "--why", "--now", at("02-05").isoformat()]
    said = cli.ok(*words).out
    assert "What drives the date" in said
    assert "waits for the task above, then 2 working days" in said
    assert "Lands on: the first day to which the launch would have to move" in said
    assert "working days behind" in said
    found = cli.ok(*words, "--json").json
    tasks = {task["key"]: task for task in found["tasks"]}
    assert [step["task"] for step in found["why"]] == ["legal_review", "training"]
    for step in found["why"]:
        task = tasks[step["task"]]
        assert (step["start"], step["finish"], step["float"]) == (
            task["expected_start"],
            task["expected_finish"],
            task["float"],
        )
    assert found["why"][-1]["limit"]["task"] == "go_live"
    assert "why" not in cli.ok(*asked("status", SLUG)).json


def test_why_needs_a_launch(cli: Cli, flying):
    said = cli("status", "--why")
    assert said.code == 2
    assert "--why needs a LAUNCH" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ["status", "falcon-3"],
        ["history", "falcon-3"],
        ["tasks", "--launch", "falcon-3"],
        ["render", "falcon-3"],
    ],
    ids=" ".join,
)
def test_an_unknown_launch_is_named_with_the_nearest(cli: Cli, flying, words):
    assert 'no launch "falcon-3"; did you mean "falcon-2"?' in cli.refused(*words)
    assert "falcon-2" in cli.refused("outbox", "--launch", "falcon-3")


def test_status_names_documents_that_are_out_of_date_until_they_are_rendered_again(
    cli: Cli, flying
):
    cli.ok("done", SLUG, "positioning", "--now", NOW.isoformat())
    said = cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    assert "out of date" not in said
    with flying.write() as session:
        launch = find_launch(session, SLUG, lock=True)
        launch.brief = {**launch.brief, "product": "Falcon 3"}
        session.add(launch)
    tasks = {
        task["key"]: task["stale"]
        for task in cli.ok(*asked("status", SLUG)).json["tasks"]
    }
    assert tasks["battlecard:kite"] == ["product"]
    assert tasks["positioning"] == []
    said = cli.ok("status", SLUG, "--now", NOW.isoformat()).out
    assert "battlecard:kite: product" in said
    err = cli.ok("render", SLUG, "battlecard:kite", "--now", NOW.isoformat()).err
    assert "battlecard:kite was out of date: product\n" in err
    assert "battlecard:osprey is out of date" not in err
    assert "1 other document is out of date\n" in err
    tasks = {
        task["key"]: task["stale"]
        for task in cli.ok(*asked("status", SLUG)).json["tasks"]
    }
    assert (tasks["battlecard:kite"], tasks["battlecard:osprey"]) == ([], ["product"])


def test_starts_that_are_over_are_not_shown_for_work_ahead(cli: Cli, flying):
    late = at("02-01")
    extend(flying, SLUG, "legal_review", until=date(2027, 2, 5), now=late)
    said = cli.ok("status", SLUG, "--now", late.isoformat()).out
    rows = [line for line in said.splitlines() if "research" in line]
    assert "1-2 Feb" in rows[0]
    assert "Jan" not in said
    said = cli.ok("tasks", "--launch", SLUG, "--now", late.isoformat()).out
    assert "Jan" not in said


def test_status_says_if_people_are_short_of_time(cli: Cli, database):
    """By its dates the launch is on track: they ignore what people have time for."""
    open_launch(database, brief_with(launch_on="2027-01-21"), now=NOW)
    said = " ".join(cli.ok("status", SLUG, "--now", NOW.isoformat()).out.split())
    assert (
        "short of people: lands on Thu 21 Jan 2027 People are short of time: " in said
    )
    assert "on which people have time for the work is Fri 22 Jan 2027" in said
    assert cli.ok(*asked("status", SLUG)).json["levelled"] == {
        "holds": False,
        "earliest_launch_on": "2027-01-22",
        "short_days": {PMM: 1},
    }
    said = " ".join(cli.ok("load", SLUG, "--now", NOW.isoformat()).out.split())
    assert "People are short of time: " in said


def test_status_names_the_same_state_in_the_list_and_of_the_launch(cli: Cli, database):
    """Begun work that clashes with another launch is a note, and not a state of its own."""
    at_start = NOW.isoformat()
    for slug in (SLUG, "kestrel-3"):
        kit = kit_with(only=["positioning"])
        open_launch(database, brief_with(launch=slug, kit=kit), now=NOW)
    begin(database, SLUG, "positioning", now=NOW)
    until = date(2027, 1, 15)
    extend(database, SLUG, "positioning", until=until, by=LEAD, now=NOW)
    said = " ".join(cli.ok("status", SLUG, "--now", at_start).out.split())
    assert "on track: lands on" in said
    assert "work that is begun asks for too much of Pia on 2 days" in said
    listed = cli.ok("status", "--now", at_start).out
    assert "on track" in listed
    assert "short of people" not in listed
    found = cli.ok(*asked("status", SLUG)).json
    assert found["state"] == "on_track"
    assert found["levelled"]["short_days"] == {}


def test_status_lists_open_requests_for_more_time(cli: Cli, database, flying):
    due = date(2027, 3, 26)
    extend(database, SLUG, "legal_review", until=due, now=NOW)
    said = " ".join(cli.ok("status", SLUG, "--now", NOW.isoformat()).out.split())
    assert "Lou asks for more time for legal_review: until Fri 26 Mar" in said
    assert f"`launch-kits approve {SLUG} legal_review --until {due}`" in said


def test_overdue_tasks_come_by_due_day(cli: Cli, flying):
    late = at("02-20").isoformat()
    said = cli.ok("status", SLUG, "--now", late).out
    dues = re.findall(
        r"(?:Mon|Tue|Wed|Thu|Fri) (\d+) (Jan|Feb)  ", said.partition("Waiting")[0]
    )
    days = [(month, int(number)) for number, month in dues]
    assert len(days) > 3
    assert days == sorted(days, key=lambda day: (day[0] == "Feb", day[1]))


def test_ended_launches_are_listed_with_all_alone(cli: Cli, flying):
    now = ["--now", NOW.isoformat()]
    cli.ok("end", SLUG, "--note", "Sold", *now)
    assert cli.ok("status", "--json", *now).json == []
    (ended,) = cli.ok("status", "--all", "--json", *now).json
    assert (ended["launch"], ended["status"]) == (SLUG, "done")
    assert cli.ok("status", SLUG, "--json", *now).json["status"] == "done"
