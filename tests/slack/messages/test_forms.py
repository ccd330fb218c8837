from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.database.records import OPEN, Event, TaskStatus
from launch_kits.errors import NotYours, Refused
from launch_kits.plan import Missed
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound import commands
from launch_kits.slack.inbound.members import Member
from launch_kits.slack.inbound.start_form import start_modal
from launch_kits.slack.messages.answers import apology, note
from launch_kits.slack.messages.details import details_modal
from launch_kits.slack.messages.forms import choice, modal, text_input
from launch_kits.slack.messages.home import (
    MOST_AT_HOME,
    MOST_IN_MESSAGE,
    my_home,
    my_message,
)
from launch_kits.slack.messages.modals import (
    block_modal,
    done_modal,
    extend_modal,
    reject_modal,
)
from launch_kits.verbs import ExtensionPreview, ExtensionVerdict
from launch_kits.verbs.extension_effects import Effect, LateAnchor
from launch_kits.views import answers
from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.overview import Overview
from launch_kits.views.personal_queue import PersonalQueue, QueuedTask
from launch_kits.views.reader import Reader
from launch_kits.workdays.calendar import Calendar
from tests.slack.block_kit import problems, problems_of_view
from tests.slack.hostile import HOSTILE, assert_harmless, harmless_message
from tests.slack.views import NOW, launch, notice, queued_answer, task

PLACE = ActionPlace(
    launch="l" * 73,
    task="t" * 80,
    channel="D" * 20,
    ts="1.1",
    url="https://hooks.slack.com/" + "x" * 200,
)
DAY = date(2027, 2, 11)


def case_in(view: LaunchView, key: str, text: str) -> TaskNotice:
    reader = Reader(
        today=date(2027, 2, 1),
        zone=ZoneInfo("America/New_York"),
        calendar=Calendar(),
        names={
            "lead@example.com": text,
            "pmm@example.com": text,
            "legal@example.com": text,
        },
    )
    found = view.task(key)
    assert found is not None
    return TaskNotice(notice(text=text, note=text, reason=text), view, found, reader)


def hostile_launch(text: str, link: str, status: TaskStatus) -> LaunchView:
    hostile = {
        "title": text,
        "stage_title": text,
        "owner_name": text,
        "checklist": (text,) * 30,
    }
    about = task(
        **hostile,
        link=link,
        document=Path("/d") / (text.replace("/", "").replace("\x00", "")[:100] or "x"),
        status=status,
        blocked_by=text,
        after=("before",) * 30,
        asked_until=DAY,
        done_at=NOW,
        approver="legal@example.com",
        backup="lead@example.com",
    )
    others = [
        task(f"t{at}", **hostile, after=("battlecard:redis",)) for at in range(60)
    ]
    return launch(task("before", **hostile), about, *others, product=text)


@settings(deadline=None, max_examples=60)
@given(
    text=HOSTILE,
    link=HOSTILE,
    status=st.sampled_from(list(TaskStatus)),
    granted=st.booleans(),
)
def test_every_modal_passes_whatever_is_in_a_launch(text, link, status, granted):
    view = hostile_launch(text, link, status)
    case = case_in(view, "battlecard:redis", text)
    late = LateAnchor("launch", date(2027, 3, 2), date(2027, 3, 3))
    preview = ExtensionPreview(
        until=DAY,
        due=date(2027, 2, 4),
        expected=date(2027, 2, 4),
        verdict=ExtensionVerdict.GRANTED if granted else ExtensionVerdict.ASKED,
        effect=Effect((Missed(text, 4),) * 40, (late,)),
    )
    events = [
        Event(
            launch="v",
            task="t",
            at=NOW,
            by=text,
            verb=verb,
            note=text,
            data={"asked": granted},
        )
        for verb in ("extend", "note", text)
    ] * 10
    views = [
        done_modal(case, PLACE),
        block_modal(case, PLACE, hears="Lee is told now."),
        extend_modal(case, PLACE, picked=DAY, preview=preview),
        extend_modal(case, PLACE, picked=DAY, preview=None, refused=text),
        reject_modal(case, PLACE),
        reject_modal(case, ActionPlace(until="2027-02-11")),
        details_modal(case, events[:12], page=link, private=PLACE.pack()),
        start_modal(
            [(f"k{at}", text) for at in range(120)], Member(text, text, text), PLACE
        ),
    ]
    for shown in views:
        assert problems_of_view(shown) == []
        assert_harmless(shown)
        json.dumps(
            {
                **shown,
                "blocks": [each for each in shown["blocks"] if each["type"] != "input"],
            }
        ).encode()


@settings(deadline=None, max_examples=40)
@given(
    text=HOSTILE,
    status=st.sampled_from(OPEN),
    note=st.none() | HOSTILE,
    number=st.integers(0, 60),
)
def test_the_home_and_mine_pass_however_much_there_is(text, status, note, number):
    view = hostile_launch(text, text, status)
    entry = QueuedTask(case_in(view, "battlecard:redis", text))
    other = queued_answer(case_in(view, "t1", text), AnswerKind.REVIEW)
    asked = queued_answer(case_in(view, "t1", text), AnswerKind.MORE_TIME, until=DAY)
    mine = PersonalQueue(
        answers=[other, asked] * (number // 4),
        now=[entry] * number,
        later=[entry] * number,
    )
    home = my_home(mine, note=note)
    message = my_message(mine)
    assert problems_of_view(home) == []
    assert problems(list(message.blocks)) == []
    assert_harmless(home)
    harmless_message(message.text, list(message.blocks))


@settings(deadline=None, max_examples=40)
@given(text=HOSTILE, number=st.integers(0, 25))
def test_every_answer_passes(text, number):
    view = hostile_launch(text, text, TaskStatus.DOING)
    case = case_in(view, "battlecard:redis", text)
    people = ["pmm@example.com", "lead@example.com", text]
    said = [
        answers.not_yours(view, case.task, people, reader=case.reader),
        answers.over(view, task(title=text, status=TaskStatus.DONE)) or "",
        answers.over(view, task(title=text, status=TaskStatus.DROPPED)) or "",
        answers.refusal(
            Refused(f'task "battlecard:redis" waits for {text}'),
            view,
            reader=case.reader,
        ),
        answers.refusal(NotYours(text), None, reader=None),
    ]
    overview = Overview(
        slug=view.slug,
        product=view.product,
        status=view.status,
        launch_on=view.launch_on,
        readiness=view.readiness,
        late=view.late,
        state=view.state,
        lands_on=view.lands_on,
        tasks_open=len(view.open_tasks),
    )
    messages = [
        *(note(each) for each in said),
        apology(),
        commands.help_message(text),
        commands.statuses_message([overview] * number, today=NOW.date(), more=number),
        commands.with_page(note(text), text),
    ]
    for message in messages:
        assert problems(list(message.blocks)) == []
        assert 0 < len(message.text) < 4000
        harmless_message(message.text, list(message.blocks))


def test_a_long_list_says_how_much_is_left():
    case = case_in(launch(task()), "battlecard:redis", "x")
    mine = PersonalQueue(now=[QueuedTask(case)] * 50)
    assert (
        my_home(mine)["blocks"][-1]["elements"][0]["text"]
        == f"And {50 - MOST_AT_HOME} more, due later."
    )
    assert (
        my_message(mine).blocks[-1]["elements"][0]["text"]
        == f"And {50 - MOST_IN_MESSAGE} more, due later."
    )


def test_a_modal_that_would_carry_too_much_is_refused():
    with pytest.raises(ValueError, match="carries 3001 characters"):
        modal("x", [], name="x", private="x" * 3001, close="x")


def test_what_is_in_a_field_is_not_escaped():
    assert text_input("a", "A", initial="<&>")["element"]["initial_value"] == "<&>"


def test_a_menu_chooses_the_first_by_default():
    offered = choice("a", "A", [("1", "one"), ("2", "two")], initial="3")
    assert offered["element"]["initial_option"]["value"] == "1"
