"""Random histories: every surface names the same planned days of a task."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from launch_kits.cli.output import show, task_rows
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.verbs import extend, move
from launch_kits.verbs.digest_contents import contents_of
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.views.facts import read_facts
from launch_kits.views.launch import LaunchView, read_launch
from launch_kits.views.reader import span
from launch_kits.views.task import TaskView
from launch_kits.views.timeline import timeline_of
from launch_kits.worker.step import sweep_due
from tests.effort import MORE
from tests.launches import (
    LEAD,
    NEW_YORK,
    NOW,
    SLUG,
    brief_with,
    notices,
    opened,
    sentence_of,
)
from tests.verbs.verbs import VERBS

STEPS = 30
#: the likelier verbs stand more than once
WORK = (*("begin", "done", "submit", "approve", "done", "approve", "extend"), *VERBS)


class History:
    """A launch in which random things happen, and what each surface says of its days."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.now = NOW
        #: how often a message, and a digest, named planned days
        self.named = {"message": 0, "digest": 0, "freed": 0}
        opened(store, brief_with(), level=True)

    def view(self) -> LaunchView:
        with self.store.read() as session:
            return read_launch(session, SLUG, now=self.now, documents=Path())

    def step(self) -> None:
        self.now += timedelta(hours=self.chance.choice([0, 1, 6, 20]))
        before = {task.key: task for task in self.view().tasks}
        self.act(self.chance.choice([*before]))
        sweep_due(self.store, now=self.now)
        view = self.view()
        for task in view.tasks:
            self.compare(task, view)
            if before[task.key].status == "waiting" and task.status == "ready":
                self.named["freed"] += 1
                # unless its plan itself could not be kept
                assert task.late_finish is None or before[task.key].late_finish
        self.compare_digests(view)

    def act(self, key: str) -> None:
        verb = self.chance.choice([*WORK, "move", "sweep"])
        today = self.now.astimezone(NEW_YORK).date()
        try:
            if verb == "move":
                on = max(date(2027, 2, 9), today) + timedelta(self.chance.randrange(9))
                move(self.store, SLUG, on=on, now=self.now, accept_late=True)
            elif verb == "extend":
                until = today + timedelta(self.chance.randrange(1, 20))
                extend(self.store, SLUG, key, until=until, by=LEAD, now=self.now)
            elif verb != "sweep":
                VERBS[verb](self.store, SLUG, key, by=None, now=self.now)
        except LaunchKitsError:
            pass

    def compare(self, task: TaskView, view: LaunchView) -> None:
        """Messages, tables, timeline and documents of one task."""
        told = task.told_days
        for notice in notices(self.store, "task", key=task.key):
            said = sentence_of(self.store, notice, now=self.now)
            if found := re.search(r"planned for ([^.;]+)\.", said):
                self.named["message"] += 1
                assert told, said
                assert "was planned" in said or task.listed_days == told
                assert found[1] == span(
                    *told, today=self.now.astimezone(NEW_YORK).date()
                )
        drawn = {each.key: each for each in timeline_of(view).tasks}[task.key]
        if task.open and task.late_finish is None:
            assert (drawn.start, drawn.finish) == task.listed_days
        assert (drawn.start, drawn.finish) == task.work_days

    def compare_digests(self, view: LaunchView) -> None:
        launches = RunningLaunches(self.now)
        with self.store.read() as session:
            for person in {task.owner for task in view.open_tasks}:
                contents = contents_of(session, person, launches)
                for line in contents.tasks if contents else ():
                    told = view.task(str(line["task"])).told_days
                    days = line.get("planned_start"), line.get("planned_finish")
                    self.named["digest"] += told is not None
                    assert days == (tuple(map(str, told)) if told else (None, None))
            facts = {
                each.key: each
                for each in read_facts(
                    session, SLUG, now=self.now, documents=Path()
                ).tasks
            }
        for task in view.tasks:
            assert (facts[task.key].start, facts[task.key].finish) == task.work_days


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("seed", range(1, 1 + 2 * MORE))
def test_every_surface_names_the_same_planned_days(store: Store, seed: int) -> None:
    history = History(store, seed)
    for _ in range(STEPS):
        history.step()
        if history.view().status != "running":
            break
    assert all(history.named.values()), history.named


def test_a_table_names_the_days_of_the_message_and_the_day_on_which_work_ends(
    falcon: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    later = NOW + timedelta(1)
    with falcon.read() as session:
        view = read_launch(session, SLUG, now=later, documents=Path())
    task = view.task("positioning")
    assert task
    assert task.told_days
    assert task.late_finish
    show(task_rows([task]))
    first, last = task.told_days
    told = span(first, last, today=last)
    ends = span(task.late_finish, task.late_finish, today=task.late_finish)
    assert f"{told}, now {ends}" in capsys.readouterr().out
    (notice,) = notices(falcon, "task", key="positioning")
    assert f"planned for {told}." in sentence_of(falcon, notice, now=later)
    with falcon.read() as session:
        over = read_launch(session, SLUG, now=NOW + timedelta(7), documents=Path())
    task = over.task("positioning")
    assert task
    assert task.listed_days == task.work_days != task.meant_days
    said = sentence_of(falcon, notice, now=NOW + timedelta(7))
    assert f"was planned for {told}." in said
