"""What happened to a task, as one reply in the thread of its message."""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.database.records import Event, phrase_of
from launch_kits.slack.messages.blocks import Message, message, paragraph
from launch_kits.slack.messages.text import clean, cut, shorten
from launch_kits.views.reader import Reader, count, iso_day

__all__ = ["history"]

#: lines shown, the newest; characters of a note; lines a block
SHOWN, NOTE, TOGETHER = 30, 200, 10
#: who did what no person did
NOBODY = frozenset(["launch-kits"])


def history(events: Sequence[Event], *, reader: Reader) -> Message:
    """The events, at least one and oldest first, a line each.

    When by the reader's clock, what, who, and the note.
    """
    lines = [_line(event, reader) for event in events[-SHOWN:]]
    earlier = len(events) - len(lines)
    if earlier:
        lines.insert(0, f"… {count(earlier, 'line')} before this")
    blocks = [
        paragraph("\n".join(lines[at : at + TOGETHER]))
        for at in range(0, len(lines), TOGETHER)
    ]
    return message(lines[-1], blocks)


def _line(event: Event, reader: Reader) -> str:
    at = event.at.astimezone(reader.zone)
    who = "" if event.by in NOBODY else f", {shorten(reader.name(event.by))}"
    note = (
        f': "{cut(clean(event.note), NOTE)}"'
        if event.note and event.note.strip()
        else ""
    )
    return f"{reader.day(event.at)} {at:%H:%M} · {_what(event, reader)}{who}{note}"


def _what(event: Event, reader: Reader) -> str:
    phrase = phrase_of(event.verb, event.data).line
    until = iso_day(event.data.get("until"))
    if "{until}" in phrase and until is None:
        return clean(event.verb)
    return (
        clean(phrase)
        if phrase == event.verb
        else phrase.format(
            owner=shorten(reader.name(str(event.data.get("owner") or "?"))),
            until=reader.day(until) if until else "",
        )
    )
