from __future__ import annotations

from datetime import date

from launch_kits.verbs import done, extend, open_launch
from tests.cli.commands import TASK_KEYS, Cli, asked
from tests.launches import LEAD, LEGAL, NOW, PMM, SALES, SLUG, brief_with


def test_tasks_are_statuss_with_their_launch(cli: Cli, flying):
    open_launch(flying, brief_with(launch="falcon-3"), now=NOW)
    done(flying, SLUG, "research", now=NOW)
    found = cli.ok(*asked("tasks")).json
    assert {tuple(task) for task in found} == {("launch", *TASK_KEYS)}
    assert len(found) == 15
    assert [task["due"] for task in found] == sorted(task["due"] for task in found)
    assert {
        task["launch"] for task in cli.ok(*asked("tasks", "--launch", SLUG)).json
    } == {SLUG}
    sales = cli.ok(*asked("tasks", "--owner", SALES)).json
    assert [(task["owner"], task["key"]) for task in sales] == [(SALES, "training")] * 2
    assert cli.ok(*asked("tasks", "--owner", SALES.upper())).json == sales
    assert cli.ok(*asked("tasks", "--owner", "nobody@example.com")).json == []
    assert SLUG in cli.ok("tasks", "--owner", SALES).out


def test_an_owner_without_tasks_is_told_of_the_nearest_who_has_some(cli: Cli, flying):
    told = "No open task is owned by nobody@example.com; owners: "
    assert (
        cli.ok("tasks", "--owner", "nobody@example.com").out
        == f"{told}{LEAD}, {LEGAL}, {PMM}, {SALES}\n"
    )
    near = cli.ok("tasks", "--owner", "pm@example.com")
    assert (near.out, near.err) == (
        f'No open task is owned by pm@example.com; did you mean "{PMM}"?\n',
        "",
    )
    assert cli.ok("tasks", "--owner", "pm@example.com", "--json").json == []


def test_tasks_leaves_cancelled_launches_out(cli: Cli, flying):
    cli.ok("cancel", SLUG, "--now", NOW.isoformat())
    assert cli.ok(*asked("tasks")).json == []
    assert cli.ok(*asked("status", SLUG)).json["status"] == "cancelled"


def test_tasks_are_filtered_and_what_is_fixed_is_said_once(cli: Cli, flying):
    at = ["--now", NOW.isoformat()]
    at_end = "2027-02-20T10:00:00-05:00"
    said = cli.ok("tasks", "--launch", SLUG, "--owner", PMM, "--status", "ready", *at)
    first, *rows = said.out.splitlines()
    assert first == f"{SLUG} · {PMM} · ready: 2 tasks"
    table = "\n".join(rows)
    assert "Positioning" in table
    for repeated in ("Launch", "Owner", "Status", "Pia", "ready", SLUG):
        assert repeated not in table
    found = cli.ok(*asked("tasks", "--stage", "sales,launch", "--role", "lead")).json
    assert [task["key"] for task in found] == ["go_live", "retro"]
    late = cli.ok("tasks", "--status", "overdue", "--now", at_end).out
    assert late.count("overdue") == 1
    week = cli.ok("tasks", "--week", "2027-W06", *at).out
    assert week.startswith("due in week 2027-W06: ")


def test_an_unknown_stage_role_status_or_week_is_named(cli: Cli, flying):
    at = ["--now", NOW.isoformat()]
    told = cli.refused("tasks", "--stage", "storey", *at)
    assert 'unknown stage "storey"; did you mean "story"?' in told
    assert 'unknown role "pm"; did you mean "pmm"?' in cli.refused(
        "tasks", "--role", "pm", *at
    )
    assert "overdue, later" in cli.refused("tasks", "--status", "x", *at)
    assert "is not a week" in cli.refused("tasks", "--week", "soon", *at)
    none = cli.ok("tasks", "--status", "review,blocked", "--week", "next", *at)
    assert none.out == "No such task: review or blocked · due next week.\n"


def test_requests_for_more_time_are_shown_below_the_tasks(cli: Cli, flying):
    until = date(2027, 2, 12)
    extend(flying, SLUG, "training", until=until, now=NOW)
    words = "Sam asks for more time for training: until Fri 12 Feb"
    shown = ["tasks", "--now", NOW.isoformat()]
    for options in ([], ["--owner", "sales@example.com"]):
        assert words in " ".join(cli.ok(*shown, *options).out.split())
    assert words not in cli.ok(*shown, "--owner", "pmm@example.com").out
    found = cli.ok(*asked("tasks")).json
    assert {
        task["key"]: task["asked_until"] for task in found if task["asked_until"]
    } == {"training": "2027-02-12"}
