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
from launch_kits.slack.api.typed import plain
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.views import answers

__all__ = ["ThreadReply", "is_reply", "on_reply", "read_reply"]

#: kinds of messages that people write; an edit or a deletion is another
WRITTEN = (None, "thread_broadcast", "file_share")
_PARTS = ("user", "channel", "ts", "thread_ts")
#: characters of a note
MOST_NOTE = 1000
_LINK = re.compile(r"https?://[^\s<>|]+")


@dataclass(frozen=True, slots=True)
class ThreadReply:
    """A reply of a person in a thread."""

    #: the person's Slack id
    user: str
    channel: str
    ts: str
    thread: str
    #: as typed, without Slack's escapes
    text: str

    @property
    def link(self) -> str | None:
        """The first link in it, if there is one."""
        found = (each.rstrip(".,;:!?)") for each in _LINK.findall(self.text))
        return next((each for each in found if is_web_link(each)), None)


def read_reply(event: Mapping[str, object]) -> ThreadReply | None:
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
    user, channel, ts, thread = map(str, given.values())
    return ThreadReply(user, channel, ts, thread, plain(text))


def is_reply(slack: SlackSession, event: Mapping[str, object]) -> bool:
    """Whether an event tells of a reply in the thread of a task's message."""
    reply = read_reply(event)
    return reply is not None and _notice_of(slack, reply) is not None


def on_reply(slack: SlackSession, event: Mapping[str, object]) -> None:
    """Keep a reply as a note on the task of its thread.

    Replies of people who have no part in the task are left alone. The writer is told if the task
    takes no notes.
    """
    reply = read_reply(event)
    notice = _notice_of(slack, reply) if reply else None
    if reply is None or notice is None or notice.task is None:
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
        slack.answer(reply.user, ActionPlace(channel=reply.channel), said)
        return
    slack.later(notice.launch)


def _notice_of(slack: SlackSession, reply: ThreadReply) -> Notice | None:
    """The notice of a task in whose thread a reply is."""
    of_thread = select(Notice).where(
        Notice.channel == reply.channel, Notice.ts == reply.thread
    )
    with slack.store.read() as session:
        notice = session.exec(of_thread).first()
    return notice if notice is not None and notice.task else None
