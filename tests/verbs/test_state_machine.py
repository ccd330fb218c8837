from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import delete, select

from launch_kits.database.queries import dependencies_of, find_launch, tasks_of
from launch_kits.database.records import (
    Event,
    Extension,
    Launch,
    LaunchStatus,
    Notice,
    Task,
)
from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, PlanError, Refused
from launch_kits.verbs import Outcome, TaskEdit, cancel, edit, move
from launch_kits.verbs.advance import due_launches
from launch_kits.workdays.offsets import Offset
from launch_kits.worker.step import sweep_due
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NEW_YORK,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    brief_with,
    dump,
    opened,
    send_all,
)
from tests.verbs.verbs import FOR_OWN, FOR_PLAIN, FOR_REVIEWED, VERBS, result

CLOSED = ("done", "dropped")
BEGIN = date(2027, 1, 11)
LIVE = ("pending", "sending", "sent")
EARLY = ("begin", "done", "submit")
WORK = (*EARLY, "approve", "approve", "reject", "block", "unblock", "drop", "reopen")


class Look:
    """Everything the database holds, read at once."""

    def __init__(self, store: Store) -> None:
        with store.read() as session:
            self.launch = find_launch(session, SLUG)
            self.tasks: dict[str, Task] = {
                task.key: task for task in tasks_of(session, SLUG)
            }
            keys = {task.id: key for key, task in self.tasks.items()}
            self.links = sorted(
                (keys[link.task], keys[link.after], link.lag)
                for link in dependencies_of(session, SLUG)
            )
            self.events: Sequence[Event] = session.exec(
                select(Event).order_by(Event.id)
            ).all()
            self.notices: Sequence[Notice] = session.exec(select(Notice)).all()
            extensions = session.exec(select(Extension).order_by(Extension.id)).all()
            self.asked = {
                keys[each.task]: each for each in extensions if each.status == "asked"
            }
            self.extensions = extensions

    @property
    def statuses(self) -> dict[str, str]:
        return {key: task.status for key, task in self.tasks.items()}

    def notices_of(self, key: str, kind: str) -> list[Notice]:
        """Oldest first, by the number that ends their key."""
        found = [
            notice
            for notice in self.notices
            if (notice.task, notice.kind) == (key, kind)
        ]
        return sorted(found, key=lambda notice: int(notice.key.rpartition(":")[2]))


def before_of(
    links: Sequence[tuple[str, str, int]], statuses: Mapping[str, str], key: str
) -> Iterator[tuple[str, int]]:
    """The tasks that a task waits for, with their lags.

    All ways to a task count. The predecessors of a dropped task take its place.
    """
    for task, after, lag in links:
        if task == key:
            if statuses[after] == "dropped":
                yield from (
                    (further, lag + more)
                    for further, more in before_of(links, statuses, after)
                )
            else:
                yield after, lag


def lag_over(done: date, lag: int, days: int) -> date:
    """The day on which a task can begin.

    ``lag`` is the number of working days that must lie free between. The task takes ``days``.
    """
    day = done
    for _ in range(lag + (1 if days else 0)):
        day += timedelta(days=1)
        while day.weekday() >= 5:
            day += timedelta(days=1)
    return day


def opens(look: Look, statuses: Mapping[str, str], key: str) -> date | None:
    """The day from which a waiting task is ready; None while a predecessor is open."""
    task = look.tasks[key]
    day = max(BEGIN, task.not_before or BEGIN)
    for before, lag in before_of(look.links, statuses, key):
        if statuses[before] != "done":
            return None
        done = look.tasks[before].done_at
        if lag and done:
            day = max(day, lag_over(done.astimezone(NEW_YORK).date(), lag, task.days))
    return day


class Falcon(RuleBasedStateMachine):
    """The small launch under random verbs.

    Random people use them at random times. A model beside it computes the expected result.
    """

    store: Store

    def __init__(self) -> None:
        super().__init__()
        with self.store.write() as session:
            session.exec(delete(Launch))
        opened(self.store, brief_with())
        self.now = NOW
        self.look = Look(self.store)
        self.links = self.look.links

    # The steps

    @rule(
        hours=st.one_of(st.integers(1, 30), st.integers(30, 200)), swept=st.booleans()
    )
    def time_passes(self, hours: int, swept: bool) -> None:
        self.now += timedelta(hours=hours)
        if swept:
            sweep_due(self.store, now=self.now)
            self.compare(self.settled(self.look.statuses))

    @rule()
    def messages_go_out(self) -> None:
        send_all(self.store, now=self.now)
        self.look = Look(self.store)

    @rule(
        verb=st.sampled_from(sorted(set(VERBS) - {"extend", "reassign"})),
        key=st.sampled_from(KEYS),
        by=st.sampled_from(
            [None, None, None, None, PMM, LEGAL, SALES, OPS, LEAD, STRANGER]
        ),
    )
    def somebody_acts(self, verb: str, key: str, by: str | None) -> None:
        self.act(verb, key, by, self.expected(verb, key, by))

    @rule(data=st.data(), steps=st.integers(1, 5), verbs=st.sampled_from([EARLY, WORK]))
    def work_goes_on(
        self, data: st.DataObject, steps: int, verbs: Sequence[str]
    ) -> None:
        """Do the work that can be done, in some steps.

        So launches come to their later tasks, and to their end.
        """
        for _ in range(steps):
            found = [
                (verb, key, self.expected(verb, key, None))
                for verb in verbs
                for key in KEYS
            ]
            found = [
                (verb, key, after)
                for verb, key, after in found
                if after not in ("-", "=")
            ]
            if found:
                verb, key, after = data.draw(st.sampled_from(found))
                self.act(verb, key, None, after)

    @rule(
        key=st.sampled_from(KEYS),
        to=st.sampled_from(["pmm", "legal", "sales", STRANGER]),
    )
    def a_task_changes_hands(self, key: str, to: str) -> None:
        owner = to if "@" in to else f"{to}@example.com"
        expected = self.expected("reassign", key, LEAD)
        if expected == "." and self.look.tasks[key].owner == owner:
            expected = "="
        self.act("reassign", key, LEAD, expected, to=to)
        assert expected != "." or self.look.tasks[key].owner == owner

    @rule(
        key=st.sampled_from(KEYS),
        days=st.integers(-2, 40),
        by=st.sampled_from([None, None, LEAD, STRANGER]),
    )
    def more_time_is_asked_for(self, key: str, days: int, by: str | None) -> None:
        expected = self.expected("extend", key, by)
        self.act(
            "extend",
            key,
            by,
            expected if expected == "-" else "?",
            until=self.day + timedelta(days=days),
        )

    @precondition(lambda self: self.look.launch.status == LaunchStatus.RUNNING)
    @rule(days=st.integers(-3, 30), late=st.booleans())
    def the_launch_moves(self, days: int, late: bool) -> None:
        on = self.look.launch.launch_on + timedelta(days=days)
        rows = dump(self.store)
        try:
            move(self.store, SLUG, on=on, now=self.now, accept_late=late)
        except (InfeasiblePlan, PlanError):
            assert dump(self.store) == rows
            return
        before = self.look
        self.compare(
            self.settled(before.statuses, look=Look(self.store)), due_may_move=True
        )
        assert not self.look.asked
        assert all(
            task.due == task.planned_due
            for key, task in self.look.tasks.items()
            if task.status not in CLOSED
        )

    @precondition(lambda self: self.look.launch.status == LaunchStatus.RUNNING)
    @rule(
        key=st.sampled_from(KEYS),
        days=st.integers(0, 6),
        due=st.sampled_from([None, None, -15, -8, -2, 5]),
        late=st.booleans(),
    )
    def a_task_is_edited(
        self, key: str, days: int, due: int | None, late: bool
    ) -> None:
        wanted = TaskEdit(days=days, due=None if due is None else Offset(due))
        rows = dump(self.store)
        try:
            found = edit(self.store, SLUG, key, wanted, now=self.now, accept_late=late)
        except (InfeasiblePlan, Refused):
            assert dump(self.store) == rows
            return
        if not found.changes:
            assert dump(self.store) == rows
            return
        before = self.look
        self.compare(
            self.settled(before.statuses, look=Look(self.store)), due_may_move=True
        )
        assert key not in self.look.asked

    @rule(chance=st.integers(0, 40))
    def the_launch_is_cancelled(self, chance: int) -> None:
        if chance == 40 and self.look.launch.status == LaunchStatus.RUNNING:
            cancel(self.store, SLUG, now=self.now)
            self.compare(self.look.statuses)

    # The conditions

    @property
    def day(self) -> date:
        return self.now.astimezone(NEW_YORK).date()

    def expected(self, verb: str, key: str, by: str | None) -> str:
        """A status, or a sign as in the tables.

        `=` changes nothing, `-` is refused, `.` keeps the status.
        """
        task = self.look.tasks[key]
        status = self.look.statuses[key]
        if self.look.launch.status == LaunchStatus.CANCELLED:
            return "-"
        answers_time = (
            verb in ("approve", "reject")
            and key in self.look.asked
            and status != "review"
        )
        if answers_time:
            return "." if by in (None, LEAD) else "-"
        may = {None, LEAD, task.owner, task.backup}
        if verb in ("approve", "reject"):
            may = {None, LEAD, task.approver}
        if verb == "note":
            may.add(task.approver)
        if by not in may:
            return "=" if (verb, status) == ("approve", "done") else "-"
        held = opens(self.look, self.look.statuses, key) is None
        if status == "waiting" and verb in EARLY and not held:
            status = "ready"
        table = (
            FOR_PLAIN
            if task.approver is None
            else FOR_OWN
            if task.approver == task.owner
            else FOR_REVIEWED
        )
        after = result(table, verb, status)
        return str(task.status_before) if after == "back" else after

    def act(
        self, verb: str, key: str, by: str | None, expected: str, **options: Any
    ) -> None:
        rows = dump(self.store)
        try:
            outcome: Outcome | None = VERBS[verb](
                self.store, SLUG, key, by=by, now=self.now, **options
            )
        except Refused:
            outcome = None
        came = "-"
        if outcome is not None:
            came = "." if outcome.changed else "="
        fits = expected in (came, "?") or (came == "." and expected not in ("-", "="))
        assert fits, f"{verb} {key} by {by}: {outcome}, but expected {expected}"
        if came != ".":
            assert dump(self.store) == rows
            return
        before = self.look.statuses
        after = before | ({} if expected in (".", "?") else {key: expected})
        if verb == "reopen":
            after = self.reopened(after, key)
        look = Look(self.store)
        self.compare(
            after if verb == "note" else self.settled(after, look=look),
            due_may_move=key,
        )
        assert verb in [
            event.verb for event in self.new if event.task == key
        ] or self.new[0].verb in (
            "refuse",
            "extend",
        )

    def reopened(self, after: dict[str, str], key: str) -> dict[str, str]:
        if any(
            after[before] != "done" for before, _ in before_of(self.links, after, key)
        ):
            after |= {key: "waiting"}
        for other, task in self.look.tasks.items():
            begun = after[other] != "ready" and (after[other], task.status_before) != (
                "blocked",
                "ready",
            )
            if not begun and key in [
                before for before, _ in before_of(self.links, after, other)
            ]:
                after |= {other: "waiting"}
        return after

    def settled(
        self, statuses: Mapping[str, str], *, look: Look | None = None
    ) -> dict[str, str]:
        """The statuses when everything is opened that can be by now."""
        look = look or self.look
        after = dict(statuses)
        if self.look.launch.status == LaunchStatus.CANCELLED:
            return after
        for key, status in statuses.items():
            day = opens(look, statuses, key) if status == "waiting" else None
            if day is not None and day <= self.day:
                after[key] = "ready"
        return after

    def compare(
        self, statuses: Mapping[str, str], *, due_may_move: bool | str = False
    ) -> None:
        """Take the new state, as expected, and see that every change has its event."""
        before, self.look = self.look, Look(self.store)
        assert self.look.statuses == statuses
        self.new = self.look.events[len(before.events) :]
        assert [event.id for event in self.look.events[: len(before.events)]] == [
            event.id for event in before.events
        ]
        told = {event.task for event in self.new}
        for key, task in self.look.tasks.items():
            old = before.tasks[key]
            if (task.status, task.owner) != (old.status, old.owner):
                assert key in told
            if task.due != old.due:
                assert due_may_move in (True, key)
                assert {event.verb for event in self.new} & {"extend", "move", "edit"}
        handed_out = sum(
            task.handed_out_at == self.now for task in self.look.tasks.values()
        )
        # a task that is handed out counts too, though it is no event
        quiet = self.look.launch.revision - before.launch.revision - len(self.new)
        assert 0 <= quiet <= handed_out
        assert {event.at for event in self.new} <= {self.now}

    @invariant()
    def links_stay(self) -> None:
        assert self.look.links == self.links

    @invariant()
    def what_is_ready_waits_for_nobody(self) -> None:
        for key, status in self.look.statuses.items():
            if status == "ready":
                assert all(
                    self.look.statuses[before] in CLOSED
                    for before, _ in before_of(self.links, self.look.statuses, key)
                )

    @invariant()
    def times_fit_the_status(self) -> None:
        for task in self.look.tasks.values():
            assert (task.done_at is not None) == (task.status == "done")
            assert (task.ready_at is None) <= (task.status in ("waiting", "dropped"))
            assert (task.status == "review") <= (task.submitted_at is not None)
            assert (task.status == "waiting") <= (task.begun_at is None)
            assert task.document_owed_at is None or (
                task.template and task.status != "waiting"
            )

    @invariant()
    def the_launch_ends_with_its_tasks(self) -> None:
        launch = self.look.launch
        if launch.status != LaunchStatus.CANCELLED:
            closed = all(status in CLOSED for status in self.look.statuses.values())
            assert (launch.status == LaunchStatus.DONE) == closed
        assert (launch.ended_at is None) == (launch.status == LaunchStatus.RUNNING)

    @invariant()
    def each_task_is_told_to_its_owner_and_to_nobody_else(self) -> None:
        cancelled = self.look.launch.status == LaunchStatus.CANCELLED
        for key, task in self.look.tasks.items():
            told = self.look.notices_of(key, "task")
            waiting = [notice for notice in told if notice.status == "pending"]
            if cancelled or task.status in ("waiting", *CLOSED):
                assert not waiting, key
                continue
            newest = told[-1]
            assert newest.to == task.owner
            assert newest.status in LIVE
            assert waiting in ([], [newest])

    @invariant()
    def each_question_is_asked_of_who_must_answer(self) -> None:
        if self.look.launch.status == LaunchStatus.CANCELLED:
            assert not [
                notice
                for notice in self.look.notices
                if notice.status == "pending" and notice.kind == "review"
            ]
            assert not self.look.asked
            return
        for key, task in self.look.tasks.items():
            asked = [
                notice
                for notice in self.look.notices_of(key, "review")
                if notice.status in LIVE
            ]
            unsent = [notice for notice in asked if notice.status == "pending"]
            approval = [
                notice
                for notice in asked
                if "until" not in notice.facts and notice.to == task.approver
            ]
            time_asked = self.look.asked.get(key)
            more = [
                notice
                for notice in asked
                if time_asked and notice.facts.get("until") == str(time_asked.until)
            ]
            assert (task.status == "review") <= bool(approval)
            assert (time_asked is not None) <= bool(more)
            assert (task.status in CLOSED) <= (not unsent and time_asked is None)
            assert len(unsent) <= 2

    @invariant()
    def a_due_day_is_told_overdue_once(self) -> None:
        told = [
            (event.task, event.data["due"])
            for event in self.look.events
            if event.verb == "overdue"
        ]
        granted = sum(each.status == "granted" for each in self.look.extensions)
        moved = sum(event.verb in ("move", "edit") for event in self.look.events)
        assert len(told) <= len(set(told)) + granted + moved, (
            "unless a due day came back"
        )

    @invariant()
    def no_look_is_missed(self) -> None:
        if self.look.launch.status != LaunchStatus.RUNNING:
            assert all(task.look_at is None for task in self.look.tasks.values())
            return
        for key, task in self.look.tasks.items():
            day = (
                opens(self.look, self.look.statuses, key)
                if task.status == "waiting"
                else None
            )
            if day is not None:
                assert task.look_at is not None
                assert task.look_at <= datetime.combine(day, time(), NEW_YORK)

    def teardown(self) -> None:
        # A sweep leaves nothing to be looked at by then.
        sweep_due(self.store, now=self.now)
        with self.store.read() as session:
            assert due_launches(session, now=self.now) == []


def test_whatever_people_do_the_launch_stays_whole(
    sqlite_template: Path, tmp_path: Path, open_store: Callable[[str], Store]
) -> None:
    path = tmp_path / "falcon.db"
    shutil.copyfile(sqlite_template, path)
    machine = type("Machine", (Falcon,), {"store": open_store(f"sqlite:///{path}")})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
