from __future__ import annotations

from dataclasses import replace
from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.verbs.digest_others import add_answers, add_seen
from launch_kits.verbs.digest_parts import DigestContents
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.owed import Owed, owed_by
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from tests.launches import NEW_YORK
from tests.slack.views import NOW, launch, task

LEAD = "lead@example.com"
TODAY = date(2027, 2, 1)
HOURS = Hours(Calendar(), NEW_YORK)
QUESTION = ToDecide(
    wanted=AnswerKind.QUESTION, who=LEAD, title="Why?", key="7", due=date(2027, 2, 2)
)


def contents(*answers: ToDecide) -> DigestContents:
    found = DigestContents("valkey-9", HOURS, TODAY)
    add_answers(found, launch(), answers)
    return found


def test_a_question_with_a_message_of_its_own_is_listed_and_makes_no_digest() -> None:
    found = contents(QUESTION)
    assert [line["key"] for line in found.asks] == ["7"]
    assert (found.marks, found.worth) == (set(), set())


def test_an_overdue_question_is_told_again_after_each_five_working_days() -> None:
    marks = {
        due: contents(replace(QUESTION, due=date(2027, 1, due))).worth
        for due in (29, 26, 25, 19)
    }
    assert len(marks[29]) == 1
    assert {str(mark).partition("question")[0] for mark in marks[25]} == {"late-5-"}
    assert {str(mark).partition("question")[0] for mark in marks[26]} == {"late-1-"}
    assert marks[19] != marks[29]


def test_the_checks_of_a_gate_wait_until_its_day_is_near() -> None:
    gate = ToDecide(
        wanted=AnswerKind.GATE,
        who=LEAD,
        title="Sales",
        key="sales",
        checks=("Trained",),
    )
    far = contents(replace(gate, due=date(2027, 2, 12)))
    assert (len(far.marks), far.worth) == (1, set())
    assert contents(replace(gate, due=date(2027, 2, 3))).worth


def test_a_lead_does_not_read_twice_of_a_task_that_they_answer_for() -> None:
    late = {"overdue": True, "due": date(2027, 1, 27)}
    stuck = task("price", status=TaskStatus.BLOCKED, **late)
    slow = task("deck", **late)
    shown = launch(stuck, slow, task("fine"))
    found = DigestContents("valkey-9", HOURS, TODAY)
    add_seen(found, shown, LEAD, owed_by(shown, LEAD))
    assert [line["task"] for line in found.seen if line["kind"] == "late"] == ["deck"]
    every = DigestContents("valkey-9", HOURS, TODAY)
    add_seen(every, shown, LEAD, Owed())
    assert [line["task"] for line in every.seen if line["kind"] == "late"] == [
        "deck",
        "price",
    ]
    assert NOW.date() == TODAY
