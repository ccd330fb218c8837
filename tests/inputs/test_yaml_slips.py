from __future__ import annotations

import pytest

from launch_kits.errors import InputError
from launch_kits.inputs.yaml_source import parse

#: text, line of the fault, words of the message, data as it is meant; None if that is not known
SLIPS: list[tuple[str, int, str, object]] = [
    (
        "a: Fast: very fast\n",
        1,
        'a colon within the text of `a`; put the text in quotes: a: "Fast: very fast"',
        {"a": "Fast: very fast"},
    ),
    ('a: say "x": y\n', 1, "put the text in quotes: a: 'say", {"a": 'say "x": y'}),
    (
        "a:\n  - ask: Why: this\n    answer: x\n",
        2,
        'text of `ask`; put the text in quotes: - ask: "Why: this"',
        {"a": [{"ask": "Why: this", "answer": "x"}]},
    ),
    ("a: {b: c: d}\n", 1, 'in quotes: b: "c: d"', {"a": {"b": "c: d"}}),
    ("a: {c: 1, b: x: y, d: 2}\n", 1, '"x: y"', {"a": {"c": 1, "b": "x: y", "d": 2}}),
    ("a:\n\tb: 1\n", 2, "a tab at the beginning of the line", {"a": {"b": 1}}),
    ("a: x\n\tb: y\n", 2, "YAML takes spaces only", None),
    (
        "a: @me\n",
        1,
        'cannot begin with @; put the text in quotes: a: "@me"',
        {"a": "@me"},
    ),
    ("a: `b`\n", 1, "cannot begin with `", {"a": "`b`"}),
    ("a: %5\n", 1, "cannot begin with %", {"a": "%5"}),
    ("a: *b* c\n", 1, "cannot begin with *", {"a": "*b* c"}),
    ("a: > 5 days\n", 1, "cannot begin with >", {"a": "> 5 days"}),
    ("a: ? b\n", 1, "cannot begin with ?", {"a": "? b"}),
    ("a: , b\n", 1, "cannot begin with ,", {"a": ", b"}),
    ("a: 1\n  b: 2\n", 2, "indented deeper than line 1", {"a": 1, "b": 2}),
    ("a:1\nb: 2\n", 1, "no space behind the colon", {"a": 1, "b": 2}),
    (
        "a:\n   b: 1\n  c: 2\n",
        3,
        "indented by 2 spaces, which fits no line above it; align it",
        {"a": {"b": 1, "c": 2}},
    ),
    ("a:\n  - b\n - c\n", 3, "indented by one space", {"a": ["b", "c"]}),
    ("- a\nb: 1\n", 2, "not indented", None),
    ('a: "b\nc: 1\n', 1, 'the quote " is not closed', {"a": "b", "c": 1}),
    ("a: [1, 2\nb: 3\n", 1, "the [ is not closed", {"a": [1, 2], "b": 3}),
    ("a: {b: 1\nc: 3\n", 1, "close it with }", {"a": {"b": 1}, "c": 3}),
    ('a: "b" c\n', 1, 'text goes on behind the closing "', {"a": '"b" c'}),
    ('a: "\\q"\n', 1, "a backslash within double quotes", {"a": '"\\q"'}),
    ("a: - b\n", 1, "a list begins behind its key", None),
    ("%a: 1\n", 1, "cannot begin with %", None),
    ("a: \x07\n", 1, "control character #x0007; remove it", None),
]


@pytest.mark.parametrize(("text", "line", "words", "meant"), SLIPS)
def test_a_slip_is_told_in_plain_words_and_read_as_it_is_meant(
    text: str, line: int, words: str, meant: object
) -> None:
    with pytest.raises(InputError) as told:
        parse(text, shown="brief.yaml")
    (fault,) = told.value.faults
    assert (fault.code, fault.line) == ("not-yaml", line)
    assert words in fault.message
    if meant is not None:
        read = parse(text, shown="brief.yaml", mend=True)
        assert read.data == meant
        assert read.slips == (fault,)
        assert read.text == text


def test_slips_are_told_in_one_round() -> None:
    text = "a: b: c\nd: @e\nf:\n\tg: 1\nh: [1\n"
    read = parse(text, shown="brief.yaml", mend=True)
    assert [slip.line for slip in read.slips] == [1, 2, 4, 5]
    assert read.data == {"a": "b: c", "d": "@e", "f": {"g": 1}, "h": [1]}


def test_a_line_that_stays_wrong_ends_the_reading() -> None:
    with pytest.raises(InputError) as told:
        parse("a: b: c\nd: - e\n", shown="brief.yaml", mend=True)
    assert [fault.line for fault in told.value.faults] == [1, 2]
