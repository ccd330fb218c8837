"""Replies in the thread of a task's message: kept as notes, their links as evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import select

from launch_kits import verbs
from launch_kits.database.records import Notice
from launch_kits.errors import NotYours, Refused
from launch_kits.inputs.links import is_web_link
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages import answers

__all__ = ["Reply", "on_reply", "read_reply"]

#: kinds of messages that people write; an edit or a deletion is another
WRITTEN = (None, "thread_broadcast", "file_share")
_PARTS = ("user", "channel", "ts", "thread_ts")
#: characters of a note
MOST_NOTE = 1000
_LINK = re.compile(r"https?://[^\s<>|]+")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of a person in a thread."""

    #: the person's Slack id
    user: str
    channel: str
    ts: str
    thread: str
    #: as typed, without Slack's escapes
    text: str

    @classmethod
    def read(cls, event: Mapping[str, object]) -> Reply:
        """Read a ``message`` event that `read_reply` took for a reply."""
        user, channel, ts, thread = (str(event.get(name)) for name in _PARTS)
        return cls(user, channel, ts, thread, _typed(str(event.get("text"))))

    @property
    def key(self) -> str:
        """Equal if Slack sends the same reply again."""
        return f"reply:{self.channel}:{self.ts}"

    @property
    def place(self) -> ActionPlace:
        """The place for an answer."""
        return ActionPlace(channel=self.channel, ts=self.ts)

    @property
    def link(self) -> str | None:
        """The first link in it, if there is one."""
        found = (each.rstrip(".,;:!?)") for each in _LINK.findall(self.text))
        return next((each for each in found if is_web_link(each)), None)


def read_reply(event: Mapping[str, object]) -> Reply | None:
    """The reply that a ``message`` event tells of.

    Returns None for a message outside a thread, of a bot, without text, or that is no new message.
    """
    given = {name: event.get(name) for name in _PARTS}
    text = event.get("text")
    if (
        event.get("subtype") not in WRITTEN
        or event.get("bot_id")
        or event.get("app_id")
        or not isinstance(text, str)
        or not text.strip()
        or not all(isinstance(value, str) and value for value in given.values())
        or given["ts"] == given["thread_ts"]
    ):
        return None
    return Reply.read(event)


def _typed(text: str) -> str:
    """The text as it was typed, without the escapes of Slack."""
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(escaped, plain)
    return text


def on_reply(slack: SlackSession, reply: Reply) -> None:
    """Keep a reply as a note on the task of its thread.

    Replies to other messages, and of people who have no part in the task, are left alone. The
    writer is told if the task takes no notes.
    """
    with slack.store.read() as session:
        of_thread = select(Notice).where(
            Notice.channel == reply.channel, Notice.ts == reply.thread
        )
        notice = session.exec(of_thread).first()
    if notice is None or notice.task is None:
        return
    email = slack.email(reply.user)
    try:
        with slack.changing(notice.launch) as change:
            verbs.note(
                change,
                notice.launch,
                notice.task,
                by=email,
                now=change.now,
                note=" ".join(reply.text.split())[:MOST_NOTE],
                link=reply.link,
            )
    except NotYours:
        return
    except Refused as error:
        context = slack.context(notice.launch)
        reader = context.reader(email, now=slack.now())
        said = answers.refusal(error, context.view, reader=reader)
        slack.answer(reply.user, reply.place, said)
        return
    slack.later(notice.launch)
