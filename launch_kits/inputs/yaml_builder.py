"""Plain data from the events of YAML, with the line of every value; traps are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from launch_kits.errors import Fault, InputError

__all__ = ["CONTROL", "MAX_DEPTH", "MAX_ENTRIES", "MAX_NODES", "Builder", "Location"]

#: deeper nesting is refused: no input needs it, and it would exhaust the stack
MAX_DEPTH = 40
#: keys and values of a file; the largest kit that comes along has some 2,000
MAX_NODES = 100_000
#: entries of one mapping or list
MAX_ENTRIES = 2_000

#: place of a value: the keys and indexes that lead to it
Location = tuple[str | int, ...]

#: words and numbers as YAML 1.2 has them: `NO` stays Norway, `9:30` a text, and a number that
#: begins with 0 is one too
PLAIN = re.compile(
    r"(?P<nothing>|~|null|Null|NULL)|(?P<true>true|True|TRUE)|(?P<false>false|False|FALSE)"
    r"|(?P<int>[-+]?(?:0|[1-9][0-9_]{0,299}))|(?P<float>[-+]?(?:[0-9][0-9_]*)?\.[0-9]+(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
#: characters that an escape such as "\\x1b" can bring in: a terminal would obey them, and
#: PostgreSQL does not store all of them
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
TEXT_TAGS = ("!", "tag:yaml.org,2002:str")


@dataclass(slots=True)
class Builder:
    """Turn YAML's events into plain data and note the line of each value.

    Events, not nodes: the value of an alias is never built, however often it is named.
    """

    shown: str
    loader: yaml.CSafeLoader
    #: the last line of the text
    last: int
    lines: dict[Location, int] = field(default_factory=dict)
    unread: dict[Location, Fault] = field(default_factory=dict)
    #: keys and values read so far
    nodes: int = 0

    def document(self) -> object:
        """The one document of the input."""
        self._next()
        first = self._next()
        if isinstance(first, yaml.StreamEndEvent):
            raise InputError(
                [Fault(self.shown, 1, "empty", "the file is empty; fill it in")]
            )
        data = self._value(self._next(), ())
        self._next()
        following = self._next()
        if not isinstance(following, yaml.StreamEndEvent):
            message = "a second document begins here; one file holds one"
            raise InputError(
                [Fault(self.shown, self._line(following), "several-documents", message)]
            )
        return data

    def _next(self) -> Any:  # noqa: ANN401  the parser's own events
        event: Any = self.loader.get_event()
        self.nodes += isinstance(event, yaml.NodeEvent)
        if self.nodes > MAX_NODES:
            message = f"more than {MAX_NODES} keys and values in one file; split it"
            raise self._too_large(event, message)
        return event

    def _too_large(self, event: yaml.Event, message: str) -> InputError:
        return InputError([Fault(self.shown, self._line(event), "too-large", message)])

    def _count(self, entries: int, event: yaml.Event, where: Location) -> None:
        """Refuse the entry of a mapping or list that is one too many."""
        if entries > MAX_ENTRIES:
            named = ".".join(map(str, where)) or "the top of the file"
            message = (
                f"more than {MAX_ENTRIES} entries in {named}; "
                "take some out, or split them up"
            )
            raise self._too_large(event, message)

    def _line(self, event: yaml.Event) -> int:
        return (
            min(event.start_mark.line + 1, self.last) if event.start_mark else self.last
        )

    def _value(self, event: Any, where: Location) -> object:  # noqa: ANN401  the same
        self.lines.setdefault(where, self._line(event))
        self._refuse_anchor(event, where)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, where)
        if isinstance(event, yaml.AliasEvent):
            return None
        if event.tag is not None and not event.implicit:
            self._cannot_read(
                where, "tag", f"the tag {event.tag} is not read; take it out"
            )
        if len(where) >= MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels; flatten it"
            raise InputError(
                [Fault(self.shown, self._line(event), "too-deep", message)]
            )
        return (
            self._mapping(where)
            if isinstance(event, yaml.MappingStartEvent)
            else self._list(where)
        )

    def _list(self, where: Location) -> list[object]:
        built: list[object] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            self._count(len(built) + 1, event, where)
            built.append(self._value(event, (*where, len(built))))
        return built

    def _mapping(self, where: Location) -> dict[str, object]:
        built: dict[str, object] = {}
        entries = 0
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            entries += 1
            self._count(entries, event, where)
            key = event.value if isinstance(event, yaml.ScalarEvent) else "?"
            place = (*where, key)
            if key in built:
                # the first one keeps its place and its line
                self._skip(self._next())
                message = f'duplicate key "{key}"; keep one of them'
                self.unread[place] = Fault(
                    self.shown, self._line(event), "duplicate-key", message
                )
                continue
            self.lines.setdefault(place, self._line(event))
            if not isinstance(event, yaml.ScalarEvent) or CONTROL.search(event.value):
                self._skip(event)
                self._skip(self._next())
                self._cannot_read(
                    place, "bad-key", "a key must be a plain word; write `key: value`"
                )
            elif key == "<<":
                self._skip(self._next())
                self._cannot_read(
                    place, "merge", "merge keys (<<) are not read; write the values out"
                )
            else:
                self._refuse_anchor(event, place)
                built[key] = self._value(self._next(), place)
        return built

    def _skip(self, event: yaml.Event) -> None:
        """Pass over a value that begins with an event."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(
                event, yaml.CollectionEndEvent
            )
            if not depth:
                return
            event = self._next()

    def _scalar(self, event: yaml.ScalarEvent, where: Location) -> object:
        text = event.value
        if event.tag is not None and event.tag not in TEXT_TAGS:
            self._cannot_read(
                where,
                "tag",
                f"the tag {event.tag} is not read; write the value plainly",
            )
            return None
        if CONTROL.search(text):
            self._cannot_read(
                where,
                "control-character",
                "control characters are not read; take them out",
            )
            return None
        plain = (
            PLAIN.fullmatch(text) if event.tag is None and event.implicit[0] else None
        )
        try:
            return _plain(str(plain.lastgroup), text) if plain else text
        except ValueError as error:
            self._cannot_read(
                where, "bad-value", f'"{text[:40]}" cannot be read: {error}; correct it'
            )
            return None

    def _refuse_anchor(self, event: Any, where: Location) -> None:  # noqa: ANN401  the same
        if event.anchor is not None:
            message = (
                f'anchors and aliases are not read ("{event.anchor}"); '
                "write the value out at each place"
            )
            self._cannot_read(where, "anchor", message)

    def _cannot_read(self, where: Location, code: str, message: str) -> None:
        self.unread[where] = Fault(self.shown, self.lines[where], code, message)


def _plain(kind: str, text: str) -> object:
    match kind:
        case "day":
            return date.fromisoformat(text)
        case "int":
            return int(text)
        case "float":
            return float(text.replace("_", ""))
        case _:
            return {"true": True, "false": False}.get(kind)
