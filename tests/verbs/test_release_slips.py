"""Real releases, replayed as launches: their slips are those of the schedules.

A milestone is a task of no days. Its due day is the day of the first schedule; each later decision
is an edit on the day on which it was made. The excerpt is from the release schedule of Python 3.10
(PEP 619, in the public domain), restated as data. `LAUNCH_KITS_ORACLES` names a folder with
`release_slips.json`: 327 milestones of CPython 3.10-3.13 (PEPs 619, 664, 693 and 719) and of
Kubernetes 1.24-1.30 (release timelines of kubernetes/sig-release, Apache-2.0), restated as data.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from launch_kits.database.store import Store
from launch_kits.verbs import add, done, edit
from launch_kits.verbs.add import NewTask
from launch_kits.verbs.edit_fields import TaskEdit
from launch_kits.views.as_json import slips_json
from launch_kits.views.slips import read_slips
from launch_kits.worker.step import sweep_due
from tests.launches import LEAD, OPS, SLUG, brief_with, opened

BESIDE = next(Path(__file__).parents[3].glob("*/oracles/"), Path("oracles"))
ALL = Path(os.environ.get("LAUNCH_KITS_ORACLES") or BESIDE) / "release_slips.json"
WHY = "The schedule says so"


class Plan(NamedTuple):
    """A day of a schedule, and the day on which it was decided."""

    decided: date
    on: date


class Milestone(NamedTuple):
    """A milestone of a release: its days in the schedules, and the day it took place."""

    key: str
    title: str
    plans: tuple[Plan, ...]
    actual: date

    @property
    def moves(self) -> list[Plan]:
        """The later plans that were ahead of the milestone when they were decided.

        A schedule that is corrected afterwards tells when it took place, and moves no due day.
        """
        return [
            plan for plan in self.plans[1:] if plan.decided <= min(plan.on, self.actual)
        ]


#: title, then decided and planned days, then the day it took place
PYTHON_3_10 = """
alpha 1: 2020-05-26 2020-10-05, 2020-10-05
alpha 2: 2020-05-26 2020-11-02, 2020-12-04 2020-11-03, 2020-11-03
alpha 3: 2020-05-26 2020-12-07, 2020-12-07
alpha 5: 2020-05-26 2021-02-01, 2021-02-03 2021-02-03, 2021-02-03
alpha 7: 2020-05-26 2021-04-05, 2021-04-06 2021-04-06, 2021-04-06
beta 1: 2020-05-26 2021-05-03, 2021-05-03
beta 2: 2020-05-26 2021-05-25, 2021-06-13 2021-05-31, 2021-05-31
beta 4: 2020-05-26 2021-07-10, 2021-07-10
candidate 1: 2020-05-26 2021-08-02, 2021-08-03 2021-08-03, 2021-08-03
candidate 2: 2020-05-26 2021-09-06, 2021-09-13 2021-09-07, 2021-09-07
final: 2020-05-26 2021-10-04, 2021-10-04
"""


def excerpt() -> list[Milestone]:
    return [
        _milestone(
            number,
            title,
            [each.split() for each in plans.split(", ")[:-1]],
            plans.split(", ")[-1],
        )
        for number, (title, _, plans) in enumerate(
            line.partition(": ") for line in PYTHON_3_10.strip().splitlines()
        )
    ]


@cache
def releases() -> dict[str, list[Milestone]]:
    found: dict[str, list[Milestone]] = {}
    for row in json.loads(ALL.read_text()) if ALL.exists() else ():
        release = found.setdefault(f"{row['process']} {row['release']}", [])
        plans = [(each["decided"], each["on"]) for each in row["plans"]]
        release.append(_milestone(len(release), row["milestone"], plans, row["actual"]))
    return found


def _milestone(
    number: int, title: str, plans: Sequence[Sequence[str]], actual: str
) -> Milestone:
    words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    days = (map(date.fromisoformat, plan) for plan in plans)
    return Milestone(
        f"m{number}_{words}",
        title,
        tuple(Plan(decided, on) for decided, on in days),
        date.fromisoformat(actual),
    )


class Replay:
    """A release as a launch, from its first schedule to its last milestone."""

    def __init__(self, store: Store, milestones: Sequence[Milestone]) -> None:
        self.store = store
        self.milestones = milestones
        days = [
            day
            for each in milestones
            for day in (each.actual, *(plan.on for plan in each.plans))
        ]
        #: releases take place on weekends, too
        self.weekends = sorted({day for day in days if day.weekday() >= 5})
        self.begin_on = min(each.plans[0].decided for each in milestones)
        self.launch_on = max(each.plans[0].on for each in milestones)

    def run(self, *, swept: bool) -> dict[str, Any]:
        """Carry all of it out, day by day, with a sweep each; returns the slips as JSON."""
        opened(self.store, self._brief(), now=_at(self.begin_on))
        for day, hour, act in sorted(self._acts(), key=lambda each: each[:2]):
            now = _at(day, hour)
            if swept:
                sweep_due(self.store, now=now)
            act(now)
        with self.store.read() as session:
            last = _at(max(each.actual for each in self.milestones), 18)
            return slips_json(read_slips(session, SLUG, now=last))

    def _brief(self) -> Any:
        first = [
            each for each in self.milestones if each.plans[0].decided == self.begin_on
        ]
        tasks = [
            {
                "key": each.key,
                "title": each.title,
                "role": "ops" if number % 2 else "lead",
                "days": 0,
                "due": f"T{(each.plans[0].on - self.launch_on).days:+d}d",
            }
            for number, each in enumerate(first)
        ]
        stages = [{"key": "release", "title": "Release", "tasks": tasks}]
        return brief_with(
            kit={"kit": "release", "version": 1, "title": "A", "stages": stages},
            begin_on=self.begin_on.isoformat(),
            launch_on=self.launch_on.isoformat(),
            workdays=[day.isoformat() for day in self.weekends],
            timezone="UTC",
            positioning={},
        )

    def _acts(self) -> Iterator[tuple[date, int, Any]]:
        for each in self.milestones:
            first = each.plans[0]
            if first.decided != self.begin_on:
                new = NewTask(each.title, key=each.key, days=0, due=first.on)
                yield first.decided, 10, self._calling(add, new, note=WHY)
            for plan in each.moves:
                wanted = TaskEdit(due=plan.on)
                yield plan.decided, 11, self._calling(edit, each.key, wanted, note=WHY)
            yield each.actual, 12, self._calling(done, each.key)

    def _calling(self, verb: Any, *given: Any, **options: Any) -> Any:
        late = {} if verb is done else {"accept_late": True}
        return lambda now: verb(
            self.store, SLUG, *given, by=LEAD, now=now, **late, **options
        )

    def days(self, first: date, last: date) -> int:
        """The working days from a day until another, counted one by one."""
        if last < first:
            return -self.days(last, first)
        days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
        return sum(day.weekday() < 5 or day in self.weekends for day in days)


def _at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def check(
    store: Store, milestones: Sequence[Milestone], *, swept: bool = True
) -> Counter[str]:
    """Replay a release and compare its slips; counts its milestones."""
    replay = Replay(store, milestones)
    found = replay.run(swept=swept)
    tasks = {each["key"]: each for each in found["tasks"]}
    assert set(tasks) == {each.key for each in milestones}
    counted: Counter[str] = Counter()
    for each in milestones:
        task = tasks[each.key]
        first, last = each.plans[0].on, (each.plans[0], *each.moves)[-1].on
        expected = [
            {"from": before.on.isoformat(), "to": after.on.isoformat()}
            for before, after in pairwise((each.plans[0], *each.moves))
            if before.on != after.on
        ]
        days = [(change["from"], change["to"]) for change in task["changes"]]
        assert days == [(change["from"], change["to"]) for change in expected]
        assert (task["baseline_due"], task["due"]) == (str(first), str(last))
        assert (task["baseline_at"] is None) == (
            each.plans[0].decided == replay.begin_on
        )
        assert task["done_on"] == str(each.actual)
        assert task["days"] == replay.days(first, last)
        assert sum(change["days"] for change in task["changes"]) == task["days"]
        for change, plan in zip(task["changes"], each.moves, strict=True):
            assert change["at"].startswith(str(plan.decided))
            assert (change["by"], change["verb"], change["why"]) == (LEAD, "edit", WHY)
        counted["moved" if expected else "as planned"] += 1
        if each.actual == first and not each.moves:
            assert (task["days"], task["changes"]) == (0, [])
    total = sum(task["days"] for task in tasks.values())
    assert found["by_cause"] == ({"edit": total} if counted["moved"] else {})
    assert sum(found["by_owner"].values()) == total
    assert set(found["by_owner"]) <= {LEAD, OPS}
    assert sum(found["by_stage"].values()) == total
    launch = found["launch_on"]
    assert (launch["days"], launch["changes"]) == (0, [])
    return counted


def test_a_release_of_python_slips_by_the_days_of_its_schedules(store: Store) -> None:
    assert check(store, excerpt()) == {"moved": 3, "as planned": 8}


@pytest.mark.skipif(not ALL.exists(), reason=f"no {ALL}; set LAUNCH_KITS_ORACLES")
@pytest.mark.parametrize("release", [*releases()])
def test_real_releases_slip_by_the_days_of_their_schedules(
    sqlite_template: Path,
    tmp_path: Path,
    open_store: Callable[[str], Store],
    release: str,
) -> None:
    path = tmp_path / "release.db"
    shutil.copyfile(sqlite_template, path)
    store = open_store(f"sqlite:///{path}")
    counted = check(store, releases()[release], swept=False)
    assert counted.total() == len(releases()[release])


@pytest.mark.skipif(not ALL.exists(), reason=f"no {ALL}; set LAUNCH_KITS_ORACLES")
def test_every_milestone_is_replayed() -> None:
    assert sum(map(len, releases().values())) == 327
