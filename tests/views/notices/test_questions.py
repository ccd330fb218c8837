from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.slack.messages.render import render
from tests.slack.said import said
from tests.slack.views import NOW, READER, launch, notice, task


def test_an_approver_is_asked_with_what_was_handed_in():
    handed_in = task(
        status=TaskStatus.REVIEW,
        approver="legal@example.com",
        submitted_at=NOW,
        checklist=(),
    )
    text, shown = said(
        notice("review", to="legal@example.com", note="Second draft"), launch(handed_in)
    )
    assert text == (
        "Product marketing asks you to approve Battlecard: "
        'Redis Open Source (Valkey 9.0). "Second draft"'
    )
    assert shown[0] == "To approve: Battlecard: Redis Open Source"
    assert shown[-2:] == [
        "Ready Mon 1 Feb · handed in Mon 1 Feb",
        "[Approve] [Send back] [Open]",
    ]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("done", "done Mon 1 Feb"),
        ("doing", "sent back"),
        ("blocked", "answered, the task is blocked"),
    ],
)
def test_an_answered_approval_shows_the_answer(status, answer):
    view = launch(
        task(status=TaskStatus(status), done_at=NOW if status == "done" else None)
    )
    text, shown = said(notice("review", to="legal@example.com"), view)
    assert text == f"Battlecard: Redis Open Source: {answer} (Valkey 9.0)."
    assert not any(line.startswith("[") for line in shown)


def test_the_lead_is_asked_for_more_time_with_the_reason():
    asked = notice(
        "review",
        to="lead@example.com",
        until="2027-02-11",
        reason="The agency is late",
        by="pmm@example.com",
    )
    text, shown = said(asked, launch(task(asked_until=date(2027, 2, 11))))
    assert text == (
        "Product marketing asks for more time for Battlecard: Redis Open Source: "
        "until Thu 11 Feb, not Thu 4 Feb "
        '(Valkey 9.0). "The agency is late"'
    )
    assert shown[-1] == "[Approve] [Refuse] [Open]"
    text, shown = said(asked, launch(task(due=date(2027, 2, 11))))
    assert (
        text == "Battlecard: Redis Open Source: answered, due Thu 11 Feb (Valkey 9.0)."
    )
    assert "[Approve] [Refuse] [Open]" not in shown


def test_the_lead_is_told_the_effect_of_more_time():
    asked = notice(
        "review",
        to="lead@example.com",
        until="2027-02-11",
        reason=None,
        by="pmm@example.com",
        missed=[{"task": "training", "days": 1}, {"task": "gone", "days": 3}],
        anchors=[{"anchor": "launch", "on": "2027-03-02", "ends_on": "2027-03-03"}],
    )
    view = launch(
        task(asked_until=date(2027, 2, 11)), task("training", title="Sales training")
    )
    assert said(asked, view)[0] == (
        "Product marketing asks for more time for Battlecard: Redis Open Source: "
        "until Thu 11 Feb, not Thu 4 Feb (Valkey 9.0). Gone can then be 3 days late, "
        "Sales training 1 day. Work due by the launch day, Tue 2 Mar, then ends on Wed 3 Mar."
    )


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("granted", "more time granted, now due Thu 4 Feb"),
        ("refused", "more time refused, still due Thu 4 Feb"),
        ("lapsed", "no longer asked for, due Thu 4 Feb"),
    ],
)
def test_an_answered_question_about_more_time_says_how(status, answer):
    asked = notice("review", to="lead@example.com", until="2027-02-11", by="x")
    view = launch(
        task(
            requests=((date(2027, 2, 10), "lapsed"), (date(2027, 2, 11), status)),
        )
    )
    assert (
        said(asked, view)[0] == f"Battlecard: Redis Open Source: {answer} (Valkey 9.0)."
    )


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
