from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.verbs.item_offers import MOST, offer_items
from launch_kits.verbs.offers import permitted_actions
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.message import Item, ItemGroup, NoticeMessage, Subject
from tests.slack.views import NOW, launch, task

PMM = "pmm@example.com"
LEAD = "lead@example.com"
SUBJECT = Subject("valkey-9", "pricing")


def offered(item: Item, shown: LaunchView, to: str = PMM) -> list[str]:
    message = NoticeMessage(sentence="x", groups=[ItemGroup("Now", [item])])
    found = offer_items(
        message,
        to=to,
        since=NOW,
        view=lambda slug: shown if slug == shown.slug else None,
        links={SUBJECT: "https://slack.example/1"},
        permit=permitted_actions,
    )
    (group,) = found.groups
    (item,) = group.items
    assert item.link == ("https://slack.example/1" if item.subject == SUBJECT else None)
    return [action.name for action in item.actions]


def ask(wanted: AnswerKind, *, key: str = "pricing", **more: object) -> ToDecide:
    return ToDecide(wanted=wanted, who=LEAD, title="Pricing", key=key, **more)


@pytest.mark.parametrize(
    ("status", "names"),
    [
        (TaskStatus.READY, ["begin", "done", "block", "extend", "open"]),
        (TaskStatus.DOING, ["done", "block", "extend", "open"]),
        (TaskStatus.DONE, []),
    ],
)
def test_a_line_offers_what_its_task_takes_now(
    status: TaskStatus, names: list[str]
) -> None:
    item = Item(text="Pricing", subject=SUBJECT)
    assert offered(item, launch(task("pricing", status=status))) == names


def test_a_line_about_the_work_of_others_can_be_opened() -> None:
    item = Item(text="Pricing", subject=SUBJECT, others=True)
    assert offered(item, launch(task("pricing")), LEAD) == ["open"]


def test_a_line_that_asks_offers_the_answers() -> None:
    review = task("pricing", status=TaskStatus.REVIEW, approver=LEAD, awaited=LEAD)
    item = Item(text="Approve", subject=SUBJECT, ask=ask(AnswerKind.REVIEW))
    assert offered(item, launch(review), LEAD) == ["approve", "reject", "open"]
    sent_back = task("pricing", status=TaskStatus.DOING, approver=LEAD)
    assert offered(item, launch(sent_back), LEAD) == []
    own = Item(text="Pricing", subject=SUBJECT)
    assert offered(own, launch(review), LEAD) == ["open"]
    until = date(2027, 2, 11)
    asked = Item(
        text="More time",
        subject=replace(SUBJECT, until=until),
        ask=ask(AnswerKind.MORE_TIME, until=until),
    )
    open_ask = launch(task("pricing", asked_until=until))
    assert offered(asked, open_ask, LEAD) == ["approve", "reject", "open"]
    assert offered(asked, launch(task("pricing")), LEAD) == []


def test_a_line_about_a_question_is_answered_while_it_is_open() -> None:
    asked = ask(AnswerKind.QUESTION, key="7")
    item = Item(text="Answer", subject=Subject("valkey-9", "7"), ask=asked)
    assert offered(item, launch(asks=(asked,)), LEAD) == ["desk_answer"]
    done = launch(asks=(asked,), status=LaunchStatus.DONE)
    assert offered(item, done, LEAD) == ["desk_answer"], "sellers still ask"
    assert offered(item, launch(), LEAD) == []
    over = launch(asks=(asked,), status=LaunchStatus.CANCELLED)
    assert offered(item, over, LEAD) == []


def test_a_line_about_the_checks_of_a_launch_shows_them() -> None:
    item = Item(text="A gate", subject=Subject("valkey-9", ""))
    assert offered(item, launch(task("pricing"))) == ["launch_gates"]
    ended = launch(task("pricing"), status=LaunchStatus.CANCELLED)
    assert offered(item, ended) == []
    other = Item(text="A gate", subject=Subject("falcon-2", ""))
    assert offered(other, launch(task("pricing"))) == []


def test_a_line_about_something_else_offers_nothing() -> None:
    assert offered(Item(text="A gate"), launch(task("pricing"))) == []
    gone = Item(text="Gone", subject=Subject("valkey-9", "gone"))
    assert offered(gone, launch(task("pricing"))) == []
    ended = launch(task("pricing"), status=LaunchStatus.CANCELLED)
    assert offered(Item(text="Pricing", subject=SUBJECT), ended) == []


def test_only_the_first_lines_of_a_message_have_buttons() -> None:
    items = [Item(text=str(at), subject=SUBJECT) for at in range(MOST + 3)]
    message = NoticeMessage(
        sentence="x", groups=[ItemGroup("a", items[:4]), ItemGroup("b", items[4:])]
    )
    shown = launch(task("pricing"))
    found = offer_items(
        message,
        to=PMM,
        since=NOW,
        view=lambda _: shown,
        links={},
        permit=permitted_actions,
    )
    with_buttons = [
        bool(item.actions) for group in found.groups for item in group.items
    ]
    assert with_buttons == [True] * MOST + [False] * 3
