from __future__ import annotations

import pytest

from launch_kits.errors import Fault
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.escapes import sift


def sifted(
    text: str, line: int = 2, code: str = "left-out"
) -> list[tuple[int | None, str]]:
    found = sift(
        [Fault("brief.yaml", line, code, "doubtful; mend it")],
        [Yaml("brief.yaml", {}, text=text)],
    )
    return [(fault.line, fault.code) for fault in found]


@pytest.mark.parametrize(
    "text",
    [
        "one\ntwo  # lint: ignore[left-out] nobody minds",
        "# lint: ignore[left-out] nobody minds\ntwo",
        "#lint:ignore [left-out] nobody minds\ntwo",
        "one\ntwo  # lint: ignore[day-off, left-out] nobody minds",
        'one\n"two"  # lint: ignore[left-out] nobody minds',
    ],
)
def test_an_escape_suppresses_findings_on_its_line_or_below(text):
    assert sifted(text) == []


def test_a_comment_of_several_lines_is_about_the_line_below_all():
    text = (
        "# lint: ignore[left-out] nobody minds\n"
        "# lint: ignore[day-off] the office is open\n\ntwo"
    )
    assert sifted(text, 4) == []
    assert sifted(text, 4, "day-off") == []
    assert sifted(text, 1) == [(1, "left-out")]


@pytest.mark.parametrize(
    "text",
    [
        "one  # lint: ignore[left-out] nobody minds\ntwo",
        "one\ntwo  # lint: ignore[day-off] nobody minds",
        'one\ntwo: "lint: ignore[left-out] nobody minds"',
        'one\ntwo: "see # lint: ignore[left-out] nobody minds"',
    ],
)
def test_an_escape_elsewhere_or_of_another_code_suppresses_nothing(text):
    assert sifted(text) == [(2, "left-out")]


@pytest.mark.parametrize(
    ("escape", "left"),
    [
        ("# lint: ignore[left-out]", [(2, "left-out"), (2, "bad-escape")]),
        ("# lint: ignore", [(2, "left-out"), (2, "bad-escape")]),
        ("# lint: ignore[] nobody minds", [(2, "left-out"), (2, "bad-escape")]),
        ("# lint: ignore[lefd-out] nobody minds", [(2, "left-out"), (2, "bad-escape")]),
        ("# lint: ignore[left-out, unknown-key] nobody minds", [(2, "bad-escape")]),
    ],
)
def test_an_escape_without_a_reason_or_of_an_unknown_code_is_doubtful_itself(
    escape, left
):
    assert sifted(f"one\ntwo  {escape}") == left


def test_findings_without_a_line_or_in_other_files_are_kept():
    source = Yaml("brief.yaml", {}, text="# lint: ignore[left-out] nobody minds\ntwo")
    found = [
        Fault("brief.yaml", None, "left-out", "x"),
        Fault("kit.yaml", 2, "left-out", "x"),
    ]
    assert sift(found, [source]) == found
