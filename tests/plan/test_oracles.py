"""Plans computed by others.

69 networks with the dates of Microsoft Project (INSISOC/MPSPLIBtoMPP, CC BY 4.0), and the release
plan of Fedora 20 with those of TaskJuggler (taskjuggler/TaskJuggler, examples/Fedora-20, MIT,
Poelstra and Bergeron 2011).
"""

import json
import os
import tarfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from launch_kits.plan import PlanInput, Predecessor, Work, schedule
from launch_kits.workdays.calendar import Calendar

#: a folder beside the repository that holds them, unless the environment names one
BESIDE = next(Path(__file__).parents[3].glob("*/oracles/"), Path("oracles"))
ORACLES = Path(os.environ.get("LAUNCH_KITS_ORACLES") or BESIDE)
ARCHIVE = ORACLES / "msproject.tar.xz"
FEDORA = ORACLES / "fedora20.json"

pytestmark = pytest.mark.skipif(
    not (ARCHIVE.exists() and FEDORA.exists()),
    reason=f"no oracles in {ORACLES}; set LAUNCH_KITS_ORACLES",
)


class Task(TypedDict):
    id: int
    dur_d: float
    preds: list[tuple[int, str, float]]
    start: str
    finish: str
    total_slack_d: float
    critical: bool


@cache
def networks() -> dict[str, list[Task]]:
    def read() -> Iterator[tuple[str, list[Task]]]:
        with tarfile.open(ARCHIVE) as archive:
            for member in archive:
                file = (
                    archive.extractfile(member)
                    if member.name.endswith(".json")
                    else None
                )
                if file:
                    yield Path(member.name).stem, json.load(file)["tasks"]

    return dict(read())


def day(instant: str) -> date:
    return date.fromisoformat(instant[:10])


def test_all_69_networks_are_there() -> None:
    assert len(networks()) == 69


def test_start_finish_float_and_critical_are_those_of_microsoft_project() -> None:
    calendar = Calendar()
    compared = 0
    for name, tasks in networks().items():
        begin_on = min(day(task["start"]) for task in tasks)
        launch_on = calendar.shift(max(day(task["finish"]) for task in tasks), 1)
        work = [
            Work(
                str(task["id"]),
                int(task["dur_d"]),
                tuple(Predecessor(str(key), int(lag)) for key, _, lag in task["preds"]),
            )
            for task in tasks
        ]
        plan = schedule(
            PlanInput(
                work,
                calendar=calendar,
                begin_on=begin_on,
                release_on=launch_on,
                launch_on=launch_on,
            )
        )
        for task in tasks:
            if task["dur_d"]:
                span = plan.spans[str(task["id"])]
                theirs = (
                    day(task["start"]),
                    day(task["finish"]),
                    task["total_slack_d"],
                    task["critical"],
                )
                assert (
                    span.start,
                    span.finish,
                    span.float_days,
                    span.critical,
                ) == theirs, (name, task["id"])
                compared += 1
    assert compared > 40_000


def fedora() -> tuple[dict[str, dict], list[Work]]:
    """The part of the plan that our rules can express.

    Left out: calendar-time durations and gaps, half days, later starts, tasks placed as late as
    possible, and whatever waits for one of these.
    """
    tasks = {task["id"]: task for task in json.loads(FEDORA.read_text())["tasks"]}
    leaves = [key for key, task in tasks.items() if not task["children"]]
    links: dict[str, list[Predecessor]] = {key: [] for key in leaves}
    foreign = set()
    for key, task in tasks.items():
        inside = [leaf for leaf in leaves if leaf == key or leaf.startswith(f"{key}.")]
        if (
            task["precedes"]
            or task["duration_d"]
            or task["start"] not in (None, tasks["f20"]["start"])
            or (task["length_d"] or 0) % 1
        ):
            foreign.update(inside)
        for link in task["depends"]:
            if link["gapduration_d"] or link["gaplength_d"] % 1:
                foreign.update(inside)
            others = [
                leaf
                for leaf in leaves
                if leaf == link["to"] or leaf.startswith(f"{link['to']}.")
            ]
            for leaf in inside:
                links[leaf] += [
                    Predecessor(other, int(link["gaplength_d"])) for other in others
                ]
    count = -1
    while count < len(foreign):
        count = len(foreign)
        foreign.update(
            key for key in leaves if any(link.key in foreign for link in links[key])
        )
    return tasks, [
        Work(key, int(tasks[key]["length_d"] or 0), tuple(links[key]))
        for key in leaves
        if key not in foreign
    ]


def test_the_release_of_fedora_20_finishes_task_by_task_when_taskjuggler_says() -> None:
    tasks, work = fedora()
    begin_on = day(tasks["f20"]["start"])
    launch_on = date(2013, 12, 17)
    plan = schedule(
        PlanInput(
            work,
            calendar=Calendar(),
            begin_on=begin_on,
            release_on=launch_on,
            launch_on=launch_on,
        )
    )
    assert len(work) == 205
    for task in work:
        assert plan.spans[task.key].finish == day(tasks[task.key]["oracle"]["end"]), (
            task.key
        )
