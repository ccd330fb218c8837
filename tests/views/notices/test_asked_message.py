from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.notices.asked_message import (
    about_ask,
    asked_actions,
    asked_subject,
)
from launch_kits.views.notices.message import Subject
from launch_kits.views.notices.task_notice import TaskNotice
from tests.slack.views import READER, launch, notice, task

LEAD = "lead@example.com"


def ask(wanted: AnswerKind, **more: object) -> ToDecide:
    return ToDecide(
        **{"wanted": wanted, "who": LEAD, "title": "Pricing", "key": "pricing", **more}
    )


@pytest.mark.parametrize(
    ("wanted", "subject"),
    [
        (AnswerKind.GATE, Subject("valkey-9", "")),
        (AnswerKind.QUESTION, Subject("valkey-9", "pricing")),
        (AnswerKind.REVIEW, Subject("valkey-9", "pricing")),
        (AnswerKind.CARD, Subject("valkey-9", "pricing")),
    ],
)
def test_an_answer_has_the_subject_of_its_actions(
    wanted: AnswerKind, subject: Subject | None
) -> None:
    assert asked_subject(ask(wanted), "valkey-9") == subject


def test_a_blocked_task_can_be_unblocked_as_long_as_it_is_blocked() -> None:
    stuck = task("pricing", status=TaskStatus.BLOCKED, blocked_by="No data")
    for wanted in (AnswerKind.BLOCKED, AnswerKind.UNBLOCK):
        names = [
            each.name
            for each in asked_actions(ask(wanted), launch(stuck), stuck, to=LEAD)
        ]
        assert names == ["reply", "unblock", "open"]
    goes_on = replace(stuck, status=TaskStatus.DOING)
    found = asked_actions(ask(AnswerKind.UNBLOCK), launch(goes_on), goes_on, to=LEAD)
    assert [each.name for each in found] == ["open"]


def test_an_entry_says_what_is_owed_and_for_which_launch() -> None:
    question = ask(AnswerKind.QUESTION, title="Does it shard?", due=date(2027, 2, 4))
    shown = launch(asks=(question,))
    found = about_ask(question, shown, READER, None, to=LEAD)
    assert found.sentence == 'Answer "Does it shard?" by Thu 4 Feb (Valkey 9.0).'
    assert [each.name for each in found.actions] == ["desk_answer"]


def test_an_entry_about_help_is_the_call_itself() -> None:
    late = task("pricing", "Pricing", due=date(2027, 1, 27), overdue=True)
    call = notice("escalation", task="pricing", to=LEAD)
    seen = TaskNotice(call, launch(late), late, READER)
    help_wanted = ask(AnswerKind.HELP, notice=call)
    found = about_ask(help_wanted, launch(late), READER, seen, to=LEAD)
    assert found.sentence.startswith("Please help Product marketing")
