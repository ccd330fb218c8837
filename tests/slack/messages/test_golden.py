"""Slack's texts and blocks, and the console's lines, byte for byte as they are on file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from launch_kits.database.records import NoticeKind
from launch_kits.lint.codes import CODES
from tests.slack.block_kit import texts
from tests.slack.messages.golden_cases import GOLDEN, rendered, written

RENDERED = rendered()

#: the files of messages about a task
OF_TASKS = (
    *("task", "review", "nudge", "escalation"),
    *("in the channel", "history", "handed"),
)

#: words of planners and of the program, which no reader in Slack has to know
JARGON = re.compile(
    r"\b(float|slack time|stage|tier|hard gates?|latest start|successors?|predecessors?"
    r"|anchor|milestone|slug|verb|notice|escalation|nudge|deliverable|None:? None)\b",
    re.IGNORECASE,
)
KEYS = re.compile(r"battlecard:redis|valkey-9|\b[a-z]+_[a-z]+\b")
#: keys of findings, which name their kind for a program
FINDINGS = re.compile(rf"\b({'|'.join(sorted(CODES))}|too-late[a-z-]*)\b")
ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d")
COMMAND = re.compile(r"launch-kits|`")
SLIPS = re.compile(r"; ;|;;|,,|\.\.|  | [,;.:](?!\S)|[.!?][.,;]|\b(\w+) \1\b")
#: a sentence that starts before the end of another
NO_STOP = re.compile(
    r"""[a-z0-9)"] (?:Told|This|That|Once|Each|If|It|You|Please|There|Their|Do|Its) [a-z]"""
)
#: a sentence that starts with a small letter, but not with an email, after the end of another
CURLY = re.compile("[\u201c\u201d\u2018\u2019]")
CAPITAL_EMAIL = re.compile(r"\b[A-Z][a-z]*@")
SMALL_START = re.compile(r"(?<!etc)[.!?] [a-z](?!\S*@)")
#: words that the next day makes wrong
RELATIVE = re.compile(
    r"\b(today(?!'s date)|tomorrow|yesterday|tonight|this (morning|week)|next week"
    r"|in (\d+|an?|one|two) (working )?(days?|hours?|weeks?)"
    r"|(\d+|an?|one|two) (working )?(days?|hours?|weeks?) (ago|overdue))\b",
    re.IGNORECASE,
)
#: lists of a day, whose every line stands for a message
LISTS = {"digest", "digest with buttons", "home"}


def lines_of(part: object) -> Iterator[str]:
    """Every line that a person reads in a message or a view."""
    for text in texts(part):
        for line in str(text["text"]).split("\n"):
            yield line.strip("*")


def read(file: str) -> Iterator[tuple[str, str]]:
    """The name of each case of a golden file, with each line that a person reads."""
    for name, parts in RENDERED[file].items():
        if "hostile" in name or "odd<verb>" in name:
            continue  # their titles and verbs are not our words
        for part in parts:
            yield from ((name, line) for line in lines_of(part))


@pytest.mark.parametrize("file", sorted(RENDERED))
def test_every_rendering_equals_its_golden_file(file: str) -> None:
    assert written(RENDERED[file]) == (GOLDEN / f"{file}.json").read_text()


def test_every_kind_of_notice_has_a_golden_file() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(RENDERED)
    assert set(RENDERED) >= set(NoticeKind)


@pytest.mark.parametrize(
    "pattern",
    [
        JARGON,
        KEYS,
        FINDINGS,
        ISO_DAY,
        COMMAND,
        SLIPS,
        NO_STOP,
        SMALL_START,
        CURLY,
        CAPITAL_EMAIL,
    ],
)
@pytest.mark.parametrize("file", sorted(RENDERED))
def test_no_message_speaks_like_a_program(file: str, pattern: re.Pattern[str]) -> None:
    wrong = [(name, line) for name, line in read(file) if pattern.search(line)]
    assert wrong == []


@pytest.mark.parametrize("file", OF_TASKS)
def test_the_first_block_says_the_same_as_the_text(file: str) -> None:
    for name, (text, *parts) in RENDERED[file].items():
        first = next(part for part in parts if isinstance(part, Mapping))
        assert first["text"] == {"type": "plain_text", "text": text, "emoji": False}, (
            name
        )


@pytest.mark.parametrize("file", OF_TASKS)
def test_a_message_is_one_line_or_asks_something_before_anything_else(
    file: str,
) -> None:
    for name, (text, *parts) in RENDERED[file].items():
        kinds = [part["type"] for part in parts if isinstance(part, Mapping)]
        assert re.match(r'[A-Z"]|\S+@', str(text)) or "hostile" in name, name
        if "actions" in kinds:
            assert set(kinds[: kinds.index("actions")]) == {"section"}, name
        elif file not in ("history", "in the channel", "handed"):
            assert kinds == ["section"], name


@pytest.mark.parametrize("file", sorted(set(RENDERED) - LISTS))
def test_relative_words_are_in_the_first_line_alone(file: str) -> None:
    below = [
        (name, line)
        for name, parts in RENDERED[file].items()
        if "hostile" not in name
        for part in [each for each in parts if isinstance(each, Mapping)][1:]
        for line in lines_of(part)
        if RELATIVE.search(line)
    ]
    assert below == []


def test_the_first_lines_do_have_relative_words() -> None:
    for file in ("task", "nudge", "review"):
        firsts = [str(parts[0]) for parts in RENDERED[file].values()]
        assert any(RELATIVE.search(each) for each in firsts), file


def test_an_overdue_reminder_never_says_that_a_task_is_ready() -> None:
    told = {
        name: str(parts[0])
        for name, parts in RENDERED["nudge"].items()
        if "overdue" in name
    }
    assert told
    assert all(
        text.startswith("Overdue, was due Thu 28 Jan: ") for text in told.values()
    )


def test_a_review_says_by_when_an_answer_is_needed() -> None:
    told = [
        str(parts[0])
        for parts in RENDERED["review"].values()
        if "task_approve" in parts[1]  # type: ignore[operator]
    ]
    assert told
    for text in told:
        assert "Overdue, was due Thu 28 Jan" in text or re.search(
            r"by [A-Z][a-z]{2} ", text
        )
