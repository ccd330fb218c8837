"""The history of a task, as one message beside the task's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from launch_kits.database.records import Event, phrase_of
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.text import (
    capitalize,
    clean,
    cut,
    quoted,
    shorten,
    stopped,
)
from launch_kits.views.reader import Reader, count, iso_day

__all__ = ["deed", "history", "told_event"]

#: lines shown, the newest
SHOWN = 30
#: characters of a note
NOTE = 200
#: lines in a paragraph
TOGETHER = 10
#: acts if no person does
PROGRAM = "launch-kits"


def history(events: Sequence[Event], *, title: str, reader: Reader) -> NoticeMessage:
    """Write the events of a task, at least one and oldest first, a line each.

    The newest comes first and names the task, since a notification shows nothing else. The
    others follow with their times by the reader's clock, the newest first.
    """
    newest = events[-1]
    others = [_line(event, reader) for event in reversed(events[-SHOWN:-1])]
    earlier = len(events) - len(others) - 1
    if earlier:
        others.append(f"… {count(earlier, 'line')} before this")
    return NoticeMessage(
        sentence=f"{quoted(title)}: {_line(newest, reader)}",
        paragraphs=[
            "\n".join(others[at : at + TOGETHER])
            for at in range(0, len(others), TOGETHER)
        ],
    )


def told_event(event: Event, reader: Reader) -> str:
    """Write an event: the person, the deed and the note, as a sentence."""
    told = deed(event.verb, event.data, reader)
    if event.by != PROGRAM:
        told = f"{_who(event, reader)} {told}"
    if event.note and event.note.strip():
        note = cut(clean(event.note), NOTE)
        told += f': "{note}"'
    if event.undone:
        told += " (undone)"
    return stopped(capitalize(told))


def deed(verb: str, data: Mapping[str, Any], reader: Reader) -> str:
    """Return the phrase of an event with its facts, or its verb if a day is missing."""
    phrase = phrase_of(verb, data)
    told = phrase.replace("{owner}", _name(data.get("owner"), reader))
    for key in ("until", "due", "launch_on"):
        place = f"{{{key}}}"
        if place not in phrase:
            continue
        day = iso_day(data.get(key))
        if day is None:
            return clean(verb)
        told = told.replace(place, reader.day(day))
    return told


def _line(event: Event, reader: Reader) -> str:
    at = event.at.astimezone(reader.zone)
    return f"{told_event(event, reader)} ({reader.day(event.at)}, {at:%H:%M})"


def _who(event: Event, reader: Reader) -> str:
    name = _name(event.by, reader)
    absent = event.in_place_of
    return f"{name} (for {_name(absent, reader)})" if absent else name


def _name(email: object, reader: Reader) -> str:
    return shorten(reader.name(str(email or "?")))
