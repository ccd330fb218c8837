"""The console as a channel: a few readable lines, and the command that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from launch_kits.database.records import Notice
from launch_kits.views.notices.channel import Channel, ChannelLimits, NotSent, Place
from launch_kits.views.notices.message import NoticeMessage, Subject
from launch_kits.views.notices.text import cut

__all__ = ["CONSOLE", "Console", "lines"]

#: the channel in the outbox row of a notice that was printed
CONSOLE = "console"

#: the command of each action, and the option that the command needs
OPTIONS = {
    "begin": "",
    "done": "",
    "block": "",
    "unblock": "",
    "extend": " --until DATE",
    "approve": "",
    "reject": "",
    "reassign": " --to EMAIL",
}

#: the command of each action that is not a verb on a task, for a launch and a task
ABOUT = {
    "reply": "note {launch} {task} --note TEXT",
    "decide": "decide {launch} go --task {task}  (or no-go)",
    "launch_gates": "gate {launch}",
    "launch_move": "move {launch} --on DATE",
    "launch_replan": "replan {launch}",
}

#: the command of each action of the answer desk, with a place for the question's number,
#: and for the line that the question is about
DESK = {
    "desk_answer": "answer {} --text TEXT --source LINK",
    "desk_add_to_faq": "faq {} add",
    "desk_decline_faq": "faq {} decline",
    "card_open": "card {}",
    "card_verify": "verify {launch} {}",
    "card_change": "verify {launch} {} --change TEXT",
    "desk_wrong": "flag {launch} {claim} --wrong TEXT",
    "card_concede": "flag {launch} {} --wrong TEXT",
    "card_uphold": "flag {launch} {} --holds TEXT",
}

#: the rows that a reader of the console sees
ROWS = ("Source", "Launches")


class Console:
    """Prints notices; a printed line is never looked for or edited."""

    limits = ChannelLimits(hours=False, edits=False, sentence=2500)

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def send(self, notice: Notice, message: NoticeMessage) -> Place:
        """Print the lines of a notice; raises NotSent if they cannot be printed."""
        try:
            for line in lines(notice, message):
                self._write(line)
        except OSError as error:
            reason = (error.strerror or "closed").lower()
            raise NotSent(f"the console cannot be written: {reason}") from None
        return Place(CONSOLE)

    def edit(self, _notice: Notice, _message: NoticeMessage) -> None:
        """Leave the printed lines as they are."""

    def find(
        self, _notice: Notice, *, now: datetime, since: datetime | None = None
    ) -> None:
        """Find nothing: no one can tell whether a line was printed."""


if TYPE_CHECKING:
    _is_a_channel: type[Channel] = Console


def lines(notice: Notice, message: NoticeMessage) -> list[str]:
    """Return a few lines of plain text.

    The first names the reader and the subject, the second is the sentence, the last the
    commands that answer it, if there are any. Facts that the reader needs come between them.
    """
    subject = f"{notice.launch} {notice.task}" if notice.task else notice.launch
    sentence = cut(message.sentence, Console.limits.sentence)
    told = [f"{notice.to}  {notice.kind}  {subject}", f"  {sentence}"]
    if message.headline is None:
        told += [
            f"  {line}" for text in message.paragraphs for line in text.split("\n")
        ]
    for group in message.groups:
        if group.told:
            continue
        told.append(f"  {group.title}:")
        told += [f"    {item.text}" for item in group.items]
        told += [f"    {group.rest}"] if group.more else []
    told += [f"  {line}" for text in message.below for line in text.split("\n")]
    for row in message.rows:
        if row.label in ROWS:
            told += [f"  {row.label}: {value}" for value in row.value]
    told += _commands(message, subject, about_task=notice.task is not None)
    return told


def _commands(
    message: NoticeMessage, subject: str, *, about_task: bool
) -> Iterator[str]:
    """Yield the lines of the commands that answer a message."""
    launch, _, task = subject.partition(" ")
    for each in message.actions:
        if each.name in ABOUT:
            command = ABOUT[each.name].format(launch=launch, task=task)
            yield f"  launch-kits {command}"
    names = [each.name for each in message.actions if each.name in OPTIONS]
    if names and about_task:
        first, *others = names
        options = _options(message)
        more = ", ".join(name + options[name] for name in others)
        command = f"launch-kits {first} {subject}{options[first]}"
        yield f"  {command}  ({more})" if more else f"  {command}"
    asked = [DESK[each.name] for each in message.actions if each.name in DESK]
    if asked and message.subject:
        about = message.subject
        yield from (f"  launch-kits {_filled(command, about)}" for command in asked)


def _filled(command: str, about: Subject) -> str:
    return command.format(about.task, launch=about.launch, claim=about.claim)


def _options(message: NoticeMessage) -> dict[str, str]:
    """Return the options by action; an answer about a day names that day."""
    until = message.subject.until if message.subject else None
    day = f" --until {until}" if until else ""
    return {**OPTIONS, "approve": day, "reject": day}
