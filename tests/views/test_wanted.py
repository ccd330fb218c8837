from __future__ import annotations

from datetime import date

from launch_kits.views.wanted import ToDecide, Wanted

LEAD = "lead@example.com"


def test_an_answer_is_known_by_its_kind_its_key_and_its_part() -> None:
    asked = {"who": LEAD, "title": "Sales", "key": "sales"}
    checks = ToDecide(wanted=Wanted.GATE, checks=("a", "b"), **asked)
    fewer = ToDecide(wanted=Wanted.GATE, checks=("a",), **asked)
    assert checks.identity == fewer.identity
    waived = {
        check: ToDecide(wanted=Wanted.WAIVER, checks=(check,), **asked)
        for check in "ab"
    }
    assert waived["a"].identity != waived["b"].identity
    until = ToDecide(wanted=Wanted.MORE_TIME, until=date(2027, 2, 4), **asked)
    assert until.identity == ("more time", "sales", "2027-02-04")


def test_only_some_answers_are_about_a_task() -> None:
    about = {
        each
        for each in Wanted
        if ToDecide(wanted=each, who=LEAD, title="x", key="x").about_task
    }
    assert about == {
        Wanted.MORE_TIME,
        Wanted.BLOCKED,
        Wanted.REVIEW,
        Wanted.CONTENT,
        Wanted.DECISION,
        Wanted.DECISION_AHEAD,
        Wanted.HELP,
        Wanted.UNBLOCK,
    }
