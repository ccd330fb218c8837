"""Every member of a status, event or kind is known wherever members are told apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import launch_kits
from launch_kits.database.records import EVENT_PHRASES, EventVerb
from launch_kits.database.records.enums import Closing
from launch_kits.inputs.kit import PARTS, Each
from launch_kits.statuses import (
    LAUNCH_STATUSES,
    TASK_STATUSES,
    LaunchStatus,
    TaskStatus,
)
from launch_kits.verbs.permission_rules import RULES, Verb
from launch_kits.views.answer_kinds import AnswerKind, subject_of
from launch_kits.views.notices import closed_line, decision_text
from launch_kits.views.notices.news_events import NewsEvent
from launch_kits.views.notices.news_phrases import PHRASES

PACKAGE = Path(launch_kits.__file__).parent

TABLES: list[tuple[type[StrEnum], Mapping[Any, object]]] = [
    (TaskStatus, TASK_STATUSES),
    (LaunchStatus, LAUNCH_STATUSES),
    (EventVerb, EVENT_PHRASES),
    (NewsEvent, PHRASES),
    (Closing, closed_line._LINES),
    (AnswerKind, decision_text._ASKED),
    (Verb, RULES),
    (Each, PARTS),
]


@pytest.mark.parametrize(
    ("members", "table"), TABLES, ids=[members.__name__ for members, _ in TABLES]
)
def test_every_member_has_a_row(members: type[StrEnum], table: Mapping[Any, object]):
    assert set(table) == set(members)


def test_every_answer_is_about_something():
    assert {subject_of(kind) for kind in AnswerKind} == {
        "task",
        "gate",
        "card",
        "line",
        "question",
    }


def matches() -> Iterator[tuple[str, ast.Match]]:
    """Every `match` of the package whose first case names a member of an enum."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Match) and named(node.cases[0].pattern):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def named(pattern: ast.pattern) -> bool:
    if isinstance(pattern, ast.MatchOr):
        return named(pattern.patterns[0])
    return isinstance(pattern, ast.MatchValue) and isinstance(
        pattern.value, ast.Attribute
    )


def is_complete(node: ast.Match) -> bool:
    """Whether its last case is `case _: assert_never(…)`."""
    last = node.cases[-1]
    (end,) = last.body[-1:]
    return (
        isinstance(end, ast.Expr)
        and isinstance(end.value, ast.Call)
        and ast.unparse(end.value.func) == "assert_never"
    )


#: where most members are told in one way, by the text of the file
OF_FEW = {
    # five of 37 events have facts that tell more than their verb
    "database/records/event_verbs.py",
    # two of 25 events of news end with steps
    "views/notices/asking_phrases.py",
    # four of fifteen kinds of answers have a message of their own
    "views/notices/asked_message.py",
}


def test_a_match_over_members_names_all_of_them():
    found = dict(matches())
    assert len(found) >= 8
    open_ended = {
        place.partition(":")[0]
        for place, node in found.items()
        if not is_complete(node)
    }
    assert open_ended == OF_FEW
