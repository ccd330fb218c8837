from __future__ import annotations

from datetime import date

from launch_kits.views.notices.effects import effect_clauses, effect_sentences
from tests.slack.views import launch, task


def clauses(*missed: tuple[str, int]) -> list[str]:
    rows = [{"task": key, "days": days} for key, days in missed]
    return effect_clauses(
        {"missed": rows, "anchors": []}, title=str.upper, day=date.isoformat
    )


def test_tasks_are_named_by_the_days_that_they_are_late() -> None:
    assert clauses(("a", 1)) == ["A can then be 1 day late"]
    assert clauses(("a", 1), ("b", 3), ("c", 1)) == [
        "B can then be 3 days late, A and C 1 day"
    ]
    assert clauses(*((key, 2) for key in "abcde")) == [
        "A, B, C and D can then be 2 days late, and 1 more task is late too"
    ]


def test_an_effect_on_no_task_is_said_as_such() -> None:
    assert clauses() == ["no other task becomes late because of it"]


def test_facts_of_an_older_version_have_no_effect_to_tell() -> None:
    assert effect_sentences({"float": 3}, launch(), day=date.isoformat) == ""


def test_a_task_that_is_gone_is_named_as_a_task() -> None:
    facts = {
        "missed": [{"task": "battlecard:redis", "days": 1}, {"task": "gone", "days": 1}]
    }
    assert effect_sentences(facts, launch(task()), day=date.isoformat) == (
        ' "Battlecard: Redis Open Source" and a task can then be 1 day late.'
    )


def test_tasks_that_are_late_already_are_not_denied() -> None:
    def told(late: int) -> list[str]:
        facts = {"missed": [], "anchors": [], "late": late}
        return effect_clauses(facts, title=str, day=str)

    assert told(0) == ["no other task becomes late because of it"]
    assert told(1) == [
        "no further task becomes late because of it; 1 other task cannot make its due day anyway"
    ]
    assert told(3) == [
        "no further task becomes late because of it; 3 other tasks cannot make their due day anyway"
    ]
