"""The history of a task, as one message beside the task's own."""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.database.records import Event, phrase_of
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.text import clean, cut, shorten
from launch_kits.views.reader import Reader, count, iso_day

__all__ = ["history"]

#: lines shown, the newest
SHOWN = 30
#: characters of a note
NOTE = 200
#: lines in a paragraph
TOGETHER = 10
#: acts if no person does
PROGRAM = "launch-kits"


def history(events: Sequence[Event], *, reader: Reader) -> NoticeMessage:
    """Write the events of a task, at least one and oldest first, a line each.

    Each line has the time by the reader's clock, the event, the person and the note.
    """
    lines = [_line(event, reader) for event in events[-SHOWN:]]
    earlier = len(events) - len(lines)
    if earlier:
        lines.insert(0, f"… {count(earlier, 'line')} before this")
    paragraphs = [
        "\n".join(lines[at : at + TOGETHER]) for at in range(0, len(lines), TOGETHER)
    ]
    return NoticeMessage(sentence=lines[-1], paragraphs=paragraphs)


def _line(event: Event, reader: Reader) -> str:
    at = event.at.astimezone(reader.zone)
    line = f"{reader.day(event.at)} {at:%H:%M} · {_phrase(event, reader)}"
    if event.by != PROGRAM:
        line += f", {shorten(reader.name(event.by))}"
    if event.note and event.note.strip():
        line += f': "{cut(clean(event.note), NOTE)}"'
    return line


def _phrase(event: Event, reader: Reader) -> str:
    phrase = phrase_of(event.verb, event.data).line
    until = iso_day(event.data.get("until"))
    if phrase == event.verb or ("{until}" in phrase and until is None):
        return clean(event.verb)
    return phrase.format(
        owner=shorten(reader.name(str(event.data.get("owner") or "?"))),
        until=reader.day(until) if until else "",
    )
