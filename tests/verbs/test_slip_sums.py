"""Slips add up after every verb, whichever verbs come in whichever order.

`LAUNCH_KITS_TEST_MORE=50 python -m pytest -s tests/verbs/test_slip_sums.py` tries ten thousand.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, delete, select

from launch_kits.database.queries import tasks_of
from launch_kits.database.records import Extension, ExtensionStatus, Launch, Task
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.verbs import (
    add,
    approve,
    begin,
    delegate,
    done,
    drop,
    edit,
    extend,
    move,
    reassign,
    reject,
    reopen,
    revise,
)
from launch_kits.verbs.add import NewTask
from launch_kits.verbs.edit_fields import TaskEdit
from launch_kits.views.as_json import slips_json
from launch_kits.views.slips import read_slips
from launch_kits.workdays.offsets import Offset
from launch_kits.worker.step import sweep_due
from tests.effort import MORE
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    brief_with,
    kit_with,
    launch,
    opened,
)

#: verbs in one launch, and in all
IN_A_LAUNCH = 25
VERBS = 200 * MORE
#: how often each verb was called, and how often it was accepted
CALLED: Counter[str] = Counter()
ACCEPTED: Counter[str] = Counter()

BRIEFS = [
    brief_with(),
    brief_with(holidays="US"),
    brief_with(
        kit=kit_with(
            only=("positioning", "battlecard", "legal_review", "training", "go_live")
        )
    ),
    brief_with(kit=kit_with(research={"days": 4, "due": "T-5"})),
]


def weekdays(after: date, until: date) -> int:
    """The days from Monday to Friday after a day until another, counted one by one."""
    if until < after:
        return -weekdays(until, after)
    days = (after + timedelta(n) for n in range(1, (until - after).days + 1))
    return sum(day.weekday() < 5 for day in days)


class SlipSums(RuleBasedStateMachine):
    """The small launch under random verbs, and its slips after each."""

    store: ClassVar[Store]

    def __init__(self) -> None:
        super().__init__()
        with self.store.write() as session:
            session.exec(delete(Launch))
        opened(self.store, brief_with())
        self.now = NOW
        self.plain = True
        self.added = 0
        self.seen: dict[str, list[dict[str, Any]]] = {}
        self.baselines: dict[str, tuple[str, str | None]] = {}

    def does(self, verb: Callable[..., object], *given: Any, **options: Any) -> bool:
        name = verb.__name__
        CALLED[name] += 1
        try:
            verb(self.store, SLUG, *given, now=self.now, **options)
        except LaunchKitsError:
            return False
        ACCEPTED[name] += 1
        return True

    @property
    def keys(self) -> list[str]:
        with self.store.read() as session:
            return [task.key for task in tasks_of(session, SLUG)]

    @rule(
        data=st.data(),
        days=st.one_of(st.integers(-3, 40), st.integers(15, 60)),
        lead=st.booleans(),
        note=st.sampled_from([None, "No data"]),
        answer=st.sampled_from([None, approve, approve, reject]),
    )
    def more_time(
        self,
        data: st.DataObject,
        days: int,
        lead: bool,
        note: str | None,
        answer: Callable[..., object] | None,
    ) -> None:
        key = data.draw(st.sampled_from(self.keys))
        until = self.now.date() + timedelta(days)
        self.does(extend, key, until=until, by=LEAD if lead else None, note=note)
        if answer is not None:
            self.does(answer, key, by=LEAD)

    @rule(data=st.data(), verb=st.sampled_from([approve, approve, reject]))
    def an_answer(self, data: st.DataObject, verb: Callable[..., object]) -> None:
        with self.store.read() as session:
            asked = session.exec(
                select(Task.key)
                .join(Extension, col(Extension.task) == col(Task.id))
                .where(Extension.status == ExtensionStatus.ASKED)
            ).all()
        self.does(verb, data.draw(st.sampled_from([*asked] or self.keys)), by=LEAD)

    @rule(
        data=st.data(),
        verb=st.sampled_from([begin, done, drop, reopen, reopen]),
    )
    def work(self, data: st.DataObject, verb: Callable[..., object]) -> None:
        self.does(verb, data.draw(st.sampled_from(self.keys)), by=LEAD)

    @rule(
        data=st.data(),
        to=st.sampled_from(
            [LEAD, PMM, LEGAL, SALES, OPS, PMM.upper(), "new@example.org"]
        ),
    )
    def another_owner(self, data: st.DataObject, to: str) -> None:
        self.does(reassign, data.draw(st.sampled_from(self.keys)), to=to, by=LEAD)

    @rule(days=st.integers(-5, 20), note=st.sampled_from([None, "The venue"]))
    def the_launch_moves(self, days: int, note: str | None) -> None:
        on = launch(self.store).launch_on + timedelta(days)
        self.does(move, on=on, accept_late=True, note=note)

    @rule(data=st.data(), days=st.integers(0, 4), dated=st.booleans())
    def a_task_comes_in(self, data: st.DataObject, days: int, dated: bool) -> None:
        self.added += 1
        after = data.draw(st.sampled_from(self.keys))
        due = self.now.date() + timedelta(10) if dated else None
        new = NewTask(
            title="Poster",
            key=f"poster_{self.added}",
            days=days,
            after=(after,),
            due=due,
        )
        self.does(add, new, accept_late=True)

    @rule(data=st.data(), days=st.integers(0, 8), to=st.integers(-30, 30))
    def a_task_is_edited(self, data: st.DataObject, days: int, to: int) -> None:
        due = data.draw(st.sampled_from([None, Offset(to), self.a_day(to)]))
        wanted = TaskEdit(days=days, due=due)
        self.does(edit, data.draw(st.sampled_from(self.keys)), wanted, accept_late=True)

    def a_day(self, days: int) -> date:
        return self.now.date() + timedelta(days)

    @rule(
        people=st.permutations([PMM, LEGAL, SALES]),
        days=st.sampled_from([None, 0, 9]),
    )
    def another_person_acts(self, people: list[str], days: int | None) -> None:
        until = None if days is None else self.a_day(days)
        CALLED["delegate"] += 1
        with suppress(LaunchKitsError):
            delegate(
                self.store, person=people[0], to=people[1], until=until, now=self.now
            )
            ACCEPTED["delegate"] += 1

    @rule(brief=st.sampled_from(range(len(BRIEFS))))
    def the_brief_changes(self, brief: int) -> None:
        if self.does(revise, BRIEFS[brief], accept_late=True):
            self.plain = BRIEFS[brief].holidays is None

    @rule(hours=st.integers(1, 120))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        sweep_due(self.store, now=self.now)

    @invariant()
    def changes_add_up(self) -> None:
        with self.store.read() as session:
            view = read_slips(session, SLUG, now=self.now)
            due = {task.key: task.due.isoformat() for task in tasks_of(session, SLUG)}
            found = slips_json(view)
        tasks = found["tasks"]
        assert isinstance(tasks, list)
        assert {task["key"]: task["due"] for task in tasks} == due
        for task in tasks:
            self.follows_on(task["key"], task["baseline_due"], task["due"], task)
            baseline = task["baseline_due"], task["baseline_at"]
            assert self.baselines.setdefault(task["key"], baseline) == baseline
            assert (task["baseline_at"] is None) <= (task["key"] in KEYS)
        there = launch(self.store)
        for name in ("launch_on", "release_on"):
            anchor = found[name]
            assert isinstance(anchor, dict)
            assert anchor["now"] == getattr(there, name).isoformat()
            self.follows_on(name, anchor["baseline"], anchor["now"], anchor)
        total = sum(task["days"] for task in tasks)
        for name in ("by_cause", "by_owner", "by_stage"):
            sums = found[name]
            assert isinstance(sums, dict)
            assert sum(sums.values()) == total

    def follows_on(
        self, name: str, baseline: str, now: str, found: dict[str, Any]
    ) -> None:
        changes = found["changes"]
        days = found["days"]
        assert [each["from"] for each in changes] == [
            baseline,
            *(each["to"] for each in changes),
        ][: len(changes)]
        assert now == (changes[-1]["to"] if changes else baseline)
        assert sum(each["days"] for each in changes) == days
        if self.plain:
            first, last = date.fromisoformat(baseline), date.fromisoformat(now)
            assert days == weekdays(first, last)
        assert all(datetime.fromisoformat(each["at"]).tzinfo for each in changes)
        kept = [{**each, "days": None} for each in changes]
        before = self.seen.get(name, [])
        assert kept[: len(before)] == before, "a change is never changed"
        self.seen[name] = kept


def test_the_changes_of_every_day_add_up_after_every_verb(
    sqlite_template: Path, tmp_path: Path, open_store: Callable[[str], Store]
) -> None:
    path = tmp_path / "falcon.db"
    shutil.copyfile(sqlite_template, path)
    machine = type("Slips", (SlipSums,), {"store": open_store(f"sqlite:///{path}")})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(1, VERBS // IN_A_LAUNCH),
            stateful_step_count=IN_A_LAUNCH,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    sys.stdout.write(f"{CALLED.total()} verbs, accepted: {dict(ACCEPTED)}\n")
    assert ACCEPTED["extend"]
    assert ACCEPTED["move"]
    assert ACCEPTED["edit"]
