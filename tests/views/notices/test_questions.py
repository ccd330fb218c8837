from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.slack.messages.render import render
from tests.slack.said import said
from tests.slack.views import NOW, READER, launch, notice, task

NAMED = '"Battlecard: Redis Open Source" (Valkey 9.0)'
ASKED = {"until": "2027-02-11", "by": "pmm@example.com"}


def reviewed(**changes):
    return task(
        status=TaskStatus.REVIEW,
        approver="legal@example.com",
        submitted_at=NOW,
        **changes,
    )


def test_an_approver_is_asked_by_when_with_what_was_handed_in():
    asked = notice(
        "review", to="legal@example.com", note="Second draft", by="pmm@example.com"
    )
    text, shown = said(asked, launch(reviewed()))
    assert text == f"Please approve {NAMED} by Thu 4 Feb, in 3 working days."
    assert shown == [
        text,
        'Product marketing handed in the work on Mon 1 Feb: "Second draft".',
        "[Approve] [Send back] [Open]",
        "Document: battlecard-redis.md",
        "Sales readiness",
    ]


@pytest.mark.parametrize(
    ("by", "asked"),
    [("legal@example.com", "You"), ("lead@example.com", "Product lead")],
)
def test_work_that_is_handed_in_again_comes_with_what_was_asked_for(by, asked):
    again = reviewed(sent_back=(by, "Shorter, please"))
    about = notice("review", to="legal@example.com", by="pmm@example.com")
    text, shown = said(about, launch(again))
    assert text == f"Please approve {NAMED} again by Thu 4 Feb, in 3 working days."
    assert shown[1] == (
        "Product marketing handed in the work on Mon 1 Feb. "
        f'{asked} had sent it back: "Shorter, please".'
    )


def test_an_overdue_review_says_so_first():
    late = reviewed(overdue=True, due=date(2027, 1, 28))
    text, _ = said(notice("review", to="legal@example.com"), launch(late))
    assert text == f"Overdue, was due Thu 28 Jan: please approve {NAMED}."


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("done", f"Approved Mon 1 Feb: {NAMED}."),
        ("doing", f"Sent back: {NAMED}."),
        ("blocked", f"No answer is needed for now: {NAMED} is blocked."),
    ],
)
def test_an_answered_approval_is_one_line_with_the_answer(status, answer):
    view = launch(
        task(status=TaskStatus(status), done_at=NOW if status == "done" else None)
    )
    asked = notice("review", to="legal@example.com")
    assert said(asked, view) == (answer, [answer])


def test_the_lead_is_asked_for_more_time_with_the_reason():
    asked = notice(
        "review", to="lead@example.com", reason="The agency is late", **ASKED
    )
    text, shown = said(asked, launch(task(asked_until=date(2027, 2, 11))))
    assert text == (
        "Please grant or refuse by Wed 3 Feb, in 2 working days: Product marketing "
        f"asks for more time for {NAMED}, until Thu 11 Feb instead of Thu 4 Feb."
    )
    assert shown[1:3] == [
        'Reason: "The agency is late".',
        "[Grant] [Refuse] [Open]",
    ]
    late = task(asked_until=date(2027, 2, 11), overdue=True, due=date(2027, 1, 28))
    assert said(asked, launch(late))[0] == (
        "Overdue, was due Thu 28 Jan: please grant or refuse more time. Product marketing "
        f"asks for more time for {NAMED}, until Thu 11 Feb."
    )


def test_the_lead_is_told_the_effect_of_more_time():
    asked = notice(
        "review",
        to="lead@example.com",
        reason=None,
        missed=[{"task": "training", "days": 1}, {"task": "gone", "days": 3}],
        anchors=[{"anchor": "launch", "on": "2027-03-02", "ends_on": "2027-03-03"}],
        **ASKED,
    )
    view = launch(
        task(asked_until=date(2027, 2, 11)), task("training", title="Sales training")
    )
    assert said(asked, view)[1][1] == (
        'A task can then be 3 days late, "Sales training" 1 day. '
        "Work due by the launch day, Tue 2 Mar, then ends on Wed 3 Mar."
    )


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("granted", f"More time granted: {NAMED} is now due Thu 4 Feb."),
        ("refused", f"More time refused: {NAMED} stays due Thu 4 Feb."),
        ("lapsed", f"More time is no longer asked for: {NAMED} is due Thu 4 Feb."),
        (None, f"No answer is needed any more: {NAMED} is due Thu 4 Feb."),
    ],
)
def test_an_answered_question_about_more_time_says_how(status, answer):
    asked = notice("review", to="lead@example.com", **ASKED)
    requests = [(date(2027, 2, 10), "lapsed"), (date(2027, 2, 11), status)]
    view = launch(task(requests=tuple(each for each in requests if each[1])))
    assert said(asked, view) == (answer, [answer])


def test_a_question_about_more_time_says_in_its_buttons_which_day_is_asked_for():
    asked = notice(
        "review", to="lead@example.com", until="2027-02-11", by="pmm@example.com"
    )
    message = render(asked, launch(task(asked_until=date(2027, 2, 11))), reader=READER)
    (buttons,) = [
        block["elements"] for block in message.blocks if block["type"] == "actions"
    ]
    assert {button["value"] for button in buttons} == {
        "valkey-9|battlecard:redis|2027-02-11"
    }
