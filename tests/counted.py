"""Counts that a test has made: shown at the end of a run, from whichever process it ran in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import pytest

__all__ = ["Count", "counts_of"]

#: gives a text of one or more lines to show at the end of the run
Count: TypeAlias = Callable[[str], None]
#: the name of the property that carries a text from the process of a test to that of the summary
COUNTS = "counts"


def counts_of(reports: Iterable[object]) -> Iterator[tuple[str, str]]:
    """The name and the text of each test that counted, by name."""
    calls = [
        each
        for each in reports
        if isinstance(each, pytest.TestReport) and each.when == "call"
    ]
    for report in sorted(calls, key=lambda each: each.nodeid):
        for name, value in report.user_properties:
            if name == COUNTS:
                yield report.nodeid, str(value)
