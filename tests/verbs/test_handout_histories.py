"""Random histories: a task is handed out if and only if its rule says so, once for each owner."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from sqlmodel import select

from launch_kits.database.queries import tasks_of
from launch_kits.database.records import Notice, Task
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.plan.assignments import assign
from launch_kits.plan.calendars import Calendars
from launch_kits.verbs import ask_for, move, reassign
from launch_kits.worker.step import sweep_due
from tests.effort import seeds
from tests.launches import (
    LEAD,
    NEW_YORK,
    NOW,
    SLUG,
    brief_with,
    kit_with,
    launch,
    opened,
)
from tests.verbs.verbs import VERBS

STEPS = 60
#: the likelier verbs stand twice
WORK = (*("begin", "done", "submit", "approve", "done", "approve"), *VERBS)
PEOPLE = ("pmm", "legal", "sales", "ops", "lead")
#: statuses of a task that its owner can do something about
ACTIVE = ("ready", "doing", "review", "blocked")


def kit_of(chance: random.Random) -> dict:
    """The small kit, with some tasks handed out at once and some without float."""
    changes: dict[str, dict] = {}
    for key in ("positioning", "battlecard", "legal_review", "training", "retro"):
        changes[key] = {"handout": chance.choice([None, None, "ready"])}
    changes["legal_review"] |= {"due": chance.choice(["T-17", "T-16", "T-3"])}
    changes["battlecard"] |= {"due": chance.choice(["T-17", "T-16", "T-3"])}
    return kit_with(**changes) | {"handout": None}


def _number(notice: Notice) -> int:
    return int(notice.key.rpartition(":")[2])


class History:
    """A launch in which random things happen, beside a plain record of who was told."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        kit = kit_of(self.chance)
        brief = brief_with(kit=kit)
        self.at_once = {
            task["key"]
            for stage in kit["stages"]
            for task in stage["tasks"]
            if task.get("handout") == "ready"
        }
        self.calendars = Calendars(brief)
        self.now = NOW
        #: keys of the tasks of which the present owner was told
        self.known: set[str] = set()
        #: key → the receivers of its first notices, in their order
        self.told: dict[str, list[str]] = {}
        before = {assignment.key: "waiting" for assignment in assign(brief)}
        opened(store, brief)
        self.compare(before, acted=None)

    def tasks(self) -> dict[str, Task]:
        with self.store.read() as session:
            return {task.key: task for task in tasks_of(session, SLUG)}

    def notices(self) -> dict[str, list[str]]:
        """Key → the receivers of its notices that hand it out, in the order of filing."""
        with self.store.read() as session:
            query = select(Notice).where(Notice.launch == SLUG, Notice.kind == "task")
            found = list(session.exec(query).all())
        by_key: dict[str, list[Notice]] = {}
        for notice in found:
            by_key.setdefault(str(notice.task), []).append(notice)
        return {
            key: [notice.to for notice in sorted(each, key=_number)]
            for key, each in by_key.items()
        }

    def near(self, task: Task) -> bool:
        """Whether the day has come, in the launch's time zone."""
        calendar = self.calendars.of(task.owner)
        day = task.start_by
        for _ in range(2):
            day = calendar.last_on_or_before(day - timedelta(1))
        return self.now.astimezone(NEW_YORK).date() >= min(task.planned_start, day)

    def due(self, task: Task) -> bool:
        return task.key.partition(":")[0] in self.at_once or self.near(task)

    def step(self) -> bool:
        """Do something at random; return whether the launch still runs."""
        self.now += timedelta(hours=self.chance.choice([0, 0, 0, 1, 6, 20]))
        before = {key: task.status for key, task in self.tasks().items()}
        acted = self.act()
        # as a server does: all that a date brings about is done by now
        sweep_due(self.store, now=self.now)
        self.compare(before, acted=acted)
        return launch(self.store).status == "running"

    def act(self) -> tuple[str, str] | None:
        """Return the verb and the task, or None if nothing was changed."""
        tasks = self.tasks()
        # most often a task that can be worked on
        possible = [key for key, task in tasks.items() if task.status in ACTIVE]
        key = self.chance.choice([*tasks, *possible, *possible])
        verb = self.chance.choice([*WORK, "ask", "reassign", "move", "sweep", "sweep"])
        if verb == "sweep":
            return None
        if verb == "ask":
            by = self.tasks()[key].owner
            asked = ask_for(self.store, SLUG, key, by=by, now=self.now)
            return (verb, key) if asked else None
        try:
            if verb == "move":
                today = self.now.astimezone(NEW_YORK).date()
                on = max(date(2027, 2, 9), today) + timedelta(self.chance.randrange(20))
                move(self.store, SLUG, on=on, now=self.now, accept_late=True)
                return None
            if verb == "reassign":
                to = self.chance.choice(PEOPLE)
                done = reassign(
                    self.store, SLUG, key, to=to, by=LEAD, now=self.now
                ).changed
            else:
                done = VERBS[verb](self.store, SLUG, key, by=None, now=self.now).changed
        except LaunchKitsError:
            return None
        return (verb, key) if done else None

    def compare(self, before: dict[str, str], *, acted: tuple[str, str] | None) -> None:
        """Follow the rules on paper, and compare the database with the result."""
        tasks = self.tasks()
        verb, acted_on = acted or (None, None)
        for key, task in tasks.items():
            was = before[key]
            if verb == "reassign" and key == acted_on:
                if key in self.known and was != "waiting":
                    self.tell(task)
                else:
                    self.known.discard(key)
            became_active = was not in ACTIVE and task.status in ACTIVE
            finished_early = was == "waiting" and task.status == "done"
            if key in self.known and (became_active or finished_early):
                self.tell(task)
            if key not in self.known and self.must_be_told(task, verb, acted_on):
                self.known.add(key)
                self.tell(task)
            assert (task.handed_out_at is not None) == (key in self.known), key
        assert self.notices() == self.told

    def must_be_told(self, task: Task, verb: str | None, acted_on: str | None) -> bool:
        if task.status in ("doing", "review", "blocked", "done"):
            return True
        asked = (verb, acted_on) == ("ask", task.key)
        return task.status == "ready" and (asked or self.due(task))

    def tell(self, task: Task) -> None:
        self.told.setdefault(task.key, []).append(task.owner)


@pytest.mark.parametrize(
    ("kind", "seed"),
    [("sqlite", seed) for seed in seeds(5)]
    # the rule is the same, and a few histories send all its statements
    + [("postgresql", seed) for seed in seeds(1)],
)
def test_a_task_is_handed_out_if_and_only_if_its_rule_says_so(
    store: Store, seed: int
) -> None:
    history = History(store, seed)
    for _ in range(STEPS):
        if not history.step():
            break
    assert history.told
