"""Escapes: comments that suppress findings.

``# lint: ignore[CODE] reason`` is about its own line, or if it is alone there, about the line
below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from launch_kits.errors import Fault, Suggestions
from launch_kits.inputs.yaml_source import Location, Yaml
from launch_kits.lint.codes import CODES

__all__ = ["Escape", "escapes_of", "sift", "suppresses"]

ESCAPE = re.compile(
    r"(?:^|(?<=\s))#\s*lint:\s*ignore\b\s*(?:\[([^\]]*)\])?\s*(.*)$", re.IGNORECASE
)


class Escape(NamedTuple):
    """One comment that suppresses findings."""

    #: of the comment, from 1
    line: int
    #: the line whose findings it suppresses
    about: int
    codes: tuple[str, ...]
    reason: str


def escapes_of(text: str) -> Iterator[Escape]:
    """Yield the escapes of a file.

    A comment alone on its line is about the next line that is not a comment.
    """
    if "lint:" not in text.lower():
        return
    lines = text.splitlines()
    followed = _lines_with_more(lines)
    for at, line in enumerate(lines):
        found = ESCAPE.search(line)
        if found is None:
            continue
        before = line[: found.start()]
        in_quotes = before.count('"') % 2 == 1
        if in_quotes:
            continue
        codes = [code.strip() for code in (found[1] or "").split(",")]
        yield Escape(
            line=at + 1,
            about=followed[at] + 1,
            codes=tuple(code for code in codes if code),
            reason=found[2].strip(),
        )


def _lines_with_more(lines: Sequence[str]) -> list[int]:
    """For each line, itself or the next one that holds more than a comment, else the last."""
    found = list(range(len(lines)))
    for at in range(len(lines) - 2, -1, -1):
        begins = lines[at].lstrip()
        if not begins or begins.startswith("#"):
            found[at] = found[at + 1]
    return found


def sift(found: Iterable[Fault], sources: Iterable[Yaml]) -> list[Fault]:
    """Return the findings that no escape suppresses, and the faults of the escapes.

    An escape without a reason suppresses nothing. If it names several codes, the known ones count.
    """
    texts: Mapping[str, str] = {
        source.path: source.text for source in sources if source.text
    }
    passed: set[tuple[str, int, str]] = set()
    bad: list[Fault] = []
    for path, text in texts.items():
        suggestions = Suggestions()
        for escape in escapes_of(text):
            bad.extend(
                Fault(path, escape.line, "bad-escape", message)
                for message in _slips(escape, suggestions)
            )
            if escape.reason:
                passed.update((path, escape.about, code) for code in escape.codes)
    return [
        *(fault for fault in dict.fromkeys(found) if not _passes(fault, passed)),
        *bad,
    ]


def suppresses(source: Yaml, where: Location, code: str) -> bool:
    """Whether an escape suppresses findings of a code at a place in a file.

    A rule that takes long can ask before it looks.
    """
    line = source.fault(where, code, "").line
    return any(
        escape.reason and escape.about == line and code in escape.codes
        for escape in escapes_of(source.text)
    )


def _passes(fault: Fault, passed: set[tuple[str, int, str]]) -> bool:
    return fault.line is not None and (fault.path, fault.line, fault.code) in passed


def _slips(escape: Escape, suggestions: Suggestions) -> Sequence[str]:
    if not escape.codes:
        return [
            "an escape without a code suppresses nothing; write # lint: ignore[code] and the reason"
        ]
    slips = [
        "an escape names the unknown code "
        f'"{code}"{suggestions.nearest(code, CODES) or "; docs/reference/checks.md lists them"}'
        for code in dict.fromkeys(escape.codes)
        if code not in CODES
    ]
    if not escape.reason:
        slips.append(
            f"an escape without a reason suppresses nothing; "
            f"add the reason after ignore[{', '.join(escape.codes)}]"
        )
    return slips
