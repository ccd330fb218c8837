"""The history of a task, as one message beside the task's own."""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.database.records import Event
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

_PHRASES = {
    "ready": "ready to start",
    "begin": "started",
    "done": "done",
    "submit": "handed in",
    "approve": "approved",
    "reject": "sent back",
    "block": "blocked",
    "unblock": "no longer blocked",
    "drop": "dropped",
    "reopen": "opened again",
    "wait": "waits again",
    "overdue": "overdue",
    "note": "note",
}


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
    who = "" if event.by == PROGRAM else f", {shorten(reader.name(event.by))}"
    note = (
        f': "{cut(clean(event.note), NOTE)}"'
        if event.note and event.note.strip()
        else ""
    )
    return f"{reader.day(event.at)} {at:%H:%M} · {_phrase(event, reader)}{who}{note}"


def _phrase(event: Event, reader: Reader) -> str:
    data = event.data
    until = iso_day(data.get("until"))
    if event.verb == "reassign":
        return f"given to {shorten(reader.name(str(data.get('owner') or '?')))}"
    if event.verb == "extend" and until:
        return (
            f"more time asked for, until {reader.day(until)}"
            if data.get("asked")
            else f"due {reader.day(until)}"
        )
    if event.verb == "refuse" and until:
        return f"more time until {reader.day(until)} refused"
    return _PHRASES.get(event.verb, clean(event.verb))
