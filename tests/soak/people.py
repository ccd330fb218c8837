"""The people of many launches: a quarter of work behind them, and clicks in Slack from now on."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

import httpx
from sqlmodel import select

from launch_kits import verbs
from launch_kits.database.records import Task, TaskStatus
from launch_kits.database.store import Store
from launch_kits.verbs import open_launch
from launch_kits.worker import step
from tests.served import current_brief, now
from tests.slack.signing import signature
from tests.slack.workspace import People
from tests.soak.house import House

#: days of work before the storm
QUARTER = 91
#: the id of the channel in which people click
CHANNEL = "C9"
FORM = "application/x-www-form-urlencoded"


def live_quarter(store: Store, slug: str, chance: random.Random) -> None:
    """Open a launch up to a quarter ago, and have its people work until now."""
    begin = now() - timedelta(days=chance.randrange(QUARTER))
    brief = current_brief(
        slug,
        begin_on=begin.date().isoformat(),
        launch_on=_weekday(begin.date() + timedelta(days=120)).isoformat(),
    )
    open_launch(store, brief, now=begin)
    at = begin
    while (at := at + timedelta(days=chance.randint(2, 12))) < now():
        step.advance(store, slug, now=at)
        _work_offline(store, slug, chance, at=at)


def _work_offline(
    store: Store, slug: str, chance: random.Random, *, at: datetime
) -> None:
    for task in open_tasks(store, slug):
        if chance.random() < 0.4:
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
        self._house, self._people, self._random = house, people, chance
        #: launch, task and verb → acknowledged requests
        self.acknowledged: Counter[tuple[str, str, str]] = Counter()
        self.lost = 0

    def act(self, slug: str) -> None:
        """Let a person act on some task of a launch."""
        tasks = open_tasks(self._house.store, slug)
        if not tasks:
            return
        task = self._random.choice(tasks)
        # each "On it" leaves a note, so a lost or doubled one shows
        verb = "note"
        if self._random.random() < 0.6:
            verb = {
                TaskStatus.READY: "begin",
                TaskStatus.DOING: "done",
                TaskStatus.REVIEW: "approve",
            }[task.status]
        who = task.approver if verb == "approve" and task.approver else task.owner
        self._send(self._request(verb, who, slug, task.key))
        self.acknowledged[slug, task.key, verb] += 1

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
