"""Fifteen weeks of a launch of ninety tasks with nine people: most on time, some late or away."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from launch_kits.database.queries import notices_of, tasks_of
from launch_kits.database.records import (
    CLOSED,
    Extension,
    ExtensionStatus,
    LaunchStatus,
    Notice,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief
from launch_kits.plan.calendars import Calendars
from launch_kits.verbs import (
    approve,
    begin,
    block,
    check,
    decide,
    done,
    extend,
    move,
    open_launch,
    reject,
    unblock,
)
from launch_kits.verbs.extension_requests import answer_extension
from launch_kits.verbs.transaction import reading
from launch_kits.views.gates import read_gates
from launch_kits.views.notices.channel import ChannelLimits, Place
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.worker.direct_delivery import DirectDelivery
from launch_kits.worker.step import sweep_due

__all__ = ["BEGIN", "WEEKS", "Posted", "Quarter"]

EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9/brief.yaml"
BEGIN = datetime(2026, 11, 23, 5, tzinfo=UTC)
WEEKS = 15
#: the hours of a day, by each person's clock, at which people work and a sweep runs; the second is
#: the launch's alone
MORNING = time(9)
AFTERNOON = time(14)
#: the days by which owners miss the day of a task; most do not
SLIPS = (0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 7)
LINK = "https://example.com/evidence"
#: what owners and approvers do
VERBS: dict[str, Callable[..., object]] = {
    "approve": approve,
    "begin": begin,
    "block": block,
    "done": done,
    "extend": extend,
    "reject": reject,
    "unblock": unblock,
}


def brief() -> Brief:
    """The example, in whose eighth week Counsel is away too."""
    found = load_brief(EXAMPLE).brief.model_dump(mode="json", by_alias=True)
    found["team"]["legal"] |= {
        "away": [{"from": "2027-01-18", "to": "2027-01-22"}],
        "backup": "lead",
    }
    return Brief.model_validate(found)


@dataclass(frozen=True)
class Posted:
    """A message as its reader got it."""

    notice: Notice
    text: str
    at: datetime


@dataclass
class Box:
    """A channel that keeps people's hours, and remembers each message."""

    now: datetime
    posted: list[Posted] = field(default_factory=list)
    limits = ChannelLimits(hours=True, edits=False, sentence=2500)

    def send(self, notice: Notice, message: NoticeMessage) -> Place:
        self.posted.append(Posted(notice, words(message), self.now))
        return Place("box", notice.key, None)

    def edit(self, notice: Notice, message: NoticeMessage) -> None: ...

    def find(self, notice: Notice, *, now: datetime) -> None: ...


def words(message: NoticeMessage) -> str:
    """Everything that a message says."""
    lines = [message.sentence, *message.paragraphs]
    lines += [line for row in message.rows for line in (row.label, *row.value)]
    for group in message.groups:
        lines += [group.title, *(item.text for item in group.items)]
    return "\n".join(lines)


class Quarter:
    """The launch, its people, and what they got."""

    def __init__(self, store: Store, *, seed: int = 7, weeks: int = WEEKS) -> None:
        self.store = store
        self.dice = random.Random(seed)
        self.weeks = weeks
        self.brief = brief()
        self.slug = self.brief.launch
        self.calendars = Calendars(self.brief)
        self.box = Box(BEGIN)
        #: task key → the working days by which its owner misses its day; negative: in time
        self.slips: dict[str, int] = {}
        #: the tasks for which more time was asked for
        self.asked: set[str] = set()
        #: the day on which the lead moves the launch → to which day
        self.moves = {date(2027, 1, 19): date(2027, 3, 16)}

    def live(self) -> None:
        """Let the weeks pass."""
        open_launch(self.store, self.brief, now=BEGIN, accept_late=True)
        for now in self.instants():
            self.box.now = now
            self.step(now)
            if self.work(now):
                self.step(now)

    def instants(self) -> list[datetime]:
        """The mornings of everyone, and the afternoons of the launch."""
        zones = {self.brief.zone(who) for who in self.people}
        days = [BEGIN.date() + timedelta(day) for day in range(7 * self.weeks)]
        found = {datetime.combine(day, MORNING, zone) for day in days for zone in zones}
        found |= {datetime.combine(day, AFTERNOON, self.brief.zone()) for day in days}
        return sorted({each.astimezone(UTC) for each in found})

    @property
    def people(self) -> list[str]:
        return sorted({person.email for person in self.brief.team.values()})

    def step(self, now: datetime) -> None:
        """Sweep and deliver."""
        sweep_due(self.store, now=now)
        contexts = ContextLoader(self.store, documents=Path())
        box = DirectDelivery(self.store, self.box, contexts, by="us", now=now)
        box.deliver_all(launch=None)
        assert box.problems == []

    def work(self, now: datetime) -> bool:
        """Let everyone whose hours it is do something; return whether anyone did."""
        with self.store.read() as session:
            tasks = tasks_of(session, self.slug)
        acted = False
        for task in tasks:
            who = task.awaited or task.owner
            hours = self.calendars.hours_of(who)
            if task.status in CLOSED or hours.opens(now) != now:
                continue
            try:
                acted |= self.act(task, who, hours.day(now), now)
            except LaunchKitsError:
                continue  # they try something else the next time
        acted |= self.lead(tasks, now)
        return acted

    def act(self, task: Task, who: str, today: date, now: datetime) -> bool:
        key = task.key
        luck = self.dice.random()
        slip = self.slips.setdefault(key, self.dice.choice(SLIPS))
        day = task.due if slip > 0 else task.planned_finish
        ends = self.calendars.of(task.owner).shift(day, max(slip, 0))
        match task.status:
            case TaskStatus.READY if task.handed_out_at and luck < 0.4:
                self.do("begin", key, by=who, now=now)
            case TaskStatus.READY | TaskStatus.DOING if task.handed_out_at and (
                today >= ends and not task.decides
            ):
                self.do("done", key, by=who, now=now, link=LINK)
            case TaskStatus.DOING if luck < 0.005:
                self.do("block", key, by=who, now=now, note="No data yet")
            case TaskStatus.DOING if slip > 3 and luck < 0.1 and key not in self.asked:
                self.asked.add(key)
                until = task.due + timedelta(7)
                self.do("extend", key, by=who, now=now, until=until)
            case TaskStatus.REVIEW if luck < 0.4:
                self.do("approve", key, by=who, now=now)
            case TaskStatus.REVIEW if luck < 0.43:
                self.do("reject", key, by=who, now=now, note="One source")
            case TaskStatus.BLOCKED if luck < 0.2:
                self.do("unblock", key, by=who, now=now)
            case _:
                return False
        return True

    def do(self, verb: str, key: str, *, by: str, now: datetime, **values: Any) -> None:
        """Carry out what an owner or approver decided."""
        VERBS[verb](self.store, self.slug, key, by=by, now=now, **values)

    def lead(self, tasks: Sequence[Task], now: datetime) -> bool:
        """Let the lead answer, tick what is offered, decide, and move the launch once."""
        lead = self.brief.lead.email
        if self.calendars.hours_of(lead).opens(now) != now:
            return False
        with reading(self.store, self.slug, now=now) as change:
            if change.launch.status != LaunchStatus.RUNNING:
                return False
            query = select(Extension).where(Extension.status == ExtensionStatus.ASKED)
            asked = {
                change.tasks[each.task].key: each.until
                for each in change.session.exec(query).all()
            }
            gates = read_gates(change.session, change.launch, change.brief, tasks)
        answered = {key for key in asked if self.dice.random() < 0.3}
        for key in answered:
            until = asked[key]
            yes = self.dice.random() < 0.7
            answer_extension(
                self.store, self.slug, key, until=until, granted=yes, now=now
            )
        open_ones = [
            (gate, each)
            for gate in gates
            for each in gate.checks
            if each.checked_by is None and not each.waits_for
        ]
        for gate, each in open_ones:
            if each.offered and self.dice.random() < 0.05:
                self.quietly(check, gate.stage, each.key, link=LINK, now=now)
        deciding = next((task for task in tasks if self.ripe(task, now)), None)
        if deciding is not None:
            for gate, each in open_ones:
                self.quietly(check, gate.stage, each.key, link=LINK, now=now)
            self.quietly(decide, go=True, task=deciding.key, now=now)
        day = self.calendars.hours_of(lead).day(now)
        if day in self.moves:
            move(
                self.store, self.slug, on=self.moves.pop(day), now=now, accept_late=True
            )
        return bool(answered or deciding)

    def ripe(self, task: Task, now: datetime) -> bool:
        ready = task.status in (TaskStatus.READY, TaskStatus.DOING)
        return bool(task.decides and ready and task.due <= now.date())

    def quietly(self, verb: Callable[..., object], *args: object, **more: Any) -> None:
        """Do it if it can be done yet."""
        with suppress(LaunchKitsError):
            verb(self.store, self.slug, *args, **more)

    def outbox(self) -> list[Notice]:
        with self.store.read() as session:
            return list(notices_of(session, self.slug))
