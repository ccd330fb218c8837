"""An office: the small launch, its people in a workspace, and the app between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.server.application import application
from launch_kits.server.http import Port
from launch_kits.server.slack_endpoint import slack_route
from launch_kits.settings import Settings
from launch_kits.slack.api.transport import part
from launch_kits.slack.inbound.app import SlackApp
from launch_kits.slack.inbound.session import Host
from launch_kits.slack.outbound import client
from launch_kits.verbs import open_launch
from launch_kits.worker import step
from tests.launches import NOW, dump
from tests.slack.block_kit import problems_of_view, texts
from tests.slack.stand_in import TOKEN
from tests.slack.workspace import SECRET, People, Send, Workspace

UI = "http://127.0.0.1:4200"


@dataclass
class Office:
    """Everything that a test of answers looks at."""

    slack: Workspace
    people: People
    store: Store
    settings: Settings
    app: SlackApp
    now: datetime = NOW
    #: the work of the app's threads: to acknowledge, to work on, to follow up
    jobs: list[list[Future[object]]] = field(default_factory=list)
    #: launches that were followed up, and briefs that were started
    followed: list[str] = field(default_factory=list)
    started: list[Brief] = field(default_factory=list)

    def forget(self, email: str) -> None:
        """Let the app forget a person's id: they were neither written to nor seen so far."""
        with self.store.write() as session:
            for known in session.exec(
                select(SlackUser).where(SlackUser.email == email)
            ):
                session.delete(known)

    def deliver(self) -> None:
        """Send the notices owed, as a step of the launch's run does."""
        step.deliver(self.store, settings=self.settings, now=self.now)

    def settle(self) -> None:
        """Wait until everything that was acknowledged is done."""
        for jobs in self.jobs:  # each brings about those of the next
            assert not wait(jobs, timeout=600).not_done
            jobs.clear()

    def message(self, email: str, title: str, *, ending: str = "") -> dict[str, Any]:
        """The last message to a person that begins with a text, or is about a title."""
        found = [
            each
            for each in self.slack.messages(to=email)
            if each["text"].startswith(title) or f'"{title}" (' in each["text"]
        ]
        return next(each for each in reversed(found) if ending in each["text"])

    def press(
        self, email: str, message: Mapping[str, Any], action: str
    ) -> dict[str, Any]:
        """Press a button of a direct message, and wait until it is done."""
        payload = self.people.press(
            email, message, action, channel=f"D{self.slack.people[email]}"
        )
        self.settle()
        return payload

    def click(self, email: str, action: str, value: str, **more: Any) -> dict[str, Any]:
        payload = self.people.click(email, action, value, **{"channel": "C9", **more})
        self.settle()
        return payload

    def fill(self, email: str, **values: str) -> dict[str, Any]:
        """Fill in the last modal, and wait until it is done."""
        answered = self.people.fill(email, self.slack.modals[-1][1], **values)
        self.settle()
        if answered.get("response_action") == "push":
            assert problems_of_view(answered["view"]) == []
            self.slack.modals.append(("", answered["view"]))
        return answered

    def press_in_modal(self, email: str, action: str, *, nth: int = 1) -> None:
        """Press the nth button of an action in the last modal, and wait until it is done."""
        _, view = self.slack.modals[-1]
        wanted = action if nth == 1 else f"{action}:{nth}"
        buttons = {
            each["action_id"]: each["value"]
            for block in view["blocks"]
            if block["type"] == "actions"
            for each in block["elements"]
        }
        shown = {**view, "id": "V1", "hash": "h1"}
        self.people.click(email, wanted, buttons[wanted], view=shown)
        self.settle()

    def type(self, email: str, text: str) -> None:
        self.people.type(email, text)
        self.settle()

    @property
    def told(self) -> str:
        """The last text that only one person saw."""
        return str(self.slack.told[-1]["text"])

    @contextmanager
    def on_port(self) -> Iterator[str]:
        """The address under which the app is answered for a while, by the port that `up` opens."""
        port = Port("127.0.0.1", 0, application([slack_route(self.app)]))
        port.open()
        try:
            yield f"http://127.0.0.1:{port.number}/slack/events"
        finally:
            port.close()


def directly(app: SlackApp) -> Send:
    """Sends without a port."""

    def send(body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        answered = app.answer(body, headers)
        return answered.status, answered.body

    return send


def _watched(pool: ThreadPoolExecutor) -> list[Future[object]]:
    """The jobs that are given to a pool from now on."""
    jobs: list[Future[object]] = []
    submit = pool.submit

    def watched(*job: Any, **more: Any) -> Future[Any]:
        jobs.append(submit(*job, **more))
        return jobs[-1]

    pool.submit = watched  # type: ignore[method-assign]
    return jobs


@contextmanager
def office(
    home: Path, store: Store, *people: str, now: datetime = NOW, **settings: str
) -> Iterator[Office]:
    """An office whose launches are followed up without Prefect."""
    client.connect.cache_clear()
    with Workspace(*people) as slack:
        env = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_BASE_URL": slack.url,
        }
        given = Settings.read(
            {
                "LAUNCH_KITS_HOME": str(home),
                "LAUNCH_KITS_DATABASE_URL": store.url,
                **env,
                **settings,
            }
        )
        made: list[Office] = []
        host = Host(
            follow_up=lambda slug: _follow_up(made[0], slug),
            start=lambda brief, by, also: _start(made[0], brief, by, also),
            run_page=lambda run: f"{UI}/runs/flow-run/{run}",
        )
        app = SlackApp(store, given, host=host, clock=lambda: made[0].now)

        jobs = [_watched(pool) for pool in (app._work, app._follow_ups._threads)]
        made.append(
            Office(slack, People(slack, directly(app)), store, given, app, now, jobs)
        )
        try:
            yield made[0]
        finally:
            app.close()


def _follow_up(office: Office, slug: str) -> None:
    office.followed.append(slug)
    step.run(office.store, slug, settings=office.settings, now=office.now)


def _start(
    office: Office, brief: Brief, by: str, also: Callable[[Session], None]
) -> None:
    office.started.append(brief)
    open_launch(office.store, brief, now=office.now, by=by, also=also)


def changeable(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row but those that know who came, and with what request.

    The name of a person who is met changes messages, so these are compared once more.
    """
    known = {"answered", "slack_user", "slack_workspace", "compared"}
    return {name: rows for name, rows in dump(store).items() if name not in known}


def words(view: Mapping[str, Any]) -> list[str]:
    """A view or message as its reader sees it.

    Rows with a colon, buttons in brackets, inputs with their values.
    """
    shown = []
    for block in view["blocks"]:
        if block["type"] == "actions":
            shown.append(
                " ".join(
                    f"[{element['text']['text']}]" for element in block["elements"]
                )
            )
        elif block["type"] == "input":
            element = block["element"]
            chosen = part(element, "initial_option").get("value")
            held = (
                element.get("initial_value")
                or element.get("initial_date")
                or chosen
                or ""
            )
            shown.append(
                f"{block['label']['text']}{' (optional)' if block['optional'] else ''} [{held}]"
            )
        elif "fields" in block:
            cells = [field["text"].replace("\n", " / ") for field in block["fields"]]
            shown += [
                f"{label.strip('*')}: {value}"
                for label, value in zip(cells[::2], cells[1::2], strict=True)
            ]
        else:
            shown += [text["text"] for text in texts(block)]
    return shown
