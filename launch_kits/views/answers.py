"""The sentences of the verbs in their reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from launch_kits.database.records import (
    TASK_STATUSES,
    Launch,
    LaunchStatus,
    Task,
    TaskStatus,
)
from launch_kits.errors import LaunchKitsError, NotReady, NotYours
from launch_kits.inputs.links import web_link
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.channel import NotSent
from launch_kits.views.notices.text import capitalize, clean, cut, quoted, shorten
from launch_kits.views.reader import Reader, iso_instant

__all__ = [
    "LONG",
    "for_people",
    "link_fault",
    "not_yours",
    "only_these",
    "over",
    "refusal",
]

#: characters of a reason
LONG = 700
#: words of the program that a verb's sentence may hold, and those that people use
_PLAIN = {
    " is doing": " is being worked on",
    " is review": " is in review",
    "hard gate": "gate",
    " is waived until ": " may stay open until ",
    "its waiver ended on ": "it could stay open until ",
    "`": "",
}
#: a clause that names a command, or an option of one
_COMMAND = re.compile(r"`|(?<!\S)--[a-z]")

#: how an instant begins that a program writes
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")

#: a question as the command line names it
_QUESTION = re.compile(r"(?<!no )\bquestion \d+\b")


def link_fault(written: str) -> str | None:
    """Return the fault of a typed link as a sentence, or None if the link is good."""
    try:
        web_link(written)
    except ValueError as error:
        said = str(error)
        return f"{capitalize(said)}."
    return None


def not_yours(
    launch: LaunchView, task: TaskView, people: Iterable[str], *, reader: Reader
) -> str:
    """Return who may do it, for a person who may not."""
    act = f"do this for {quoted(task.title)} ({shorten(launch.product)})"
    lead = shorten(reader.name(launch.lead))
    return (
        f"{only_these(people, act, reader=reader)} "
        f"If it should be yours, ask {lead} to give it to you."
    )


def only_these(people: Iterable[str], act: str, *, reader: Reader) -> str:
    """Return who may; ``act`` completes "only Lee can ..."."""
    *others, last = (shorten(reader.name(each)) for each in people)
    who = f"{', '.join(others)} or {last}" if others else last
    return f"Nothing was changed: only {who} can {act}."


def over(launch: Launch | LaunchView, task: Task | TaskView) -> str | None:
    """Return why nothing can be done about a task any more, or None if something can."""
    if launch.status == LaunchStatus.CANCELLED:
        return f"{shorten(launch.product)} is cancelled, so there is nothing left to do for it."
    phrase = TASK_STATUSES[TaskStatus(task.status)].over
    return phrase.format(title=quoted(task.title)) if phrase else None


def refusal(
    error: LaunchKitsError, launch: LaunchView | None, *, reader: Reader | None
) -> str:
    """Why something was not done, as people would say it."""
    if isinstance(error, NotSent):
        return "Slack did not answer as it should. Please try again."
    if isinstance(error, NotYours) and error.people and reader:
        return only_these(error.people, error.act, reader=reader)
    if isinstance(error, NotReady) and launch and reader:
        reasons = (for_people(each, launch, reader=reader) for each in error.reasons)
        return cut(f"Not done, because this is open: {'; '.join(reasons)}.", LONG)
    said = (
        for_people(str(error), launch, reader=reader)
        if launch and reader
        else clean(str(error))
    )
    begin = "Sorry: " if isinstance(error, NotYours) else "Not done: "
    return f"{begin}{cut(said, LONG)}{'' if said.endswith(('.', '!', '?')) else '.'}"


def for_people(text: str, launch: LaunchView, *, reader: Reader) -> str:
    """A sentence of the verbs in the words of its reader.

    Returns it with titles for keys, names for emails, days and times in the reader's form. Commands
    are left out, since Slack has buttons for them. A word in quotes is one to type, and stays.
    """
    titles = {task.key: quoted(task.title) for task in launch.tasks}
    titles[launch.slug] = shorten(launch.product)
    names = {
        email.lower(): shorten(reader.name(email))
        for email in [launch.lead, *reader.names]
    }

    def said(found: re.Match[str]) -> str:
        if found[0].startswith(("task ", "launch ")):
            return titles.get(found[0].split('"')[1], found[0])
        if found[0].startswith('"'):
            return found[0]
        word = found[0].removesuffix("'s").rstrip(".:")
        return f"{worded(word)}{found[0][len(word) :]}"

    def worded(word: str) -> str:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
            return reader.day(date.fromisoformat(word))
        if _INSTANT.match(word) and (at := iso_instant(word)):
            return f"{reader.day(at)}, {at.astimezone(reader.zone):%H:%M}"
        return titles.get(word) or names.get(word.lower()) or word.removeprefix("--")

    clauses = _one_line(text, launch).split("; ")
    clauses = [each for each in clauses if not _COMMAND.search(each)]
    told = re.sub(
        r'(?:task |launch )?"[^"\s]+"|[^\s,;()"]+',
        said,
        "; ".join(clauses) or clean(text),
    )
    for ours, plain in _PLAIN.items():
        told = told.replace(ours, plain)
    return _QUESTION.sub("the question", told)


def _one_line(text: str, launch: LaunchView) -> str:
    """Return a message of the verbs on one line, each task named once instead of twice."""
    line = clean(text.replace(":\n- ", ": ").replace("\n- ", "; "))
    for task in launch.tasks:
        line = line.replace(f"{clean(task.title)} ({task.key})", task.key)
    return line
