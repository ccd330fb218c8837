"""Random histories: all lists of a person hold the same, and nothing that they owe is missing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import delete, select

from launch_kits.database.queries import notices_of, tasks_of
from launch_kits.database.records import (
    CardUse,
    Event,
    Extension,
    Notice,
    Question,
    Task,
)
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.outbox import merged_into
from launch_kits.slack.messages.home import my_home, my_message
from launch_kits.verbs import answer, ask, flag
from launch_kits.verbs.digest_contents import contents_of
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.views.notices.closing import closing
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.owed import owed_by
from launch_kits.views.personal_queue import read_queue
from launch_kits.worker.step import sweep_due
from tests.conftest import EMPTIED
from tests.desk import SELLER, SUPPORT
from tests.effort import seeds
from tests.launches import LEAD, LEGAL, NOW, OPS, PMM, SALES, SLUG, brief_with, opened
from tests.slack.office import words
from tests.verbs.verbs import VERBS

SEEDS = seeds(2)
STEPS = 30
PEOPLE = (LEAD, PMM, LEGAL, SALES, OPS, SUPPORT)
#: the likelier verbs stand more than once
WORK = (*("begin", "done", "done", "submit", "submit", "block", "extend"), *VERBS)
Answer = tuple[str, str]


def brief(*, away: bool) -> Any:
    """The small launch with a desk; with ``away``, two of its people are away for some days."""
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["support"] = {
        "name": "Sue",
        "email": SUPPORT,
        "backup": "ops",
        "manager": "lead",
    }
    if away:
        team["legal"] |= {
            "backup": "ops",
            "away": [{"from": "2027-01-18", "to": "2027-01-22"}],
        }
        team["pmm"]["away"] = [{"from": "2027-01-27", "to": "2027-02-03"}]
    return brief_with(team=team)


class History:
    """A launch in which random things happen, and the lists of its people."""

    def __init__(self, store: Store, seed: int, *, away: bool) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.now = NOW
        opened(store, brief(away=away))

    def step(self) -> None:
        self.now += timedelta(hours=self.chance.choice([1, 6, 30, 48]))
        with self.store.read() as session:
            tasks = tasks_of(session, SLUG)
        try:
            # most often a task that can be worked on
            possible = [task for task in tasks if task.status in ("ready", "doing")]
            task = self.chance.choice([*tasks, *possible, *possible])
            self.act(task, self.chance.choice(WORK))
        except LaunchKitsError:
            pass  # they try something else the next time
        sweep_due(self.store, now=self.now)
        self.contexts = ContextLoader(self.store, documents=Path("/nowhere"))
        self.launches = RunningLaunches(self.now)

    def act(self, task: Task, verb: str) -> None:
        dice = self.chance.random()
        now = self.now
        if dice < 0.1:
            text = f"Does it run on platform {self.chance.randint(1, 99)}?"
            ask(self.store, SLUG, text, by=SELLER, now=now)
        elif dice < 0.15:
            with self.store.read() as session:
                numbers = session.exec(select(Question.id)).all()
            if numbers:
                number = self.chance.choice(list(numbers))
                answer(self.store, number, text="Yes", by=LEAD, now=now)
        elif dice < 0.2:
            by = self.chance.choice([SELLER, SALES])
            flag(self.store, SLUG, "osprey.y1", by=by, now=now)
        elif verb == "extend":
            until = task.due + timedelta(7)
            VERBS[verb](self.store, SLUG, task.key, by=task.owner, until=until, now=now)
        elif verb == "block" and dice < 0.6:
            helper = self.chance.choice(["ops", "sales"])
            VERBS[verb](self.store, SLUG, task.key, now=now, waits_on=helper)
        else:
            VERBS[verb](self.store, SLUG, task.key, now=now)

    def owed(self) -> dict[str, set[Answer]]:
        """Person → what they owe, from the records alone, as if no one were away."""
        owed: dict[str, set[Answer]] = {person: set() for person in PEOPLE}
        with self.store.read() as session:
            tasks = {task.id: task for task in tasks_of(session, SLUG)}
            asked = session.exec(select(Extension)).all()
            events = session.exec(select(Event).order_by(Event.id)).all()
            questions = session.exec(select(Question)).all()
            flags = session.exec(select(CardUse)).all()
        blocks = {each.task: each for each in events if each.verb == "block"}
        for task in tasks.values():
            if task.status in ("ready", "doing"):
                owed[task.owner].add(("work", task.key))
            if task.status == "review":
                owed[str(task.approver)].add(("review", task.key))
            if task.status == "blocked":
                owed[LEAD].add(("blocked", task.key))
                helper = blocks[task.key].data.get("waits_on")
                if helper and helper != task.owner:
                    owed[helper].add(("unblock", task.key))
        for each in asked:
            if each.status == "asked":
                owed[LEAD].add(("more time", tasks[each.task].key))
        for question in questions:
            if question.answered_at is None:
                wanted = "doubt" if question.about else "question"
                owed[question.owner].add((wanted, str(question.id)))
        doubted = {each.about for each in questions if each.answered_at is None}
        for use in flags:
            if use.settled_at is None and use.claim not in doubted:
                owed[PMM].add(("flag", str(use.claim)))
        return owed

    def calls(self) -> set[tuple[str, str]]:
        """Person and task of each call for help that its reader got, and that is not over."""
        view = self.contexts.of(SLUG, now=self.now).view
        with self.store.read() as session:
            found = list(notices_of(session, SLUG))
        return {
            (each.to, str(each.task))
            for each in found
            if each.kind == "escalation"
            and self.reached(each)
            and closing(each, view) is None
        }

    @staticmethod
    def reached(notice: Notice) -> bool:
        gone = notice.status == "dropped" and merged_into(notice) is None
        return notice.status != "dead" and not gone

    def compare(self, *, away: bool) -> Iterator[str]:
        """Compare the lists of everyone; yields the kinds that they owe."""
        truth = self.owed()
        calls = self.calls()
        seen: set[Answer] = set()
        for person in PEOPLE:
            lists = self.lists(person)
            assert lists["home"] == lists["owed"], person
            seen |= lists["owed"]
            if away:
                continue
            assert lists["digest"] == lists["owed"], person
            assert truth[person] <= lists["owed"], person
            helped = {("help", task) for to, task in calls if to == person}
            assert helped <= lists["owed"], person
            # besides: gates and cards, and questions that went up the ladder
            more = {kind for kind, _ in lists["owed"] - truth[person] - helped}
            assert more <= {"gate", "waiver", "card", "question", "doubt"}
        assert set().union(*truth.values()) <= seen, "no one is asked for it"
        yield from (kind for kind, _ in seen)

    def lists(self, person: str) -> dict[str, set[Answer]]:
        """Each list of a person, as kinds and keys."""
        view = self.contexts.of(SLUG, now=self.now).view
        owed = owed_by(view, person)
        queue = read_queue(self.store, self.contexts, person, now=self.now)
        for shown in (words(my_home(queue)), words_of(my_message(queue))):
            for each in (*queue.answers, *queue.now):
                assert any(each.message.sentence[:200] in line for line in shown)
        return {
            "owed": {(each.wanted, each.key) for each in owed.answers}
            | {("work", task.key) for task in (*owed.now, *owed.later)},
            "home": {(each.ask.wanted, each.ask.key) for each in queue.answers}
            | {
                ("work", each.task_notice.task.key)
                for each in (*queue.now, *queue.later)
                if each.task_notice.task.status in ("ready", "doing")
            },
            "digest": self.digest(person),
        }

    def digest(self, person: str) -> set[Answer]:
        """What a digest of now would list, and the tasks with a message of their own today."""
        with self.store.read() as session:
            found = contents_of(session, person, self.launches)
        assert found is not None
        facts = found.facts(frozenset())
        return (
            {(line["wanted"], line["key"]) for line in facts["asks"]}
            | {("help", line["task"]) for line in facts["help"]}
            | {
                ("review" if line["status"] == "review" else "work", line["task"])
                for line in facts["tasks"]
            }
            | {self.kind_of(each) for each in found.told}
        )

    def kind_of(self, key: str) -> Answer:
        with self.store.read() as session:
            found = {task.key: task.status for task in tasks_of(session, SLUG)}
        return ("review" if found[key] == "review" else "work", key)


def words_of(message: Any) -> list[str]:
    return words({"blocks": list(message.blocks)})


@pytest.mark.parametrize("away", [False, True], ids=["all there", "some away"])
def test_every_list_of_a_person_holds_all_that_they_owe(
    sqlite_store: Store, away: bool
) -> None:
    found: Counter[str] = Counter()
    for seed in SEEDS:
        with sqlite_store.write() as session:
            for table in EMPTIED:
                session.exec(delete(table))
        history = History(sqlite_store, seed, away=away)
        for _ in range(STEPS):
            history.step()
            found.update(history.compare(away=away))
        assert history.now.date() > date(2027, 2, 1), "tasks were overdue"
    assert {"work", "review", "question", "blocked", "more time", "help"} <= set(found)
