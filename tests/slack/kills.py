"""Rounds in which the app is killed between acknowledgement and work, and started again.

Run as ``python -m tests.slack.kills FIRST COUNT``: a round for each seed from FIRST on; prints the
faults found and the number of acknowledged requests, as JSON. In each round people press buttons,
fill in forms, confirm one that was previewed, answer and doubt for sellers, reply in a thread and
type commands at once; the process of the app is killed at a random moment, and a
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
from dataclasses import dataclass
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

from launch_kits.database.records import (
    Answered,
    Event,
    Launch,
    Notice,
    NoticeKind,
    NoticeStatus,
)
from launch_kits.database.store import Store
from launch_kits.inputs.choices import kits_offered
from launch_kits.server.application import application
from launch_kits.server.http import Port
from launch_kits.server.slack_endpoint import slack_route
from launch_kits.settings import Settings
from launch_kits.slack.api import interactive, transport
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.app import SlackApp
from launch_kits.slack.inbound.members import Member
from launch_kits.slack.inbound.session import Host
from launch_kits.slack.inbound.start_form import start_modal
from launch_kits.verbs import ask, open_launch
from tests.desk import LINK, NEW, OTHER, SELLER, SUPPORT, with_desk
from tests.launches import LEAD, LEGAL, NOW, OPS, PMM, SALES, SLUG
from tests.slack.office import office
from tests.slack.stand_in import TOKEN
from tests.slack.workspace import SECRET, People, Workspace, signature

#: "On it" is pressed so often in a round, and leaves an event each time
PRESSED = 12
#: the answers that only their user sees, at least; one may be given again after a kill
HEARD = {
    "Thank you, noted": PRESSED,
    "Heron 3 is started": 1,
    '"Research" is done': 1,
    "Falcon 2 is moved": 1,
    "Answered. ": 1,
    "Thank you, Pia is told": 1,
    f'Your question "{NEW}" is asked': 1,
}
#: the events of a round, by launch, verb and task; the question that is answered was asked before
HAPPENED = {
    (SLUG, "note", "positioning"): PRESSED + 1,
    (SLUG, "begin", "positioning"): 1,
    (SLUG, "done", "research"): 1,
    (SLUG, "move", None): 1,
    (SLUG, "ask", None): 2,
    (SLUG, "answer", None): 1,
    (SLUG, "flag", None): 1,
    ("heron-3", "start", None): 1,
}
#: an answer of Slack's form: nothing, or that all forms are closed
TAKEN = ("", '{"response_action": "clear"}', '{"response_action":"clear"}')
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MEMBERS = (LEAD, PMM, LEGAL, SALES, OPS, SUPPORT, SELLER, OTHER)
#: the time stamp of the message in whose thread a reply is
THREAD = "1.000001"


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
        start=lambda brief, by, also: open_launch(
            store, brief, now=NOW, by=by, also=also
        ),
    )
    app = SlackApp(store, settings, host=host, clock=lambda: NOW)
    app.resume()
    port = Port("127.0.0.1", 0, application([slack_route(app)]))
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
        self,
        seed: int,
        folder: Path,
        slack: Workspace,
        orders: Connection,
        forms: Forms,
    ) -> None:
        self.random = random.Random(seed)
        self.slack = slack
        self.orders = orders
        self.settings = Settings.read(
            {
                "LAUNCH_KITS_HOME": str(folder),
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_BASE_URL": slack.url,
            }
        )
        self.store = Store(self.settings.database_url)
        people = People(slack, lambda *_: (200, ""))
        self.requests = self._made(people, forms.at(slack.url))
        #: names of the requests that were acknowledged
        self.acknowledged: set[str] = set()

    def _made(
        self, people: People, forms: Mapping[str, dict[str, Any]]
    ) -> dict[str, bytes]:
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
        payloads["move"] = people.filled(LEAD, forms["move"])
        said = {"answer": "Yes, it can.", "source": LINK}
        payloads["answer"] = people.filled(SUPPORT, forms["answer"], **said)
        payloads["wrong"] = people.filled(SELLER, forms["wrong"], note="It is not.")
        made = {
            name: urlencode({"payload": json.dumps(each)}).encode()
            for name, each in payloads.items()
        }
        typed = people.commanded(PMM, f"done {SLUG} research https://x.example.com/a")
        asked = people.commanded(SELLER, f"ask {SLUG} {NEW}")
        made |= {
            "done": urlencode(typed).encode(),
            "ask": urlencode(asked).encode(),
        }
        return {**made, "reply": json.dumps(self._reply(people)).encode()}

    def _reply(self, people: People) -> dict[str, Any]:
        """A reply in the thread of the message about a task."""
        user = self.slack.people[PMM]
        with self.store.write() as session:
            of_task = select(Notice).where(
                Notice.task == "positioning", Notice.kind == NoticeKind.TASK
            )
            notice = session.exec(of_task).one()
            notice.status = NoticeStatus.SENT
            notice.sent_at = NOW
            notice.channel = f"D{user}"
            notice.ts = THREAD
            session.add(notice)
        written = {"user": user, "text": "Two of five answered", "ts": "2.000001"}
        return people.told(
            {
                "type": "message",
                **written,
                "thread_ts": THREAD,
                "channel": f"D{user}",
                "channel_type": "im",
                "team": self.slack.team_of(PMM),
            }
        )

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
        deadline = time.monotonic() + 600
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
        kind = JSON if body.startswith(b"{") else FORM
        headers = {**signature(body), "content-type": kind}
        request = Request(f"http://127.0.0.1:{port}/slack/events", body, headers)
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=300) as answer:
                said = answer.read().decode()
        except (URLError, OSError):
            return  # it was killed first
        if said in TAKEN:
            self.acknowledged.add(name)

    def _undone(self) -> list[str]:
        with self.store.read() as session:
            undone = Answered.done_at.is_(None)  # type: ignore[union-attr]
            query = select(Answered.key).where(undone | Answered.payload.is_not(None))  # type: ignore[union-attr]
            found = session.exec(query).all()
        # the answer to a form is kept, for a form that Slack sends again
        return [key for key in found if not key.startswith("reply:")]

    def faults(self) -> list[str]:
        """What was lost, and what was done twice."""
        with self.store.read() as session:
            events = session.exec(select(Event)).all()
            launches = session.exec(select(Launch.slug)).all()
        done = Counter((each.launch, each.verb, each.task) for each in events)
        found = [f"not acknowledged: {set(self.requests) - self.acknowledged}"]
        found = found if set(self.requests) - self.acknowledged else []
        found += [f"{key} waits" for key in self._undone()]
        found += [
            f"{what}: {done[what]} of {times}"
            for what, times in HAPPENED.items()
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


@dataclass(frozen=True)
class Forms:
    """Forms as the app shows them, with the address of the Slack in which it did."""

    shown: Mapping[str, dict[str, Any]]
    url: str

    def at(self, url: str) -> dict[str, dict[str, Any]]:
        """The forms as they would be shown in another Slack."""
        moved: dict[str, dict[str, Any]] = json.loads(
            json.dumps(self.shown).replace(self.url, url)
        )
        return moved


def forms_of(template: Path) -> Forms:
    """The forms that people send in each round, opened once: a preview, and those of sellers."""
    with tempfile.TemporaryDirectory() as home:
        shutil.copy(template, home)
        store = Store(f"sqlite:///{Path(home) / template.name}", door="slack")
        with office(Path(home), store, *MEMBERS) as here:
            here.type(LEAD, f"move {SLUG}")
            here.fill(LEAD, launch_on="2027-02-16")
            move = here.slack.modals[-1][1]
            here.click(SUPPORT, "desk_answer", f"{SLUG}|1")
            answered = here.slack.modals[-1][1]
            line = ActionPlace(launch=SLUG, task="osprey.s1", channel="C9").pack()
            here.click(SELLER, "card_wrong:0", line)
            wrong = here.slack.modals[-1][1]
            shown = {"move": move, "answer": answered, "wrong": wrong}
            url = here.slack.url
        store.close()
    return Forms(shown, url)


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
        template = Path(home) / "launch-kits.db"
        store = Store(f"sqlite:///{template}")
        store.upgrade()
        with_desk(store)
        ask(store, SLUG, "Is there a trial?", by=OTHER, now=NOW)
        store.close()
        forms = forms_of(template)
        for seed in range(first, first + number):
            with tempfile.TemporaryDirectory() as folder, Workspace(*MEMBERS) as slack:
                shutil.copy(template, folder)
                played = Round(seed, Path(folder), slack, here, forms)
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
