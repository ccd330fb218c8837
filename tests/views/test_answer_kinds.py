from __future__ import annotations

from datetime import date

from launch_kits.views.answer_kinds import AnswerKind, ToDecide

LEAD = "lead@example.com"


def test_an_answer_is_known_by_its_kind_its_key_and_its_part() -> None:
    asked = {"who": LEAD, "title": "Sales", "key": "sales"}
    checks = ToDecide(wanted=AnswerKind.GATE, checks=("a", "b"), **asked)
    fewer = ToDecide(wanted=AnswerKind.GATE, checks=("a",), **asked)
    assert checks.identity == fewer.identity
    waived = {
        check: ToDecide(wanted=AnswerKind.WAIVER, checks=(check,), **asked)
        for check in "ab"
    }
    assert waived["a"].identity != waived["b"].identity
    until = ToDecide(wanted=AnswerKind.MORE_TIME, until=date(2027, 2, 4), **asked)
    assert until.identity == ("more time", "sales", "2027-02-04")


def test_only_some_answers_are_about_a_task() -> None:
    about = {
        each
        for each in AnswerKind
        if ToDecide(wanted=each, who=LEAD, title="x", key="x").about_task
    }
    assert about == {
        AnswerKind.MORE_TIME,
        AnswerKind.BLOCKED,
        AnswerKind.REVIEW,
        AnswerKind.CONTENT,
        AnswerKind.DECISION,
        AnswerKind.DECISION_AHEAD,
        AnswerKind.HELP,
        AnswerKind.UNBLOCK,
    }
