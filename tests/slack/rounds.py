"""Rounds of delivery in which everything goes wrong, and the conditions at their end.

Run as ``python -m tests.slack.rounds FIRST COUNT``: a round for each seed from FIRST on; prints the
rounds that failed, the kills, and how many messages of each kind were sent, as JSON. In each round
processes that deliver are killed at a random point, or answers are lost, calls are limited or fail,
while the launch goes on: work is begun and finished, reminders replace each other, questions are
answered, messages are deleted. Then Slack recovers, and what stands there is compared with what had
to be said. The processes are forked from one that has imported everything and has no threads.
"""

from __future__ import annotations

import dataclasses
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.database.queries import find_launch, find_task
from launch_kits.database.records import (
    Event,
    Notice,
    NoticeKind,
    NoticeStatus,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.slack.api import transport
from launch_kits.slack.outbound import client, rate_limits
from launch_kits.views.notices.context import ContextLoader
from launch_kits.worker import delivery
from tests import remembered
from tests.slack import conftest
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import TOKEN, StandIn
from tests.slack.true_messages import untrue

CARD = "battlecard:redis"
ASKED: dict[str, Any] = {
    "id": 7,
    "question": "Does it run on Windows?",
    "by": PEOPLE["lead"],
    "owner": PEOPLE["pmm"],
    "due_at": "2027-02-04T20:00:00+00:00",
    "part": "answer",
}
ANSWERED = {"answer": "Yes", "source": None, "answered_by": PEOPLE["pmm"]}
MORNING: dict[str, Any] = {
    "day": "2027-02-01",
    "tasks": [
        {
            "launch": "valkey-9",
            "product": "Valkey 9.0",
            "task": "legal_review",
            "title": "Legal review",
            "owner": PEOPLE["legal"],
            "due": "2027-01-28",
            "status": "ready",
        }
    ],
    "help": [],
}
#: longer than any lease, and than any wait after an unclear end
STEP = timedelta(minutes=11)
#: deliveries until which Slack fails, and the processes are killed; the others follow until all is
#: said
STORMY = 5
MOST = 12
#: the ends of a notice; one whose task is closed meanwhile is not sent
SETTLED = (NoticeStatus.SENT, NoticeStatus.DROPPED)
#: the kinds of which people delete messages: none with a thread or a pin
DELETED = (NoticeKind.NUDGE, NoticeKind.ESCALATION, NoticeKind.QUESTION)
#: the kinds that are compared with what would be written now
SHOWN = (NoticeKind.NUDGE, NoticeKind.QUESTION, NoticeKind.TASK, NoticeKind.REVIEW)
FAULTS = ("lost", "lost", "drop", "broken", "page", "limited")


# -- the processes that deliver, forked from one without threads
# -------------------------------------------------------


def breed(orders: Connection) -> None:
    """Fork a process for each order, kill it when its time has come, and answer when it is gone."""
    while True:
        try:
            order = orders.recv()
        except EOFError:
            os._exit(0)
        children = [_fork(order, kill) for kill in order["kills"]]
        for child, kill in zip(children, order["kills"], strict=True):
            if kill and "after" in kill:
                time.sleep(kill["after"])
                os.kill(child, signal.SIGKILL)
        orders.send(
            [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        )


def _fork(order: dict[str, Any], kill: dict[str, Any] | None) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        if kill and "at" in kill:
            _die(at=kill["at"])
        _deliver(order)
        code = 0
    finally:
        os._exit(code)


def _die(*, at: int) -> None:
    """Be killed at a moment: a statement or commit, or before or after a call of Slack's."""
    moments = count(1)

    def moment(*_: object) -> None:
        if next(moments) >= at:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, moment)
    for name in ("_call", "upload"):
        setattr(transport.Wire, name, _between(getattr(transport.Wire, name), moment))


def _between(
    call: Callable[..., Any], moment: Callable[[], None]
) -> Callable[..., Any]:
    def between(*of: Any, **options: Any) -> Any:
        moment()
        try:
            return call(*of, **options)
        finally:
            moment()

    return between


def _deliver(order: dict[str, Any]) -> None:
    client.connect.cache_clear()
    transport.PACE = 0.0
    rate_limits.SHORT = order["short"]
    delivery.PATIENCE = 0.5
    store = Store(order["settings"].database_url)
    delivery.deliver(store, settings=order["settings"], now=order["now"])
    store.close()


# -- a round ---------------------------------------------------------------------------------------
# --------------------


class Round:
    """One launch, with notices to deliver and documents to upload, on a Slack of its own."""

    def __init__(
        self, seed: int, folder: Path, slack: StandIn, orders: Connection
    ) -> None:
        self.random = random.Random(seed)
        self.slack = slack
        self.orders = orders
        settings = Settings.read({"LAUNCH_KITS_HOME": str(folder)})
        self.settings = dataclasses.replace(
            settings, slack_bot_token=TOKEN, slack_base_url=slack.url
        )
        self.now = NOW
        self.versions = 0
        self.told = 0
        self.killed = 0
        #: the messages that a person deleted
        self.gone: set[str] = set()
        self.store = Store(settings.database_url)
        self.file(NoticeKind.TASK, CARD, "pmm")
        self.file(NoticeKind.TASK, "legal_review", "legal")
        self.file(NoticeKind.HEADLINE, None, "#valkey-9-launch")
        self.file(NoticeKind.REVIEW, "training", "lead")
        self.file(NoticeKind.NUDGE, CARD, "pmm")
        self.file(NoticeKind.ESCALATION, "legal_review", "lead")
        self.file(NoticeKind.DIGEST, None, "lead", **MORNING)
        self.file(NoticeKind.QUESTION, None, "pmm", **ASKED)
        for _ in range(self.random.randrange(4)):
            self.news()
        self.write()

    def file(self, kind: NoticeKind, task: str | None, to: str, **facts: Any) -> None:
        with self.store.write() as session:
            number = outbox.occasions(session, kind, "valkey-9", task) + 1
            outbox.enqueue(
                session,
                kind=kind,
                launch="valkey-9",
                task=task,
                to=PEOPLE.get(to, to),
                occasion=str(number),
                now=self.now,
                send_after=self.now,
                facts=facts,
            )

    def news(self) -> None:
        to = self.random.choice(["pmm", "lead", "legal", "#valkey-9-launch"])
        self.told += 1
        self.file(NoticeKind.NEWS, None, to, text=f"News {self.told}")

    def remind(self) -> None:
        """Remind again, which closes the reminder before it."""
        self.file(NoticeKind.NUDGE, CARD, "pmm")

    def answer(self) -> None:
        """Answer the question, and finish the work that help was asked for: both are closed."""
        with self.store.write() as session:
            query = select(Notice).where(Notice.kind == NoticeKind.QUESTION)
            notice = session.exec(query).one()
            notice.facts = {**notice.facts, **ANSWERED}
            session.add(notice)
            session.flush()
            kinds = [NoticeKind.QUESTION]
            outbox.outdate(session, launch="valkey-9", kinds=kinds)
        done = {"status": TaskStatus.DONE, "done_at": self.now}
        self.happen("done", "legal_review", **done)

    def delete(self) -> None:
        """Let a person delete a message, of which Slack tells."""
        with self.store.write() as session:
            query = select(Notice).where(col(Notice.kind).in_(DELETED))
            there = [each for each in session.exec(query) if each.ts]
            if not there:
                return
            notice = self.random.choice(there)
            place = self.slack.channels[str(notice.channel)].messages
            if str(notice.ts) in place:
                self.slack.delete(str(notice.channel), str(notice.ts))
                outbox.post_again(session, notice.key, now=self.now)
                self.gone.add(notice.key)

    def write(self) -> None:
        """Write the document again."""
        self.versions += 1
        folder = self.settings.documents / "valkey-9"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "battlecard-redis.md").write_text(
            f"Version {self.versions}", encoding="utf-8"
        )
        self.happen("note", document="valkey-9/battlecard-redis.md")

    def happen(self, verb: str, key: str = CARD, **values: object) -> None:
        """The work of a verb: the change, the event, and the mark on outdated messages."""
        with self.store.write() as session:
            task = find_task(session, "valkey-9", key)
            for name, value in values.items():
                setattr(task, name, value)
            session.add(task)
            find_launch(session, "valkey-9").revision += 1
            session.add(
                Event(
                    launch="valkey-9",
                    task=key,
                    at=self.now + STEP / 2,
                    by=PEOPLE["pmm"],
                    verb=verb,
                )
            )
            outbox.outdate(
                session,
                launch="valkey-9",
                task=key,
                kinds=[NoticeKind.TASK, NoticeKind.REVIEW],
            )
            outbox.outdate(session, launch="valkey-9", kinds=[NoticeKind.HEADLINE])

    def play(self) -> None:
        often = self.random.choice([0.0, 0.1, 0.3])
        self.slack.weather = lambda _: (
            self.random.choice(FAULTS) if self.random.random() < often else ""
        )
        for turn in range(self.random.randint(1, STORMY)):
            self.deliver([self.kill() for _ in range(self.random.choice([1, 1, 1, 2]))])
            if self.random.random() < 0.5:
                self.random.choice(
                    [
                        self.news,
                        self.write,
                        self.remind,
                        self.answer,
                        self.delete,
                        lambda: self.happen("begin", status=TaskStatus.DOING),
                    ]
                )()
            if turn == 2:
                self.slack.weather = lambda _: ""
        self.slack.weather = lambda _: ""
        for _ in range(MOST):
            self.deliver([None])
            if all(
                notice.status in SETTLED and not notice.outdated
                for notice in self.notices()
            ):
                break

    def wait_for_the_morning(self) -> None:
        """Let a day pass, after which every message is compared with what would be written."""
        self.now += timedelta(days=1)
        for _ in range(2):
            self.deliver([None])

    def kill(self) -> dict[str, Any] | None:
        """When a process is killed, if it is: at a moment, or after some time."""
        how = self.random.random()
        if how < 0.6:
            return {"at": self.random.randint(1, self.random.choice([40, 160]))}
        return {"after": self.random.uniform(0, 0.3)} if how < 0.8 else None

    def deliver(self, kills: list[dict[str, Any] | None]) -> None:
        short = self.random.choice([0.0] * 9 + [1.0])
        self.orders.send(
            {"settings": self.settings, "now": self.now, "kills": kills, "short": short}
        )
        codes = self.orders.recv()
        assert set(codes) <= {0, -signal.SIGKILL}, codes
        self.killed += sum(code != 0 for code in codes)
        self.slack.settle()
        self.now += STEP

    def notices(self) -> list[Notice]:
        with self.store.read() as session:
            return list(session.exec(select(Notice)).all())

    # -- the conditions
    # ---------------------------------------------------------------------------------------------

    def faults(self) -> list[str]:
        notices = self.notices()
        found = [
            f"{notice.key} is {notice.status}: {notice.error}"
            for notice in notices
            if notice.status not in SETTLED
        ]
        found += [
            f"{notice.key} was never brought up to date: {notice.error}"
            for notice in notices
            if notice.outdated
        ]
        said = Counter(
            _named(message) for message in self.slack.posted if "metadata" in message
        )
        found += [
            f"{name} stands {times} times" for name, times in said.items() if times > 1
        ]
        found += [
            f"{each.key} is missing"
            for each in notices
            if each.status == NoticeStatus.SENT
            and ("launch_kits_notice", each.key) not in said
            and not (each.key in self.gone and each.closed is not None)
        ]
        found += self.untrue(notices)
        filed = {("launch_kits_notice", each.key) for each in notices}
        histories = {name for name in said if name[0] == "launch_kits_history"}
        card = next(notice for notice in notices if notice.task == CARD)
        with self.store.read() as session:
            worked_on = set(session.exec(select(Event.task)).all())
        wanted = {
            ("launch_kits_history", each.key)
            for each in notices
            if each.kind == NoticeKind.TASK and each.ts and each.task in worked_on
        }
        found += (
            [f"history is {histories}, not {wanted}"] if histories != wanted else []
        )
        found += [f"nobody filed {name}" for name in set(said) - filed - histories]
        return found + self.faulty_files(card) + self.faulty_pins()

    def untrue(self, notices: list[Notice]) -> list[str]:
        """The differences of messages from what would be written now."""
        contexts = ContextLoader(self.store, documents=self.settings.documents)
        context = contexts.of("valkey-9", now=self.now)
        return [
            fault
            for each in notices
            if each.kind in SHOWN
            for fault in untrue(each, self.slack, context, now=self.now)
        ]

    def faulty_files(self, card: Notice) -> list[str]:
        shared = [
            file for message in self.slack.posted for file in message.get("files", ())
        ]
        names = Counter((file["title"], file["name"]) for file in shared)
        found = [
            f"{name} was uploaded {times} times"
            for name, times in names.items()
            if times > 1
        ]
        found += [
            f"a file bears a key: {title}" for title, _ in names if card.key in title
        ]
        last = [self.slack.files[file["id"]]["content"].decode() for file in shared][
            -1:
        ]
        return found + (
            [f"{last} was uploaded last"]
            if last != [f"Version {self.versions}"]
            else []
        )

    def faulty_pins(self) -> list[str]:
        pinned = [
            ts for channel in self.slack.channels.values() for ts in channel.pinned
        ]
        return [] if len(pinned) == 1 else [f"pinned {pinned}"]


def _named(message: dict[str, Any]) -> tuple[str, str]:
    return message["metadata"]["event_type"], message["metadata"]["event_payload"][
        "key"
    ]


def prepare(folder: Path) -> Path:
    """A database with a launch in it, to copy for each round."""
    path = folder / "launch-kits.db"
    store = Store(f"sqlite:///{path}")
    with store.write() as session:
        session.add(conftest.launch())
        session.flush()
        rows = [
            (CARD, "pmm", "ready"),
            ("legal_review", "legal", "ready"),
            ("training", "legal", "review"),
        ]
        for position, (key, owner, status) in enumerate(rows):
            row = conftest.task(
                key, owner=PEOPLE[owner], status=status, position=position
            )
            if key == "legal_review":
                row.due = date(
                    2027, 1, 28
                )  # it is overdue, and others are asked for help
            if key == "training":
                row.approver = PEOPLE["lead"]
            session.add(row)
    store.close()
    return path


def rehearse(template: Path) -> None:
    """Deliver everything once, undisturbed.

    Each process of a round is forked from this one and would compile all statements anew.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        StandIn(PEOPLE["lead"], PEOPLE["pmm"]) as slack,
    ):
        shutil.copy(template, folder)
        here, _ = Pipe()
        played = Round(0, Path(folder), slack, here)
        _deliver({"settings": played.settings, "now": NOW, "short": 0.0})
        played.happen("begin", status=TaskStatus.DOING)
        _deliver({"settings": played.settings, "now": NOW + STEP, "short": 0.0})
        played.store.close()
    assert threading.active_count() == 1


def main(first: int, number: int) -> None:
    remembered.share_statements()
    failed = {}
    killed = 0
    sent = Counter[str]()
    with tempfile.TemporaryDirectory() as home:
        template = prepare(Path(home))
        rehearse(template)
        here, there = Pipe()
        breeder = os.fork()
        if not breeder:
            here.close()
            breed(there)
        there.close()
        for seed in range(first, first + number):
            with (
                tempfile.TemporaryDirectory() as folder,
                StandIn(PEOPLE["lead"], PEOPLE["pmm"]) as slack,
            ):
                shutil.copy(template, folder)
                played = Round(seed, Path(folder), slack, here)
                played.play()
                played.wait_for_the_morning()
                if found := played.faults():
                    failed[seed] = found
                killed += played.killed
                sent += Counter(
                    str(each.kind) for each in played.notices() if each.ts is not None
                )
                played.store.close()
        here.close()
        os.waitpid(breeder, 0)
    told = {"failed": failed, "killed": killed, "sent": sent}
    sys.stdout.write(json.dumps(told, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
