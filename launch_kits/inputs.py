"""Input files: YAML read with the line of every value, traps refused."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from launch_kits.errors import Fault, InputError

__all__ = ["MAX_BYTES", "Location", "Yaml", "parse", "read"]

#: larger files are refused unread
MAX_BYTES = 5 * 1024 * 1024
#: deeper nesting is refused: no input needs it, and it would exhaust the stack
MAX_DEPTH = 40

#: where a value stands: the keys and indexes that lead to it
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Yaml:
    """One input as read: its data, and the line on which each value begins."""

    #: the file as the user named it, or ``brief`` for parameters that came without a file
    path: str
    #: mappings, lists, strings, numbers, dates, booleans, None
    data: object
    #: location → line, counted from 1; empty for input without a file
    lines: Mapping[Location, int] = field(default_factory=dict)
    #: values that could not be read, by location; they are None in the data
    unread: Mapping[Location, Fault] = field(default_factory=dict)

    def line(self, where: Location) -> int | None:
        """The line of the value at a location, or of the nearest value around it."""
        for end in range(len(where), -1, -1):
            if where[:end] in self.lines:
                return self.lines[where[:end]]
        return None

    def fault(self, where: Location, code: str, message: str) -> Fault:
        """A fault, or a warning, about the value at a location."""
        return Fault(self.path, self.line(where), code, message)


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader with YAML 1.2's booleans, so that ``holidays: NO`` stays Norway."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:merge")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
for _first, _word in (("t", "true"), ("f", "false"), ("T", "True"), ("F", "False")):
    _Loader.yaml_implicit_resolvers.setdefault(_first, []).append(
        ("tag:yaml.org,2002:bool", re.compile(f"^{_word}$"))
    )


def read(path: Path, *, shown: str | None = None) -> Yaml:
    """Read one YAML file.

    ``shown`` is the path as the user wrote it. Raises InputError for a file that is missing, larger than
    MAX_BYTES, not UTF-8, not YAML, or that uses anchors, merges, duplicate keys or more than one document.
    """
    name = shown if shown is not None else str(path)
    try:
        if path.is_dir():
            raise InputError([Fault(name, None, "not-a-file", "this is a folder; name a YAML file")])
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise InputError([Fault(name, None, "unreadable", f"{reason}; check the path and its permissions")]) from None
    if len(raw) > MAX_BYTES:
        raise InputError([Fault(name, None, "too-large", "larger than 5 MiB; split it, or keep large texts elsewhere")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError([Fault(name, line, "not-utf8", "not UTF-8 text; save the file as UTF-8")]) from None
    return parse(text, shown=name)


def parse(text: str, *, shown: str) -> Yaml:
    """Read YAML from a text; raises InputError as `read` does."""
    loader = None
    try:
        loader = _Loader(text)
        _refuse_traps(text, shown)
        node = loader.get_single_node()
        if node is None:
            raise InputError([Fault(shown, None, "empty", "the file is empty")])
        builder = _Builder(shown, loader)
        data = builder.build(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        line = mark.line + 1 if mark else None
        raise InputError([Fault(shown, line, "not-yaml", f"not valid YAML: {problem}")]) from None
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise InputError([Fault(shown, None, "not-yaml", f"not valid YAML: {problem}")]) from None
    finally:
        if loader is not None:
            loader.dispose()
    return Yaml(shown, data, builder.lines, builder.unread)


def _refuse_traps(text: str, shown: str) -> None:
    """Refuse aliases and depth while they are still events: composing them is what would cost memory."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            message = f'anchors and aliases are not read ("{anchor}"); write the value out where it is needed'
            raise InputError([Fault(shown, line, "anchor", message)])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise InputError([Fault(shown, line, "too-deep", f"nested deeper than {MAX_DEPTH} levels; flatten it")])


@dataclass(slots=True)
class _Builder:
    """Turns YAML nodes into plain data and notes where each value stands."""

    shown: str
    loader: _Loader
    lines: dict[Location, int] = field(default_factory=dict)
    unread: dict[Location, Fault] = field(default_factory=dict)

    def build(self, node: yaml.Node, where: Location) -> object:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*where, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, where)

    def _mapping(self, node: yaml.MappingNode, where: Location) -> dict[Hashable, object]:
        built: dict[Hashable, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            place = (*where, key)
            self.lines.setdefault(place, key_node.start_mark.line + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._cannot_read(place, "bad-key", "a key must be a plain word")
            elif key == "<<":
                self._cannot_read(place, "merge", "merge keys (<<) are not read; write the values out")
            elif key in built:
                line = key_node.start_mark.line + 1
                message = f'"{key}" stands here twice; keep one of them'
                self.unread[place] = Fault(self.shown, line, "duplicate-key", message)
            else:
                built[key] = self.build(value_node, place)
        return built

    def _scalar(self, node: yaml.Node, where: Location) -> object:
        try:
            return self.loader.construct_object(node)  # type: ignore[no-untyped-call]
        except yaml.constructor.ConstructorError as error:
            self._cannot_read(where, "bad-tag", f"{error.problem}; plain YAML only")
        except (ValueError, OverflowError) as error:
            self._cannot_read(where, "bad-value", f'"{node.value}" cannot be read: {error}')
        return None

    def _cannot_read(self, where: Location, code: str, message: str) -> None:
        self.unread[where] = Fault(self.shown, self.lines[where], code, message)
