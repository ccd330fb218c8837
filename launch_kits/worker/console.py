"""Notices for the console: a few readable lines each, and how to answer from there."""

from __future__ import annotations

from launch_kits.database.records import Notice
from launch_kits.slack.messages.blocks import Message
from launch_kits.slack.messages.text import unescape

__all__ = ["CONSOLE", "lines"]

#: what an outbox row names as the channel of a notice that was printed
CONSOLE = "console"

#: the verb behind each button, and the option that it cannot do without
VERBS = {
    "task_begin": ("begin", ""),
    "task_done": ("done", ""),
    "task_block": ("block", ""),
    "task_unblock": ("unblock", ""),
    "task_extend": ("extend", " --until DATE"),
    "task_approve": ("approve", ""),
    "task_reject": ("reject", ""),
}


def lines(notice: Notice, message: Message) -> list[str]:
    """One to three lines of plain text.

    To whom and what about, the sentence, and the command that answers it.
    """
    subject = f"{notice.launch} {notice.task}" if notice.task else notice.launch
    said = [f"{notice.to}  {notice.kind}  {subject}", f"  {unescape(message.text)}"]
    verbs = [VERBS[action] for action in message.actions if action in VERBS]
    if verbs and notice.task:
        (first, option), *others = verbs
        more = (
            f"  ({', '.join(verb + needed for verb, needed in others)})"
            if others
            else ""
        )
        said.append(f"  launch-kits {first} {subject}{option}{more}")
    return said
