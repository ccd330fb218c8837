"""Input files: YAML read with the line of every value, traps refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from launch_kits.errors import Fault, InputError
from launch_kits.inputs.yaml_builder import (
    MAX_DEPTH,
    MAX_ENTRIES,
    MAX_NODES,
    Builder,
    Location,
)
from launch_kits.settings.small_file import (
    NotAFile,
    TooLarge,
    read_file,
    read_within,
)

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_ENTRIES",
    "MAX_NODES",
    "Location",
    "Yaml",
    "parse",
    "read",
]

#: larger files are refused unread
MAX_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Yaml:
    """One input as read: its data, and the line on which each value begins."""

    #: the file as the user named it, or ``brief`` for parameters that came without a file
    path: str
    #: mappings, lists, texts, numbers, dates, booleans, None
    data: object
    #: location → line, counted from 1; empty for input without a file
    lines: Mapping[Location, int] = field(default_factory=dict)
    #: unread values by location: each is None in the data, or left out
    unread: Mapping[Location, Fault] = field(default_factory=dict)
    #: as written, comments and all; empty for input without a file
    text: str = field(default="", repr=False)

    def line(self, where: Location) -> int | None:
        """The line of the value at a location, or of the nearest value around it."""
        for end in range(len(where), -1, -1):
            if where[:end] in self.lines:
                return self.lines[where[:end]]
        return None

    def part(self, where: Location) -> Yaml:
        """The part at a location, with locations of its own in this file."""
        depth = len(where)
        inside = {
            place[depth:]: line
            for place, line in self.lines.items()
            if place[:depth] == where
        }
        return Yaml(self.path, {}, inside)

    def fault(self, where: Location, code: str, message: str) -> Fault:
        """A fault, or a warning, about the value at a location."""
        return Fault(self.path, self.line(where), code, message)


def read(path: Path, *, shown: str | None = None, within: Path | None = None) -> Yaml:
    """Read one YAML file.

    ``shown`` is the path as the user wrote it; ``within`` a folder out of which no link may lead by
    the time of reading. Raises InputError for a file that is missing, larger
    than MAX_BYTES, MAX_NODES or MAX_ENTRIES, not UTF-8, not YAML, nested deeper than MAX_DEPTH, or
    that holds no document or several. Anchors, merges, tags and duplicate keys are not read; values
    with them are noted in the result.
    """
    name = shown if shown is not None else str(path)
    try:
        if within is None:
            raw = read_file(path, most=MAX_BYTES)
        else:
            raw = read_within(path, within, most=MAX_BYTES)
    except NotAFile as error:
        raise InputError(
            [Fault(name, None, "not-a-file", f"this is {error}; name a YAML file")]
        ) from None
    except TooLarge:
        raise InputError(
            [
                Fault(
                    name,
                    None,
                    "too-large",
                    "larger than 5 MiB; split it, or keep large texts elsewhere",
                )
            ]
        ) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "cannot be read").lower()
        raise InputError(
            [
                Fault(
                    name,
                    None,
                    "unreadable",
                    f"{reason}; check the path and its permissions",
                )
            ]
        ) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            [Fault(name, line, "not-utf8", "not UTF-8 text; save the file as UTF-8")]
        ) from None
    return parse(text, shown=name)


def parse(text: str, *, shown: str) -> Yaml:
    """Read YAML from a text; raises InputError as `read` does."""
    loader = None
    try:
        loader = yaml.CSafeLoader(text)
        builder = Builder(shown, loader, max(1, len(text.splitlines())))
        data = builder.document()
    except yaml.YAMLError as error:
        line, problem = _blamed(error, text)
        raise InputError(
            [Fault(shown, line, "not-yaml", f"not valid YAML: {problem}; correct it")]
        ) from None
    finally:
        if loader is not None:
            loader.dispose()
    return Yaml(shown, data, builder.lines, builder.unread, text)


def _blamed(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line and the words of a syntax error."""
    last = max(1, len(text.splitlines()))
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        return min(mark.line + 1, last) if mark else last, problem
    if isinstance(error, yaml.reader.ReaderError):
        before = text.encode()[: error.position]
        return min(
            before.count(b"\n") + 1, last
        ), f"{error.reason}: #x{error.character:04x}"
    return last, " ".join(str(error).split())
