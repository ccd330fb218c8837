"""Slips in YAML in plain words, and how the line is meant, so that the rest can be read too."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import yaml

__all__ = ["YamlSlip", "yaml_slip"]

#: characters of a line that a message shows
_SHOWN = 60
#: a key with its value, in a list or not
_ENTRY = re.compile(r"(?P<head>\s*(?:- +)*(?:[\w.-]+: +|- +))(?P<value>\S.*?)\s*$")
_QUOTE_IT = "put the text in quotes"


class YamlSlip(NamedTuple):
    """A place that is not YAML."""

    #: counted from 1
    line: int
    #: the fault and the remedy
    message: str
    #: the text with the line as it is probably meant; None if that is not known
    mended: str | None


class _Place(NamedTuple):
    """A place in a text, its line without the newline."""

    lines: Sequence[str]
    at: int
    column: int

    @property
    def line(self) -> str:
        return self.lines[self.at] if self.at < len(self.lines) else ""

    @property
    def before(self) -> str:
        return self.line[: self.column]

    @property
    def letter(self) -> str:
        return self.line[self.column : self.column + 1]

    def above(self) -> tuple[int, str]:
        """The number, from 1, and the text of the nearest line above that holds something."""
        for at in range(min(self.at, len(self.lines)) - 1, -1, -1):
            text = self.lines[at].strip()
            if text and not text.startswith("#"):
                return at + 1, self.lines[at]
        return 1, ""


def yaml_slip(error: yaml.YAMLError, text: str) -> YamlSlip:
    """The writer's slip, from the parser's error about a text."""
    lines = text.split("\n")
    last = max(1, len(text.splitlines()))
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode()[: error.position].count(b"\n") + 1
        message = (
            f"control character #x{error.character:04x}; remove it, "
            "or type the line again without copying it"
        )
        return YamlSlip(min(line, last), message, None)
    if not isinstance(error, yaml.MarkedYAMLError):
        return YamlSlip(last, f"not valid YAML: {error}; correct it", None)
    mark = error.problem_mark or error.context_mark
    place = _Place(lines, mark.line, mark.column) if mark else _Place(lines, last, 0)
    opening = error.context_mark or mark
    began = _Place(lines, opening.line, opening.column) if opening else place
    problem = str(error.problem or "")
    context = str(error.context or "")
    return _bounded(_slip(problem, context, place, began), last)


def _bounded(slip: YamlSlip, last: int) -> YamlSlip:
    return slip._replace(line=min(slip.line, last))


def _slip(problem: str, context: str, place: _Place, began: _Place) -> YamlSlip:
    """The slip by the parser's words; ``began`` is the beginning of the value it was reading."""
    if place.letter == "\t":
        return _tab(place, began)
    said = f"{context}: {problem}"
    for words, slip in _SLIPS:
        if words in said:
            return slip(place, began)
    message = f"not valid YAML: {said.removeprefix(': ')}; correct it"
    return YamlSlip(place.at + 1, message, None)


def _tab(place: _Place, _: _Place) -> YamlSlip:
    spaces = re.sub(r"^\s+", lambda found: found[0].replace("\t", "  "), place.line)
    return YamlSlip(
        place.at + 1,
        "a tab at the beginning of the line; YAML takes spaces only, two for each level",
        _with_line(place, spaces),
    )


def _colon(place: _Place, _: _Place) -> YamlSlip:
    """A colon in a value, or a key deeper than it may be."""
    entry = _ENTRY.match(place.line)
    if entry and entry.start("value") <= place.column:
        message = f"a colon within the text of `{_key(entry['head'])}`; {_QUOTE_IT}: "
        message += _shown(entry["head"], entry["value"])
        return YamlSlip(place.at + 1, message, _quoted(place))
    number, above = place.above()
    if re.match(r"\s*(?:- +)?[\w-]+:\S", above):
        message = "no space behind the colon; write `key: value`"
        spaced = re.sub(r"^(\s*(?:- +)?[\w-]+:)(?=\S)", r"\1 ", above)
        return YamlSlip(number, message, _with_line(place, spaced, at=number - 1))
    message = (
        f"this key is indented deeper than line {number}, which has a value already; "
        "align it with the keys beside it"
    )
    depth = len(above) - len(above.lstrip())
    return YamlSlip(
        place.at + 1, message, _with_line(place, " " * depth + place.line.lstrip())
    )


def _bad_start(place: _Place, _: _Place) -> YamlSlip:
    entry = _ENTRY.match(place.line)
    example = (
        f": {_shown(entry['head'], entry['value'])}"
        if entry and entry.start("value") == place.column
        else ""
    )
    letter = place.letter or "this sign"
    message = f"a text cannot begin with {letter}; {_QUOTE_IT}{example}"
    return YamlSlip(place.at + 1, message, _quoted(place) if example else None)


def _bad_mark(_: _Place, began: _Place) -> YamlSlip:
    """A text that begins with a sign that YAML gives a meaning, such as * or >."""
    return _bad_start(began, began)


def _open_quote(_: _Place, began: _Place) -> YamlSlip:
    message = f"the quote {began.letter} is not closed; close it on this line"
    closed = _with_line(began, began.line.rstrip() + began.letter)
    return YamlSlip(began.at + 1, message, closed)


def _backslash(place: _Place, _: _Place) -> YamlSlip:
    message = (
        "a backslash within double quotes begins a sign such as \\n; "
        "write two, or use single quotes"
    )
    return YamlSlip(place.at + 1, message, _quoted(place))


def _list_behind_key(place: _Place, _: _Place) -> YamlSlip:
    message = (
        "a list begins behind its key; "
        "write each `- ` on a line of its own below, or [one, two]"
    )
    return YamlSlip(place.at + 1, message, None)


def _unclosed(place: _Place, began: _Place) -> YamlSlip:
    """A list or mapping in brackets that does not go on as it should."""
    if place.at == began.at and place.letter == ":":
        start = max(map(place.before.rfind, "{[,")) + 1
        end = re.search(r"[,\]}]|$", place.line[place.column :])
        part = place.line[start : place.column + (end.start() if end else 0)]
        key, _, value = part.partition(": ")
        meant = f"{key}: {_in_quotes(value.strip())}"
        message = f"a colon within a text in brackets; {_QUOTE_IT}: {meant.strip()}"
        return YamlSlip(
            place.at + 1, message, _with_line(place, place.line.replace(part, meant, 1))
        )
    close = "]" if began.letter == "[" else "}"
    closed = _with_line(began, began.line.rstrip() + close)
    message = (
        f"the {began.letter} is not closed, or a comma is missing between its entries; "
        f"close it with {close}"
    )
    return YamlSlip(began.at + 1, message, closed)


def _not_a_key(place: _Place, _: _Place) -> YamlSlip:
    """A line that begins at another depth, or a text that goes on behind its quotes."""
    if place.before.strip() == "":
        number, above = place.above()
        spaces = {0: "not indented", 1: "indented by one space"}.get(
            place.column, f"indented by {place.column} spaces"
        )
        message = (
            f"this line is {spaces}, which fits no line above it; "
            f"align it with the lines that it belongs to, such as line {number}"
        )
        depth = len(above) - len(above.lstrip())
        aligned = _with_line(place, " " * depth + place.line.lstrip())
        return YamlSlip(place.at + 1, message, aligned)
    entry = _ENTRY.match(place.line)
    if entry and entry["value"][:1] in ("'", '"'):
        quote = entry["value"][0]
        message = (
            f"text goes on behind the closing {quote}; "
            f"put the whole text of `{_key(entry['head'])}` in one pair of quotes"
        )
        return YamlSlip(place.at + 1, message, _quoted(place))
    message = "`key: value` expected here; check the line and the one above it"
    return YamlSlip(place.at + 1, message, None)


#: words of the parser → the slip that they are about, the first that fits
_SLIPS: Sequence[tuple[str, Callable[[_Place, _Place], YamlSlip]]] = (
    ("tab character", _tab),
    ("mapping values", _colon),
    ("cannot start any token", _bad_start),
    ("node content", _bad_start),
    ("mapping keys are not allowed", _bad_start),
    ("scanning an alias", _bad_mark),
    ("scanning an anchor", _bad_mark),
    ("block scalar", _bad_mark),
    ("scanning a directive", _bad_mark),
    ("unexpected end of stream", _open_quote),
    ("escape character", _backslash),
    ("expected ','", _unclosed),
    ("sequence entries are not allowed", _list_behind_key),
    ("expected key", _not_a_key),
    ("'-' indicator", _not_a_key),
)


def _key(head: str) -> str:
    return head.strip().removeprefix("- ").strip().removesuffix(":") or "-"


def _shown(head: str, value: str) -> str:
    """The line as it is meant, cut after some characters."""
    written = f"{head.strip()} {_in_quotes(value)}"
    return written if len(written) <= _SHOWN else f"{head.strip()} “…” around all of it"


def _in_quotes(value: str) -> str:
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _quoted(place: _Place) -> str | None:
    """The text with the value of a line in quotes."""
    entry = _ENTRY.match(place.line)
    if entry is None:
        return None
    return _with_line(place, entry["head"] + _in_quotes(entry["value"]))


def _with_line(place: _Place, line: str, *, at: int | None = None) -> str | None:
    """The text with one line written differently; None if that changes nothing."""
    where = place.at if at is None else at
    if where >= len(place.lines) or place.lines[where] == line:
        return None
    return "\n".join([*place.lines[:where], line, *place.lines[where + 1 :]])
