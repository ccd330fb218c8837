"""Rounds in which the app is killed between acknowledgement and work, and started again.

Run as ``python -m tests.slack.kills FIRST COUNT``: a round for each seed from FIRST on; prints the
faults found and the number of acknowledged requests, as JSON. In each round people press buttons,
fill in forms and type commands at once; the process of the app is killed at a random moment, and a
new one is started. Then everything that was acknowledged must have been done once. The processes
are forked from one that has imported everything and has no threads.
"""

from __future__ import annotations

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
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from sqlalchemy import Engine, event
from sqlmodel import select

from launch_kits.database.records import Answered, Event, Launch
from launch_kits.database.store import Store
from launch_kits.server.application import application
from launch_kits.server.http import Port
from launch_kits.server.slack_endpoint import slack_route
from launch_kits.settings import Settings
from launch_kits.slack.api import interactive, transport
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.app import SlackApp
from launch_kits.slack.inbound.members import Member
from launch_kits.slack.inbound.session import Host
from launch_kits.slack.inbound.start_form import kits_offered, start_modal
from launch_kits.verbs import open_launch
from tests.launches import LEAD, LEGAL, NOW, OPS, PMM, SALES, SLUG, opened
from tests.slack.stand_in import TOKEN
from tests.slack.workspace import SECRET, People, Workspace, signature

#: "On it" is pressed so often in a round, and leaves an event each time
PRESSED = 17
#: the answers that only their user sees, at least; one may be given again after a kill
HEARD = {"Thank you, noted": PRESSED, "Heron 3 is started": 1, '"Research" is done': 1}
FORM = "application/x-www-form-urlencoded"


# -- the processes of the app, forked from one without threads
# -------------------------------------------------------


def breed(orders: Connection) -> None:
    """Fork an app for each order; ``kill`` names the moment of its death, ``end`` kills it."""
    child = 0
    while True:
        try:
            order = orders.recv()
        except EOFError:
            os._exit(0)
        if order == "end":
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            orders.send("ended")
            continue
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            os.close(told)
            _serve(order, tell)
        os.close(tell)
        with os.fdopen(told) as line:
            orders.send(int(line.readline()))


def _serve(order: Mapping[str, Any], tell: int) -> None:
    """Answer requests until the end, as `up` does; never returns."""
    settings: Settings = order["settings"]
    store = Store(settings.database_url, door="slack")
    host = Host(
        follow_up=lambda _: None,
        start=lambda brief, also: open_launch(store, brief, now=NOW, also=also),
    )
    app = SlackApp(store, settings, host=host, clock=lambda: NOW)
    app.resume()
    port = Port("127.0.0.1", 0, application([slack_route(app.answer)]))
    port.open()
    if order["kill"]:
        _die(at=order["kill"])
    os.write(tell, f"{port.number}\n".encode())
    threading.Event().wait()


def _die(*, at: int) -> None:
    """Be killed at a moment: a statement or commit, or before or after a call of Slack's."""
    moments = count(1)

    def moment(*_: object) -> None:
        if next(moments) >= at:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, moment)
    for name in ("_call", "answer"):
        call = getattr(interactive.Web, name)

        def between(*of: Any, call: Any = call, **options: Any) -> Any:
            moment()
            try:
                return call(*of, **options)
            finally:
                moment()

        setattr(interactive.Web, name, between)


# -- a round ---------------------------------------------------------------------------------------
# --------------------


class Round:
    """Requests to one launch, and what became of them."""

    def __init__(
        self, seed: int, folder: Path, slack: Workspace, orders: Connection
    ) -> None:
        self.random, self.slack, self.orders = random.Random(seed), slack, orders
        self.settings = Settings.read(
            {
                "LAUNCH_KITS_HOME": str(folder),
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_BASE_URL": slack.url,
            }
        )
        self.store = Store(self.settings.database_url)
        self.requests = self._made(People(slack, lambda *_: (200, "")))
        #: names of the requests that were acknowledged
        self.acknowledged: set[str] = set()

    def _made(self, people: People) -> dict[str, bytes]:
        """The requests of the round, by name."""
        place = f"{SLUG}|positioning"
        pressed = [
            people.pressed(PMM, "task_ack", place, channel="C9") for _ in range(PRESSED)
        ]
        member = Member(email=LEAD, name="Lead", timezone="UTC")
        place_of_start = ActionPlace(channel="C9", url=self.slack.response_url)
        modal = start_modal(kits_offered(()), member, place_of_start)
        started = people.filled(
            LEAD,
            modal,
            product="Heron 3",
            launch="heron-3",
            launch_on="2027-09-01",
            kit="quiet_release",
        )
        begun = people.pressed(PMM, "task_begin", place, channel="C9")
        payloads = {f"press {at}": each for at, each in enumerate(pressed)}
        payloads |= {"start": started, "begin": begun}
        made = {
            name: urlencode({"payload": json.dumps(each)}).encode()
            for name, each in payloads.items()
        }
        typed = people.commanded(PMM, f"done {SLUG} research https://x.example.com/a")
        return {**made, "done": urlencode(typed).encode()}

    def play(self) -> None:
        kill = self.random.choice([0, self.random.randint(1, 400)])
        port = self._open(kill=kill)
        names = list(self.requests)
        self.random.shuffle(names)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda name: self._send(name, port), names))
        time.sleep(self.random.choice([0.0, 0.0, 0.05]))
        self._end()
        port = self._open(kill=0)
        # Slack, or an impatient person, sends some again, and all that was not acknowledged
        again = [name for name in names if self.random.random() < 0.3]
        for name in {*again, *(set(names) - self.acknowledged)}:
            self._send(name, port)
        deadline = time.monotonic() + 60
        while self._undone() and time.monotonic() < deadline:
            time.sleep(0.02)
        self._end()

    def _open(self, *, kill: int) -> int:
        self.orders.send({"settings": self.settings, "kill": kill})
        port: int = self.orders.recv()
        return port

    def _end(self) -> None:
        self.orders.send("end")
        assert self.orders.recv() == "ended"
        self.slack.settle()

    def _send(self, name: str, port: int) -> None:
        body = self.requests[name]
        headers = {**signature(body), "content-type": FORM}
        request = Request(f"http://127.0.0.1:{port}/slack/events", body, headers)
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
                said = answer.read()
        except (URLError, OSError):
            return  # it was killed first
        if not said:
            self.acknowledged.add(name)

    def _undone(self) -> list[str]:
        with self.store.read() as session:
            undone = Answered.done_at.is_(None)  # type: ignore[union-attr]
            query = select(Answered.key).where(undone | Answered.payload.is_not(None))  # type: ignore[union-attr]
            return list(session.exec(query))

    def faults(self) -> list[str]:
        """What was lost, and what was done twice."""
        with self.store.read() as session:
            events = session.exec(select(Event)).all()
            launches = session.exec(select(Launch.slug)).all()
        done = Counter((each.launch, each.verb, each.task) for each in events)
        expected = {
            (SLUG, "note", "positioning"): PRESSED,
            (SLUG, "begin", "positioning"): 1,
            (SLUG, "done", "research"): 1,
            ("heron-3", "start", None): 1,
        }
        found = [f"not acknowledged: {set(self.requests) - self.acknowledged}"]
        found = found if set(self.requests) - self.acknowledged else []
        found += [f"{key} waits" for key in self._undone()]
        found += [
            f"{what}: {done[what]} of {times}"
            for what, times in expected.items()
            if done[what] != times
        ]
        told = Counter(
            begins
            for each in self.slack.told
            for begins in HEARD
            if str(each["text"]).startswith(begins)
        )
        found += [
            f"{begins}: told {told[begins]} of {times}"
            for begins, times in HEARD.items()
            if told[begins] < times
        ]
        return found + (["no heron-3"] if "heron-3" not in launches else [])


def main(first: int, number: int) -> None:
    transport.PACE = 0.0
    here, there = Pipe()
    breeder = os.fork()
    if not breeder:
        here.close()
        breed(there)
    there.close()
    failed: dict[int, list[str]] = {}
    acknowledged = 0
    with tempfile.TemporaryDirectory() as home:
        template = Store(f"sqlite:///{home}/launch-kits.db")
        opened(template)
        template.close()
        for seed in range(first, first + number):
            people = (LEAD, PMM, LEGAL, SALES, OPS)
            with tempfile.TemporaryDirectory() as folder, Workspace(*people) as slack:
                shutil.copy(Path(home) / "launch-kits.db", folder)
                played = Round(seed, Path(folder), slack, here)
                played.play()
                if found := played.faults():
                    failed[seed] = found
                acknowledged += len(played.acknowledged)
                played.store.close()
    here.close()
    os.waitpid(breeder, 0)
    sys.stdout.write(json.dumps({"failed": failed, "acknowledged": acknowledged}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
