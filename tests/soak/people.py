"""The people of many launches: months of work behind them, and clicks in Slack from now on."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx
from sqlmodel import func, select

from launch_kits import verbs
from launch_kits.database.records import Event, EventVerb, Task, TaskStatus
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.slack.api import transport
from launch_kits.verbs import open_launch
from launch_kits.views.overview import keep_overviews
from launch_kits.worker import step
from launch_kits.worker.retention import forget_old
from tests.served import current_brief, now
from tests.slack.signing import signature
from tests.slack.workspace import People
from tests.soak.house import House

#: the id of the channel in which people click
CHANNEL = "C9"
#: the verbs after which a task may be closed
ENDING = ("done", "approve")
FORM = "application/x-www-form-urlencoded"


def live(house: House, slugs: list[str], chance: random.Random, *, days: int) -> None:
    """Let some months pass until now: launches begin, people work, sweeps write and deliver."""
    begins = {slug: now() - timedelta(days=chance.randrange(1, days)) for slug in slugs}
    opened: list[str] = []
    at = now() - timedelta(days=days)
    while (at := at + timedelta(days=chance.randint(1, 4))) < now():
        for slug in slugs:
            if slug not in opened and begins[slug] <= at:
                _open(house.store, slug, at)
                opened.append(slug)
        for slug in opened:
            _work_offline(house.store, slug, chance, at=at)
        _sweep(house, at)
    for slug in slugs:
        if slug not in opened:
            _open(house.store, slug, now())


def _open(store: Store, slug: str, at: datetime) -> None:
    first = at.date()
    brief = current_brief(
        slug,
        begin_on=first.isoformat(),
        launch_on=_weekday(first + timedelta(days=120)).isoformat(),
        **office_hours(now()),
    )
    open_launch(store, brief, now=at)


def office_hours(at: datetime) -> dict[str, object]:
    """The keys of a brief by which it is ten o'clock on a working day at an instant.

    At any other time messages wait for the morning, and nothing could be sent twice or lost.
    """
    east = (10 - at.hour + 11) % 24 - 11
    # POSIX counts the hours west of Greenwich
    zone = f"Etc/GMT{-east:+d}" if east else "Etc/GMT"
    day = at.astimezone(ZoneInfo(zone)).date()
    return {"timezone": zone, "workdays": [day.isoformat()]}


def _sweep(house: House, at: datetime) -> None:
    """A sweep of the past, at one of its instants."""
    store = house.store
    settings = house.settings
    with without_pace():
        for slug in step.sweep_due(store, now=at):
            step.write_documents(store, slug, settings=settings, now=at)
        step.deliver(store, settings=settings, now=at)
    forget_old(store, keep=settings.keep, now=at)
    keep_overviews(store, now=at)


@contextmanager
def without_pace() -> Iterator[None]:
    """Months of messages in a minute: the limits of Slack count from now on."""
    usual, transport.PACE = transport.PACE, 0.0
    try:
        yield
    finally:
        transport.PACE = usual


def _work_offline(
    store: Store, slug: str, chance: random.Random, *, at: datetime
) -> None:
    for task in open_tasks(store, slug):
        if chance.random() < 0.4:
            with suppress(LaunchKitsError):
                _verb_of(task)(store, slug, task.key, now=at)


def _verb_of(task: Task) -> Callable[..., object]:
    if task.status == TaskStatus.READY:
        return verbs.begin
    return verbs.done if task.status == TaskStatus.DOING else verbs.approve


def open_tasks(store: Store, slug: str) -> list[Task]:
    """The tasks of a launch on which someone can act."""
    acted_on = (TaskStatus.READY, TaskStatus.DOING, TaskStatus.REVIEW)
    with store.read() as session:
        query = select(Task).where(Task.launch == slug)
        return [each for each in session.exec(query) if each.status in acted_on]


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


class Clicks:
    """Requests of people, each sent again until it is acknowledged."""

    def __init__(self, house: House, people: People, chance: random.Random) -> None:
        self._house = house
        self._people = people
        self._random = chance
        #: launch, task and verb → acknowledged requests
        self.acknowledged: Counter[tuple[str, str, str]] = Counter()
        self.lost = 0
        #: what was asked last of each launch's task that ends its work
        self._last: dict[tuple[str, str], str] = {}

    def act(self, slug: str) -> None:
        """Let a person act on some task of a launch."""
        tasks = [
            each
            for each in open_tasks(self._house.store, slug)
            if not self._is_ending(each)
        ]
        if not tasks:
            return
        task = self._random.choice(tasks)
        # each "On it" leaves a note, so a lost or doubled one shows
        verb = "note"
        if self._random.random() < 0.6 and not self._owes_notes(task):
            verb = {
                TaskStatus.READY: "begin",
                TaskStatus.DOING: "done",
                TaskStatus.REVIEW: "approve",
            }[task.status]
        who = task.approver if verb == "approve" and task.approver else task.owner
        self._send(self._request(verb, who, slug, task.key))
        self.acknowledged[slug, task.key, verb] += 1
        if verb in ENDING:
            self._last[slug, task.key] = verb

    def _is_ending(self, task: Task) -> bool:
        """Whether its end is acknowledged and not carried out yet: a note would be refused."""
        last = self._last.get((task.launch, task.key))
        return last == "approve" or (
            last == "done" and task.status != TaskStatus.REVIEW
        )

    def _owes_notes(self, task: Task) -> bool:
        """Whether a note on it was acknowledged, and its process killed before it was written.

        A sweep writes it a minute later. If the task is over by then, its user is told that.
        """
        with self._house.store.read() as session:
            query = select(func.count()).select_from(Event)
            written = session.exec(
                query.where(
                    Event.launch == task.launch,
                    Event.task == task.key,
                    Event.verb == EventVerb.NOTE,
                )
            ).one()
        return written < self.acknowledged[task.launch, task.key, "note"]

    def _request(self, verb: str, who: str, slug: str, key: str) -> bytes:
        if verb == "done":
            words = f"done {slug} {key} https://docs.example.com/{key}"
            return urlencode(self._people.commanded(who, words)).encode()
        action = "task_ack" if verb == "note" else f"task_{verb}"
        payload = self._people.pressed(who, action, f"{slug}|{key}", channel=CHANNEL)
        return urlencode({"payload": json.dumps(payload)}).encode()

    def _send(self, body: bytes) -> None:
        while True:
            headers = {**signature(body), "content-type": FORM}
            try:
                answer = httpx.post(
                    self._house.endpoint,
                    content=body,
                    headers=headers,
                    timeout=10,
                    trust_env=False,
                )
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code == httpx.codes.OK:
                return
            self.lost += 1
            self._house.stand()
