"""Writing a value into a brief's file: nothing else in it changes, comments included."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from launch_kits.errors import Fault, InputError
from launch_kits.inputs.loading import load_brief
from launch_kits.inputs.yaml_source import Location, Yaml, parse, read

__all__ = ["lines_to_add", "with_value", "write_value"]


def with_value(text: str, where: Location, value: str) -> str | None:
    """The text of a brief with a value, on one line, at a place that it does not have yet.

    An example of the key in a comment is replaced. Returns None if that cannot be done so that the
    rest stays as it is.
    """
    try:
        before = parse(text, shown="brief")
    except InputError:
        return None
    for candidate in _candidates(text, before, where, value):
        if _adds_only(before, candidate, where, value):
            return candidate
    return None


def write_value(
    path: Path, where: Location, value: str, *, search: Sequence[Path]
) -> Sequence[Fault] | None:
    """Write a value into a brief's file, if the brief can be read with it.

    ``search`` has the folders of kits. Returns None once it is written; otherwise the file is left
    as it is, and the faults that the value brings are returned, none if no place was found for it.
    """
    text = with_value(read(path).text, where, value)
    if text is None:
        return ()
    trial = path.with_name(f".{path.stem}.trial.yaml")
    try:
        trial.write_text(text, encoding="utf-8")
        load_brief(trial, search=search)
    except InputError as error:
        return error.faults
    finally:
        trial.unlink(missing_ok=True)
    _replace(path, text)
    return None


def _replace(path: Path, text: str) -> None:
    """Replace a file at once, so that a crash leaves the old one or the new one."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.chmod(path.stat().st_mode & 0o777)
    beside.replace(path)


def lines_to_add(where: Location, value: str) -> str:
    """The lines that a person adds by hand for a value at a place."""
    *around, key = [str(step) for step in where]
    lines = [f"{'  ' * depth}{step}:" for depth, step in enumerate(around)]
    return "\n".join([*lines, f"{'  ' * len(around)}{key}: {value}"])


def _candidates(text: str, before: Yaml, where: Location, value: str) -> list[str]:
    lines = text.split("\n")
    *around, key = [str(step) for step in where]
    found = []
    example = _example(lines, before, around, key)
    if example is not None:
        at, indent, comment = example
        found.append(_replaced(lines, at, f"{indent}{key}: {value}{comment}"))
    if where in before.lines:
        # the key is there, and empty
        at = before.lines[where] - 1
        written = re.match(r"^(\s*[\w-]+:)(.*)$", lines[at])
        if written:
            found.append(_replaced(lines, at, f"{written[1]} {value}{written[2]}"))
    parent: Location = tuple(around)
    has_parent = bool(around) and parent in before.lines
    if has_parent:
        at = before.lines[parent] - 1
        depth = 2 * len(around)
        # a parent on one line of its own, with keys below it
        found.append(_inserted(lines, at + 1, f"{' ' * depth}{key}: {value}"))
        first = re.match(r"\s*", lines[at + 1])[0] if at + 1 < len(lines) else ""  # type: ignore[index]
        found.append(_inserted(lines, at + 1, f"{first}{key}: {value}"))
    else:
        end = "" if text.endswith("\n") else "\n"
        found.append(f"{text}{end}\n{lines_to_add(where, value)}\n")
    return found


def _example(
    lines: list[str], before: Yaml, around: list[str], key: str
) -> tuple[int, str, str] | None:
    """The comment with an example of a key: line, indent, and the explanation behind it."""
    begin = 0
    depth = 2 * len(around)
    if around:
        if (around[0],) not in before.lines:
            return None
        begin = before.lines[around[0],]
    pattern = re.compile(rf"^( {{{depth}}})# {re.escape(key)}:(?: .*?)?(\s\s#\s.*)?$")
    for at in range(begin, len(lines)):
        if around and re.match(r"\S", lines[at]) and not lines[at].startswith("#"):
            return None
        found = pattern.match(lines[at])
        # an example with lines of its own below stays, since they would be left without it
        below = lines[at + 1] if at + 1 < len(lines) else ""
        if found and not re.match(rf"^ {{{depth}}}#  ", below):
            return at, found[1], found[2] or ""
    return None


def _replaced(lines: list[str], at: int, line: str) -> str:
    return "\n".join([*lines[:at], line, *lines[at + 1 :]])


def _inserted(lines: list[str], at: int, line: str) -> str:
    return "\n".join([*lines[:at], line, *lines[at:]])


def _adds_only(before: Yaml, text: str, where: Location, value: str) -> bool:
    """Whether a text holds the data of before, and a value more."""
    try:
        after = parse(text, shown="brief")
        meant = parse(f"value: {value}", shown="value").data
    except InputError:
        return False
    wanted: Any = copy.deepcopy(before.data)
    if not isinstance(wanted, dict) or not isinstance(meant, Mapping):
        return False
    inner = wanted
    for step in where[:-1]:
        if inner.get(step) is None:
            inner[step] = {}
        inner = inner[step]
        if not isinstance(inner, dict):
            return False
    if inner.get(where[-1]) is not None:
        return False
    inner[where[-1]] = meant["value"]
    return bool(after.data == wanted) and not after.unread
