"""A launch that people work on, move and neglect at random, and the rules that its messages keep.

Hours pass, people act, are away, delete messages; a sweep follows each time. After it every message
is compared with what would be written now.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from launch_kits import outbox
from launch_kits.database.queries import notices_of
from launch_kits.database.records import (
    LIVING,
    Event,
    Notice,
    NoticeKind,
    NoticeStatus,
    SlackUser,
)
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.verbs import cancel, end
from launch_kits.views.notices.context import ContextLoader
from launch_kits.worker.delivery import Delivered, deliver
from launch_kits.worker.step import sweep_due, write_documents
from tests.launches import SLUG, at
from tests.slack.living_acts import Acts
from tests.slack.stand_in import Channel, StandIn
from tests.slack.true_messages import message_of, rendered, untrue

#: a Saturday
OPENED = at("01-09")
#: after this long a reply to one's own act waits for their hours
OWN_ACT = timedelta(minutes=10)


class World:
    """The launch, its people and its Slack, from its first hour on."""

    def __init__(
        self,
        seed: int,
        store: Store,
        settings: Settings,
        slack: StandIn,
        acted: Counter[str],
    ) -> None:
        self.random = random.Random(seed)
        self.store = store
        self.settings = settings
        self.slack = slack
        self.now = OPENED
        self.acted = acted
        self.acts = Acts(self.random, store, acted, hurry=seed == 1)
        #: a digest or news → its text
        self._texts: dict[str, str] = {}
        #: the place of a deleted message → when it was deleted
        self._lost: dict[tuple[str, str], datetime] = {}
        #: the places of everything that was ever posted
        self._seen: set[tuple[str, str]] = set()

    # -- what happens

    def pass_time(self) -> None:
        """Some minutes or hours, now and then a weekend."""
        hours = self.random.choice([0.1, 1, 2, 5, 9, 15, 24, 30])
        self.now += timedelta(hours=hours)

    def act(self) -> None:
        """A person does something, if they may; now and then they delete a message."""
        if self.random.random() < 0.06:
            self._delete()
        else:
            self.acts.one(self.now)

    def _delete(self) -> None:
        """A person deletes a message; half of the time Slack tells of it."""
        sent = [
            each for each in self.notices() if each.ts and message_of(self.slack, each)
        ]
        if not sent:
            return
        notice = self.random.choice(sent)
        self.slack.delete(notice.channel or "", notice.ts or "")
        self._lost[notice.channel or "", notice.ts or ""] = self.now
        self.acted["delete"] += 1
        if self.random.random() < 0.5:
            with self.store.write() as session:
                outbox.post_again(session, notice.key, now=self.now)

    def cancel(self) -> None:
        """The launch is given up."""
        cancel(self.store, SLUG, now=self.now)
        self.acted["cancel"] += 1

    def end(self) -> None:
        """The launch is closed with work left, if it did not end by itself."""
        end(self.store, SLUG, note="Enough is done", now=self.now)
        self.acted["end"] += 1

    def sweep(self) -> Delivered:
        """What the sweep does: time brings things about, documents are written and delivered."""
        for slug in sweep_due(self.store, now=self.now):
            write_documents(self.store, slug, settings=self.settings, now=self.now)
        known = self._known()
        delivered = deliver(self.store, settings=self.settings, now=self.now)
        if self._known() == known:
            return delivered
        # whom this delivery met is named by the next
        return deliver(self.store, settings=self.settings, now=self.now)

    def _known(self) -> list[str]:
        """The people outside the team of whom Slack has told."""
        with self.store.read() as session:
            return list(session.exec(select(SlackUser.id)).all())

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
                for fault in untrue(
                    each,
                    self.slack,
                    self.context,
                    now=self.now,
                    lost_at=self._lost.get((each.channel or "", each.ts or "")),
                )
            ),
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

    def _several(self, notices: list[Notice]) -> Iterator[str]:
        """A reader has one open message of a kind about a task, and one that asks for an answer."""
        there = Counter(
            (each.kind, each.task, each.to, "until" in each.facts)
            for each in notices
            if each.status == NoticeStatus.SENT
            and each.closed is None
            and each.kind in LIVING - {NoticeKind.QUESTION}
        )
        there += Counter(
            (each.kind, str(each.facts["id"]), each.to, "faq" in each.facts)
            for each in self.asking(notices)
        )
        yield from (
            f"{names} has {times} messages"
            for names, times in there.items()
            if times > 1
        )

    def asking(self, notices: Iterable[Notice]) -> list[Notice]:
        """The questions that can be answered in their message."""
        return [
            each
            for each in notices
            if each.kind == NoticeKind.QUESTION
            and (message := message_of(self.slack, each)) is not None
            and _buttons(message["blocks"])
        ]

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
