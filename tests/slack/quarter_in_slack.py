"""The same quarter in Slack: people press what their messages offer, by signed requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from launch_kits.database.store import Store
from launch_kits.slack.messages.answers import UNDO
from launch_kits.worker.step import sweep_due
from tests.slack.office import Office, office
from tests.slack.quarter import BEGIN, Quarter, brief

__all__ = ["SlackPost", "SlackQuarter", "slack_quarter"]

#: the input of a form for each value of a verb
INPUTS = {"note": "reason", "until": "until", "link": "link"}


@dataclass(frozen=True)
class SlackPost:
    """A message of its own, which is no reply in a thread."""

    #: the email of its reader
    to: str
    message: Mapping[str, Any]
    at: datetime

    @property
    def key(self) -> str:
        """The key of its notice, which Slack keeps with the message."""
        return str(self.message["metadata"]["event_payload"]["key"])


class SlackQuarter(Quarter):
    """The launch, its people, and the messages in their conversations with the app."""

    def __init__(self, store: Store, here: Office, *, weeks: int) -> None:
        super().__init__(store, weeks=weeks)
        self.here = here
        self.posts: list[SlackPost] = []
        self._seen: set[str] = set()
        #: verb → how often it was done with a button of a message
        self.pressed: Counter[str] = Counter()
        #: what no message had a button for
        self.missed: list[str] = []

    def step(self, now: datetime) -> None:
        """Sweep, and deliver to Slack."""
        self.here.now = now
        sweep_due(self.store, now=now)
        self.here.deliver()
        for who in self.people:
            for message in self.here.slack.messages(to=who):
                if message["ts"] not in self._seen and "thread_ts" not in message:
                    self._seen.add(message["ts"])
                    self.posts.append(SlackPost(who, message, now))

    def do(self, verb: str, key: str, *, by: str, now: datetime, **values: Any) -> None:
        """Press the button that a message of the person has for it, and fill in its form."""
        action = f"task_{verb}"
        for message in reversed(self.here.slack.messages(to=by)):
            value = value_of(message, action, f"{self.slug}|{key}")
            if value is not None:
                break
        else:
            self.missed.append(f"{now}: {verb} {key} by {by}")
            super().do(verb, key, by=by, now=now, **values)
            return
        self.pressed[verb] += 1
        told = len(self.here.slack.told)
        self.here.slack.modals.clear()
        self.here.click(
            by,
            action,
            value,
            channel=f"D{self.here.slack.people[by]}",
            ts=message["ts"],
        )
        if self.here.slack.modals:
            filled = {INPUTS[name]: str(each) for name, each in values.items()}
            answered = self.here.fill(by, **filled)
            assert "errors" not in answered, (verb, answered)
        # nothing but the offer to undo what the message itself shows
        for said in self.here.slack.told[told:]:
            assert any(each["action_id"] == UNDO for each in buttons_of(said)), said


def buttons_of(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The buttons of a message."""
    rows = (each for each in message["blocks"] if each["type"] == "actions")
    return [each for row in rows for each in row["elements"]]


def value_of(message: Mapping[str, Any], action: str, wanted: str) -> str | None:
    """The value of a button with an action, or None if the message has none for a task."""
    for each in buttons_of(message):
        same = each["action_id"].partition(":")[0] == action
        if same and each["value"] == wanted:
            return wanted
    return None


@contextmanager
def slack_quarter(home: Path, *, weeks: int) -> Iterator[SlackQuarter]:
    """The first weeks of the quarter, lived through."""
    store = Store(f"sqlite:///{home / 'launch-kits.db'}")
    people = sorted({person.email for person in brief().team.values()})
    with office(home, store, *people, now=BEGIN) as here:
        here.app.slack.later = lambda _: None  # the next step delivers
        lived = SlackQuarter(store, here, weeks=weeks)
        lived.live()
        yield lived
    store.close()
