from __future__ import annotations

from datetime import datetime

from launch_kits.verbs import done, open_launch
from tests.cli.commands import Cli
from tests.launches import LEAD, LEGAL, NOW, PMM, SALES, SLUG, brief_with

TASK_KEYS = [
    "key",
    "stage",
    "title",
    "status",
    "owner",
    "due",
    "overdue",
    "float",
    "planned_start",
    "planned_finish",
    "expected_start",
    "expected_finish",
    "handed_out",
    "document",
]


def asked(*words: str, now: datetime = NOW) -> list[str]:
    return [*words, "--now", now.isoformat(), "--json"]


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
