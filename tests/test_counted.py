from __future__ import annotations

import pytest

from tests.counted import COUNTS, counts_of


def report(name: str, when: str = "call", *texts: str) -> pytest.TestReport:
    properties: list[tuple[str, object]] = [(COUNTS, text) for text in texts]
    return pytest.TestReport(
        nodeid=name,
        location=("", None, ""),
        keywords={},
        outcome="passed",
        longrepr=None,
        when=when,  # type: ignore[arg-type]
        user_properties=properties,
    )


def test_each_test_that_counted_is_shown_once_and_by_name() -> None:
    reports = [
        report("b", "setup", "2 of 3"),
        report("b", "call", "2 of 3"),
        report("b", "teardown", "2 of 3"),
        report("a", "call", "1 of 3", "and more"),
        report("c"),
        "an error while tests were collected",
    ]
    assert [*counts_of(reports)] == [
        ("a", "1 of 3"),
        ("a", "and more"),
        ("b", "2 of 3"),
    ]
