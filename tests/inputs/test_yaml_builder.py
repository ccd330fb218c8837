from __future__ import annotations

from datetime import date

import pytest
import yaml

from launch_kits.errors import InputError
from launch_kits.inputs.yaml_builder import CONTROL, MAX_DEPTH, Builder


def built(text: str) -> tuple[object, Builder]:
    loader = yaml.CSafeLoader(text)
    try:
        builder = Builder("file.yaml", loader, max(1, len(text.splitlines())))
        return builder.document(), builder
    finally:
        loader.dispose()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("true", True),
        ("null", None),
        ("9:30", "9:30"),
        ("007", "007"),
        ("12", 12),
        ("1_000", 1000),
        ("1.5", 1.5),
        ("2027-03-02", date(2027, 3, 2)),
        ('"12"', "12"),
    ],
)
def test_a_plain_value_is_read_as_yaml_1_2_has_it(written: str, value: object) -> None:
    data, _ = built(f"key: {written}")
    assert data == {"key": value}


def test_every_value_has_its_line() -> None:
    _, builder = built("a: 1\nb:\n  - x\n  - y: 2\n")
    assert builder.lines == {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 1): 4,
        ("b", 1, "y"): 4,
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1", "anchor"),
        ("<<: {b: 1}", "merge"),
        ("a: !!set {b}", "tag"),
        ("a: 1\na: 2", "duplicate-key"),
        ('a: "\\x1b"', "control-character"),
        ("a: 2027-02-30", "bad-value"),
        ("? [a]\n: 1", "bad-key"),
    ],
)
def test_a_trap_is_noted_and_not_read(text: str, code: str) -> None:
    _, builder = built(text)
    assert [fault.code for fault in builder.unread.values()] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("a: 1\n---\nb: 2", "several-documents"),
        ("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2), "too-deep"),
    ],
)
def test_an_input_is_one_document_of_bounded_depth(text: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        built(text)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_control_characters_are_those_that_a_terminal_obeys() -> None:
    assert CONTROL.search("a\x1bb")
    assert not CONTROL.search("a\tb\nc")
