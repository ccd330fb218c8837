"""Input files: YAML read with the line of every value, traps refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from launch_kits.inputs.yaml_slips import yaml_slip
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
#: places that are not YAML in one file, which are told in one round
MOST_SLIPS = 50


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
    #: places that are not YAML; the data is read as they are probably meant
    slips: Sequence[Fault] = ()

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


def read(
    path: Path,
    *,
    shown: str | None = None,
    within: Path | None = None,
    mend: bool = False,
) -> Yaml:
    """Read one YAML file.

    With ``mend``, a text that is not YAML is read as it is probably meant, if that is known. So its
    other faults are found in the same round; ``slips`` of the result are the faults then.

    ``shown`` is the path as the user wrote it; ``within`` a folder out of which no link may lead by
    the time of reading. Raises InputError for a file that is missing, larger
    than MAX_BYTES, MAX_NODES or MAX_ENTRIES, not UTF-8, not YAML, nested deeper than MAX_DEPTH, or
    that holds no document or several. Anchors, merges, tags and duplicate keys are not read; values
    with them are noted in the result.
    """
    name = shown if shown is not None else str(path)
    return parse(_text(path, name, within), shown=name, mend=mend)


def _text(path: Path, name: str, within: Path | None) -> str:
    """The text of a file; raises InputError for one that cannot be read as text."""
    line = None
    try:
        if within is None:
            raw = read_file(path, most=MAX_BYTES)
        else:
            raw = read_within(path, within, most=MAX_BYTES)
        return raw.decode("utf-8-sig")
    except NotAFile as error:
        code = "not-a-file"
        message = f"this is {error}; name a YAML file"
    except TooLarge:
        code = "too-large"
        message = "larger than 5 MiB; split it, or keep large texts elsewhere"
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        code = "not-utf8"
        message = "not UTF-8 text; save the file as UTF-8"
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "cannot be read").lower()
        code = "unreadable"
        message = f"{reason}; check the path and its permissions"
    raise InputError([Fault(name, line, code, message)])


def parse(text: str, *, shown: str, mend: bool = False) -> Yaml:
    """Read YAML from a text; raises InputError as `read` does."""
    slips: list[Fault] = []
    meant = text
    while True:
        try:
            builder, data = _built(meant, shown)
        except yaml.YAMLError as error:
            slip = yaml_slip(error, meant)
            again = slip.line in {fault.line for fault in slips}
            if not again:
                slips.append(Fault(shown, slip.line, "not-yaml", slip.message))
            if not mend or again or slip.mended is None or len(slips) > MOST_SLIPS:
                raise InputError(slips) from None
            meant = slip.mended
        else:
            return Yaml(shown, data, builder.lines, builder.unread, text, tuple(slips))


def _built(text: str, shown: str) -> tuple[Builder, object]:
    loader = None
    try:
        loader = yaml.CSafeLoader(text)
        builder = Builder(shown, loader, max(1, len(text.splitlines())))
        return builder, builder.document()
    finally:
        if loader is not None:
            loader.dispose()
