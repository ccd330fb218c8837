"""A launch that people work on, move and neglect at random, and the rules that its messages keep.

Hours pass, people act, are away, delete messages; a sweep follows each time. After it every message
is compared with what would be written now.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from sqlmodel import select

from launch_kits import outbox
from launch_kits.database.queries import notices_of, tasks_of
from launch_kits.database.records import (
    ACTIVE,
    Event,
    Notice,
    NoticeStatus,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings
from launch_kits.verbs import (
    TaskEdit,
    approve,
    begin,
    block,
    cancel,
    delegate,
    done,
    drop,
    edit,
    extend,
    move,
    note,
    reassign,
    reject,
    reopen,
    unblock,
)
from launch_kits.views.notices.context import ContextLoader
from launch_kits.worker.delivery import Delivered, deliver
from launch_kits.worker.step import sweep_due, write_documents
from tests.launches import (
    LEAD,
    LEGAL,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    at,
    brief_with,
    kit_with,
)
from tests.slack.stand_in import Channel, StandIn
from tests.slack.true_messages import message_of, rendered, untrue

PEOPLE = (LEAD, PMM, LEGAL, SALES, OPS)
#: a Saturday
OPENED = at("01-09")
#: after this long a reply to one's own act waits for their hours
OWN_ACT = timedelta(minutes=10)
#: a due day in a message, and the last planned day of work
_DAY = r"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ [A-Z][a-z]{2}(?: \d{4})?)"
DUE = re.compile(rf"(?:[Dd]ue|again by|approve .*? by|refuse by) {_DAY}")
PLANNED = re.compile(
    rf"Planned to be finished {_DAY}|planned for (?:[^.]*-)?(\d+ [A-Z][a-z]{{2}})\."
)


def world_brief() -> Brief:
    """The small launch with people on three continents, some of them away for a while.

    Its first tasks are due soon, and others hear early of those that are late.
    """
    kit = kit_with(positioning={"due": "T-17"}, research={"due": "T-15"})
    ladder = [{"after": 1, "to": "backup"}, {"after": 2, "to": "lead"}]
    brief = brief_with(kit=kit | {"nudges": {"ladder": ladder}})
    written = brief.model_dump(mode="json", by_alias=True)
    team = written["team"]
    team["pmm"]["timezone"] = "Europe/Berlin"
    team["legal"]["timezone"] = "America/Los_Angeles"
    team["legal"]["away"] = [{"from": "2027-01-20", "to": "2027-01-22"}]
    team["sales"]["away"] = [{"from": "2027-01-28", "to": "2027-02-01"}]
    return Brief.model_validate(written)


class World:
    """The launch, its people and its Slack, from its first hour on."""

    def __init__(
        self, seed: int, store: Store, settings: Settings, slack: StandIn
    ) -> None:
        self.random = random.Random(seed)
        self.store, self.settings, self.slack = store, settings, slack
        self.now = OPENED
        self.acted: Counter[str] = Counter()
        #: the messages that a person deleted and no edit has found missing so far
        self.deleted: set[str] = set()
        #: a digest or news → its text
        self._texts: dict[str, str] = {}
        #: the places of everything that was ever posted
        self._seen: set[tuple[str, str]] = set()

    # -- what happens

    def pass_time(self) -> None:
        """Some minutes or hours, now and then a weekend."""
        hours = self.random.choice([0.1, 1, 2, 5, 9, 15, 24, 30])
        self.now += timedelta(hours=hours)

    def act(self) -> None:
        """A person does something, if they may."""
        with self.store.read() as session:
            tasks = tasks_of(session, SLUG)
        active = [each for each in tasks if each.status in ACTIVE] or tasks
        verbs = [
            *[partial(self._on_task, self.random.choice(active))] * 24,
            *[partial(self._on_task, self.random.choice(tasks))] * 3,
            *[self._go_away, self._delete] * 2,
            self._move,
        ]
        act = self.random.choice(verbs)
        try:
            act()
        except LaunchKitsError:
            return

    def _on_task(self, task: Task) -> None:
        choices = self._choices(task)
        neglected = task.key == "research" and self.random.random() < 0.9
        if neglected or not choices:
            return
        name, act = self.random.choice(choices)
        act(self.store, SLUG, task.key, now=self.now)
        self.acted[name] += 1

    def _choices(self, task: Task) -> list[tuple[str, Callable[..., Any]]]:
        until = task.due + timedelta(self.random.choice([-1, 1, 4, 20]))
        to = self.random.choice([*PEOPLE, STRANGER])
        days = TaskEdit(due=(task.due + timedelta(self.random.choice([2, 5]))))
        anywhen: list[tuple[str, Callable[..., Any]]] = [
            ("note", partial(note, note="On it")),
            ("extend", partial(extend, until=until)),
            ("grant", partial(extend, until=until, by=LEAD)),
            ("reassign", partial(reassign, to=to)),
            ("edit", partial(edit, wanted=days, accept_late=True)),
            ("block", partial(block, note="No data")),
        ]
        by_status: dict[str, list[tuple[str, Callable[..., Any]]]] = {
            TaskStatus.READY: [("begin", begin)] * 6 + [("done", done)] * 2,
            TaskStatus.DOING: [("done", done)] * 8,
            TaskStatus.REVIEW: [("approve", approve)] * 4 + [("reject", reject)] * 2,
            TaskStatus.BLOCKED: [("unblock", unblock)] * 4,
            TaskStatus.DONE: [("reopen", reopen)],
            TaskStatus.DROPPED: [("reopen", reopen)],
        }
        if task.status in (TaskStatus.DONE, TaskStatus.DROPPED):
            return by_status[task.status] if self.random.random() < 0.6 else []
        rare = [("drop", drop)] if self.random.random() < 0.1 else []
        return [*by_status.get(task.status, []), *anywhen, *rare]

    def _move(self) -> None:
        day = self.now.date() + timedelta(self.random.randint(10, 40))
        move(self.store, SLUG, on=day, now=self.now, accept_late=True)
        self.acted["move"] += 1

    def _go_away(self) -> None:
        person, to = self.random.sample(PEOPLE, 2)
        until = self.now.date() + timedelta(self.random.randint(1, 5))
        delegate(
            self.store, person=person, to=to, until=until, launch=SLUG, now=self.now
        )
        self.acted["delegate"] += 1

    def _delete(self) -> None:
        """A person deletes a message; half of the time Slack tells of it."""
        sent = [
            each for each in self.notices() if each.ts and message_of(self.slack, each)
        ]
        if not sent:
            return
        notice = self.random.choice(sent)
        self.slack.delete(notice.channel or "", notice.ts or "")
        self.deleted.add(notice.key)
        self.acted["delete"] += 1
        if self.random.random() < 0.5:
            with self.store.write() as session:
                outbox.post_again(session, notice.key, now=self.now)

    def cancel(self) -> None:
        """The launch ends."""
        cancel(self.store, SLUG, now=self.now)

    def sweep(self) -> Delivered:
        """What the sweep does: time brings things about, documents are written and delivered."""
        for slug in sweep_due(self.store, now=self.now):
            write_documents(self.store, slug, settings=self.settings, now=self.now)
        return deliver(self.store, settings=self.settings, now=self.now)

    # -- the rules

    def faults(self) -> list[str]:
        """The rules that are broken after a sweep, a line each."""
        self.contexts = ContextLoader(self.store, documents=self.settings.documents)
        self.context = self.contexts.of(SLUG, now=self.now)
        notices = self.notices()
        return [
            *self._twice(),
            *self._at_night({each.key: each for each in notices}),
            *(
                fault
                for each in notices
                for fault in untrue(each, self.slack, self.context, now=self.now)
            ),
            *(fault for each in notices for fault in self._other_days(each)),
            *self._several(notices),
            *(fault for each in notices for fault in self._changed_text(each)),
        ]

    def notices(self) -> list[Notice]:
        """Every notice of the launch."""
        with self.store.read() as session:
            return list(notices_of(session, SLUG))

    def _changed_text(self, notice: Notice) -> Iterator[str]:
        """Digests and news keep their text; only tasks that are open have buttons in them."""
        message = message_of(self.slack, notice)
        if not notice.keeps_text or message is None:
            return
        first = self._texts.setdefault(notice.key, message["text"])
        if message["text"] != first:
            yield f"{notice.key} said {first}, now {message['text']}"
        offered = _buttons(rendered(notice, self.context, now=self.now).blocks)
        if (shown := _buttons(message["blocks"])) != offered:
            yield f"{notice.key} offers {shown}, not {offered}"
        over = [task.key for task in self.context.view.tasks if not task.open]
        shown = json.dumps(message["blocks"])
        yield from (
            f"{notice.key} has buttons for {key}"
            for key in over
            if f"{SLUG}|{key}" in shown
        )

    def _other_days(self, notice: Notice) -> Iterator[str]:
        """Open messages about a task name its due day and planned finish of now, all the same."""
        message = message_of(self.slack, notice)
        task = self.context.view.task(notice.task) if notice.task else None
        if not notice.living or notice.closed or message is None or task is None:
            return
        if notice.status != NoticeStatus.SENT:
            return
        reader = self.context.reader(notice.to, now=self.now)
        due, finish = reader.day(task.due), task.meant_days[1]
        told = set(DUE.findall(message["text"]))
        if told - {due}:
            yield f"{notice.key} names {told}, not {due}"
        found = PLANNED.findall(message["text"])
        planned = {day for days in found for day in days if day}
        days = {reader.day(finish), reader.span(finish, finish)}
        if planned - days:
            yield f"{notice.key} names {planned} as planned, not {days}"

    def _several(self, notices: list[Notice]) -> Iterator[str]:
        """A reader has one open message of a kind about a task."""
        there = Counter(
            (each.kind, each.task, each.to, "until" in each.facts, _asked(each))
            for each in notices
            if each.status == NoticeStatus.SENT and each.closed is None and each.living
        )
        yield from (
            f"{names} has {times} messages"
            for names, times in there.items()
            if times > 1
        )

    def _twice(self) -> Iterator[str]:
        keys = Counter(
            (
                message["metadata"]["event_type"],
                message["metadata"]["event_payload"]["key"],
                message.get("thread_ts"),
            )
            for message in self.slack.posted
            if "metadata" in message
        )
        yield from (
            f"{key} stands {times} times" for key, times in keys.items() if times > 1
        )

    def _at_night(self, notices: dict[str, Notice]) -> Iterator[str]:
        """New posts of this sweep that came outside of their reader's hours."""
        for channel in self.slack.channels.values():
            for message in channel.messages.values():
                place = (channel.id, message["ts"])
                if place in self._seen or "subtype" in message:
                    continue
                self._seen.add(place)
                key = _key_of(message, channel)
                if key is None:
                    continue
                notice = notices[key]
                opens = self.context.hours(notice.to, now=self.now)
                threaded = "thread_ts" in message
                if opens > self.now and not (threaded and self._own_act(notice)):
                    what = message["text"] or message["files"][0]["title"]
                    yield f"{notice.key} got a post at {self.now}: {what}"

    def _own_act(self, notice: Notice) -> bool:
        query = select(Event.by).where(
            Event.task == notice.task, Event.at > self.now - OWN_ACT
        )
        with self.store.read() as session:
            return notice.to in session.exec(query).all()


def _asked(notice: Notice) -> object:
    """What news ask for, if they do."""
    return notice.facts.get("event") if notice.asks else None


def _buttons(blocks: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The ids and values of a message's buttons."""
    return [
        (button["action_id"], button["value"])
        for block in blocks
        if block["type"] == "actions"
        for button in block["elements"]
    ]


def _key_of(message: dict[str, Any], channel: Channel) -> str | None:
    """The key of the notice that a message, a reply or a file belongs to.

    None for a file below a message that was deleted.
    """
    found = channel.messages[message["thread_ts"]] if "files" in message else message
    return found["metadata"]["event_payload"]["key"] if "metadata" in found else None
