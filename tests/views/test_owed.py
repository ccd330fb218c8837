from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.owed import late_questions, owed_by
from tests.slack.views import NOW, launch, notice, task

LEAD = "lead@example.com"
LEGAL = "legal@example.com"
PMM = "pmm@example.com"
QUESTION = ToDecide(
    wanted=AnswerKind.QUESTION,
    who=PMM,
    title="Does it shard?",
    key="7",
    due=date(2027, 1, 28),
    due_at=NOW - timedelta(4),
    late=True,
)


def test_answers_come_with_the_longest_overdue_first() -> None:
    late = task("copy", status=TaskStatus.REVIEW, approver=PMM, due=date(2027, 1, 27))
    soon = task("deck", status=TaskStatus.REVIEW, approver=PMM)
    flagged = ToDecide(wanted=AnswerKind.FLAG, who=PMM, title="x", key="redis.w1")
    found = owed_by(launch(soon, late, asks=(flagged, QUESTION)), PMM.upper())
    assert [each.key for each in found.answers] == ["copy", "7", "deck", "redis.w1"]


def test_the_owner_of_a_question_and_the_one_who_has_it_now_owe_its_answer() -> None:
    called = replace(QUESTION, who=LEAD, owner="Product marketing")
    shown = launch(asks=(QUESTION, called))
    assert owed_by(shown, PMM).answers == [QUESTION]
    assert owed_by(shown, LEAD).answers == [called]
    assert late_questions(shown) == [QUESTION], "once"
    assert late_questions(launch(asks=(replace(QUESTION, late=False),))) == []


def test_work_is_for_now_for_later_or_for_others() -> None:
    shown = launch(
        task("now"),
        task("later", handed_out_at=None),
        task("handed in", status=TaskStatus.REVIEW, approver=LEGAL),
        task("stuck", status=TaskStatus.BLOCKED),
        task("of others", owner=LEGAL),
    )
    found = owed_by(shown, PMM)
    assert [each.key for each in found.now] == ["now"]
    assert [each.key for each in found.later] == ["later"]
    assert [each.key for each in found.waiting] == ["handed in", "stuck"]
    ended = owed_by(replace(shown, status=LaunchStatus.CANCELLED), PMM)
    assert (ended.answers, ended.now, ended.later) == ([], [], [])


def test_a_call_for_help_is_owed_until_it_is_over() -> None:
    call = notice("escalation", task="copy", to=LEAD)
    ask = ToDecide(
        wanted=AnswerKind.HELP, who=LEAD, title="Copy", key="copy", notice=call
    )
    late = task("copy", due=date(2027, 1, 27), overdue=True)
    assert owed_by(launch(late, asks=(ask,)), LEAD).answers == [ask]
    in_time = replace(late, due=date(2027, 2, 9), overdue=False)
    assert owed_by(launch(in_time, asks=(ask,)), LEAD).answers == []
