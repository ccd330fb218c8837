from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.database.records import LaunchStatus, NoticeKind, TaskStatus
from launch_kits.slack.messages.blocks import addressed
from launch_kits.slack.messages.render import render
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.news import NewsEvent
from launch_kits.worker.console import lines
from tests.slack.block_kit import problems, texts
from tests.slack.hostile import HOSTILE, harmless_message
from tests.slack.views import NOW, READER, launch, notice, task

POSITIONING = task(
    "positioning",
    "Positioning statement",
    status=TaskStatus.DONE,
    done_at=NOW,
    float_days=None,
)
BATTLECARD = task(after=("positioning",))
TRAINING = task(
    "training",
    "Sales training",
    after=("battlecard:redis",),
    owner="sales@example.com",
    owner_name="Sales enablement",
    status=TaskStatus.WAITING,
    due=date(2027, 2, 10),
)


def said(notice, launch):
    """A message as its reader sees it: blocks as lines, rows with a colon, buttons in brackets."""
    message = render(notice, launch, reader=READER)
    assert problems(list(message.blocks)) == []
    shown = []
    for block in message.blocks:
        if block["type"] == "actions":
            shown.append(
                " ".join(
                    f"[{element['text']['text']}]" for element in block["elements"]
                )
            )
        elif "fields" in block:
            cells = [field["text"].replace("\n", " / ") for field in block["fields"]]
            shown += [
                f"{label.strip('*')}: {value}"
                for label, value in zip(cells[::2], cells[1::2], strict=True)
            ]
        else:
            shown += [text["text"] for text in texts(block)]
    return message.text, shown


def test_a_task_tells_its_owner_what_by_when_and_who_waits():
    assert said(notice(), launch(POSITIONING, BATTLECARD, TRAINING)) == (
        "Battlecard: Redis Open Source (Valkey 9.0) is ready for you to start. Due Thu 4 Feb, in 3 working days.",
        [
            "Battlecard: Redis Open Source",
            "Ready for you to start.",
            "Launch: Valkey 9.0, tier 1",
            "Stage: Sales readiness",
            "Due: Thu 4 Feb, in 3 working days",
            "Float: 4 working days",
            "Document: battlecard-redis.md",
            "Waited on: Positioning statement ✓",
            "Who waits: Sales training (Sales enablement)",
            'Checklist: ☐ Every claim has a source / ☐ "Where they win" is honest',
            "Ready Mon 1 Feb",
            "[Start] [Done] [Blocked] [Need more time] [Open]",
        ],
    )


def test_every_button_says_which_task_of_which_launch_it_is_about():
    (actions,) = [
        block
        for block in render(notice(), launch(BATTLECARD), reader=READER).blocks
        if "elements" in block
    ][-1:]
    assert {
        (button["action_id"], button["value"]) for button in actions["elements"]
    } == {
        (action, "valkey-9|battlecard:redis")
        for action in (
            "task_begin",
            "task_done",
            "task_block",
            "task_extend",
            "task_open",
        )
    }


@pytest.mark.parametrize(
    ("status", "actions"),
    [
        (TaskStatus.WAITING, ["task_extend", "task_open"]),
        (
            TaskStatus.READY,
            ["task_begin", "task_done", "task_block", "task_extend", "task_open"],
        ),
        (TaskStatus.DOING, ["task_done", "task_block", "task_extend", "task_open"]),
        (TaskStatus.REVIEW, ["task_block", "task_extend", "task_open"]),
        (TaskStatus.BLOCKED, ["task_unblock", "task_extend", "task_open"]),
        (TaskStatus.DONE, []),
        (TaskStatus.DROPPED, []),
    ],
)
def test_the_buttons_fit_the_status(status, actions):
    assert (
        list(render(notice(), launch(task(status=status)), reader=READER).actions)
        == actions
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"status": TaskStatus.WAITING, "after": ("legal",)},
            "is waiting for Legal review.",
        ),
        ({"status": TaskStatus.WAITING}, "is waiting for its day."),
        ({"status": TaskStatus.DOING}, "is under way."),
        (
            {"status": TaskStatus.REVIEW, "approver": "legal@example.com"},
            "is in review with Counsel.",
        ),
        (
            {"status": TaskStatus.BLOCKED, "blocked_by": "No  answer\nyet"},
            "is blocked: No answer yet.",
        ),
        (
            {"asked_until": date(2027, 2, 11)},
            "is ready for you to start; more time is asked for, until Thu 11 Feb.",
        ),
    ],
)
def test_a_task_says_how_it_stands(changed, sentence):
    text, shown = said(notice(), launch(task(**changed), task("legal", "Legal review")))
    assert (
        text
        == f"Battlecard: Redis Open Source (Valkey 9.0) {sentence} Due Thu 4 Feb, in 3 working days."
    )
    assert shown[1].lower() == sentence.removeprefix("is ").lower()


def test_an_overdue_task_says_so():
    late = task(overdue=True, due=date(2027, 1, 28), float_days=-2)
    text, shown = said(notice(), launch(late))
    assert text.endswith("Was due Thu 28 Jan, 2 working days ago.")
    assert "Float: 2 working days short" in shown


def test_a_task_without_float_says_what_that_means():
    _, shown = said(notice(), launch(task(float_days=0)))
    assert "Float: none: a day lost here is lost for the launch" in shown


def test_a_done_task_shows_its_history_instead_of_buttons():
    done = task(
        status=TaskStatus.DONE,
        begun_at=NOW,
        done_at=NOW,
        float_days=None,
        link="https://x.example/a?b=1&c=2",
    )
    assert said(notice(), launch(done, TRAINING)) == (
        "Battlecard: Redis Open Source (Valkey 9.0) was done Mon 1 Feb.",
        [
            "Battlecard: Redis Open Source",
            "Done Mon 1 Feb.",
            "Launch: Valkey 9.0, tier 1",
            "Stage: Sales readiness",
            "Due: Thu 4 Feb",
            "Document: battlecard-redis.md",
            "Link: <https://x.example/a?b=1&amp;c=2>",
            "Ready Mon 1 Feb · begun Mon 1 Feb · done Mon 1 Feb",
        ],
    )


def test_a_former_owner_reads_who_has_the_task_now():
    text, shown = said(notice(to="former@example.com"), launch(BATTLECARD))
    assert (
        text
        == "Battlecard: Redis Open Source (Valkey 9.0) is now with Product marketing."
    )
    assert not any(line.startswith("[") for line in shown)


def test_a_launch_that_ended_takes_its_buttons_back():
    text, shown = said(notice(), launch(BATTLECARD, status=LaunchStatus.CANCELLED))
    assert (
        text
        == "Battlecard: Redis Open Source (Valkey 9.0) has nothing left to do: the launch is cancelled."
    )
    assert not any(line.startswith("[") for line in shown)


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
        'Product marketing asks you to approve Battlecard: Redis Open Source (Valkey 9.0). "Second draft"'
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
        "Product marketing asks for more time for Battlecard: Redis Open Source: until Thu 11 Feb, not Thu 4 Feb "
        '(Valkey 9.0). "The agency is late"'
    )
    assert shown[-1] == "[Approve] [Refuse] [Open]"
    text, shown = said(asked, launch(task(due=date(2027, 2, 11))))
    assert (
        text == "Battlecard: Redis Open Source: answered, due Thu 11 Feb (Valkey 9.0)."
    )
    assert "[Approve] [Refuse] [Open]" not in shown


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


def test_an_overdue_task_can_be_acknowledged_in_its_message_and_its_reminder():
    late = task(overdue=True, due=date(2027, 1, 28), float_days=-2)
    text, shown = said(notice("nudge"), launch(late))
    assert text.startswith("Reminder, overdue: ")
    assert shown[-1] == "[Start] [Done] [Blocked] [Need more time] [On it] [Open]"
    assert said(notice(), launch(late))[1][-1] == shown[-1]
    assert "[On it]" not in said(notice("nudge"), launch(task()))[1][-1]


HEADLINE = (
    "Valkey 9.0: at risk, 2 working days behind, 1 task late; 25% ready, launch day Tue 2 Mar, "
    "in 21 working days; late: Pricing page (Counsel), Thu 28 Jan, 2 working days ago."
)


def test_the_headline_shows_where_the_launch_stands():
    late = task(
        "pricing",
        "Pricing page",
        owner_name="Counsel",
        overdue=True,
        due=date(2027, 1, 28),
        float_days=-2,
    )
    assert said(
        notice("headline", None, "#valkey-9-launch"),
        launch(POSITIONING, BATTLECARD, late, TRAINING),
    ) == (
        HEADLINE,
        [
            "Valkey 9.0",
            "█████░░░░░░░░░░░░░░░ 25%, 1 of 4 tasks done",
            "State: At risk, 2 working days behind, 1 task late",
            "Launch day: Tue 2 Mar, in 21 working days",
            "Release: Tue 16 Feb",
            "Lead: Product lead",
            "Late: Pricing page (Counsel), Thu 28 Jan, 2 working days ago",
            "Next: Battlecard: Redis Open Source (Product marketing), Thu 4 Feb, in 3 working days",
        ],
    )


def test_the_headline_of_a_launch_that_ended_looks_back():
    text, shown = said(
        notice("headline", None, "#x"), launch(POSITIONING, status=LaunchStatus.DONE)
    )
    assert text == "Valkey 9.0: done; 100% ready, launch day Tue 2 Mar."
    assert "████████████████████ 100%, 1 of 1 task done" in shown


def test_nearly_done_is_not_shown_as_done():
    tasks = [
        task(f"t{at}", status=TaskStatus.DONE, done_at=NOW, float_days=None)
        for at in range(299)
    ]
    _, shown = said(notice("headline", None, "#x"), launch(*tasks, task("last")))
    assert shown[1] == "███████████████████░ 99%, 299 of 300 tasks done"


def test_news_of_a_move_names_the_days_before_and_after():
    changes = [
        {
            "task": "battlecard:redis",
            "title": "Battlecard",
            "due_before": "2027-02-04",
            "due": "2027-02-08",
        },
        {
            "task": "training",
            "title": "Training",
            "due_before": "2027-02-10",
            "due": "2027-02-12",
        },
    ]
    text, shown = said(
        notice("news", None, changes=changes, launch_on="2027-03-09"),
        launch(BATTLECARD),
    )
    assert text == (
        "Valkey 9.0: launch day Tue 9 Mar; 2 due days moved: "
        "Battlecard: Thu 4 Feb → Mon 8 Feb; Training: Wed 10 Feb → Fri 12 Feb."
    )
    assert (
        shown[2]
        == "Battlecard: Thu 4 Feb → Mon 8 Feb\nTraining: Wed 10 Feb → Fri 12 Feb"
    )


def test_news_in_words_are_told_once():
    assert said(notice("news", text="Redis changed its licence"), launch(BATTLECARD))[
        0
    ] == ("Valkey 9.0: Redis changed its licence.")
    assert (
        said(notice("news", text="Valkey 9.0: every task is done."), launch())[0]
        == "Valkey 9.0: every task is done."
    )


def test_a_cancellation_says_by_whom_and_why():
    text, _ = said(
        notice("cancelled", None, by="lead@example.com", note="We wait for 9.1"),
        launch(),
    )
    assert (
        text
        == "Valkey 9.0 is cancelled by Product lead: We wait for 9.1. Nothing is left to do for it."
    )


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_can_do_without_facts_and_without_its_task(kind):
    for subject in ("battlecard:redis", "gone", None):
        text, shown = said(notice(kind, subject), launch(BATTLECARD))
        assert text
        assert shown


def test_the_console_names_the_verb_that_answers_with_what_it_needs():
    waiting = notice()
    view = launch(task(status=TaskStatus.WAITING))
    assert (
        lines(waiting, compose(waiting, view, reader=READER))[-1]
        == "  launch-kits extend valkey-9 battlecard:redis --until DATE"
    )


@settings(deadline=None)
@given(
    data=st.data(),
    kind=st.sampled_from(list(NoticeKind)),
    status=st.sampled_from(list(TaskStatus)),
)
def test_whatever_stands_in_a_launch_makes_a_valid_and_harmless_message(
    data, kind, status
):
    text = data.draw(HOSTILE)
    hostile = {
        "title": text,
        "stage_title": text,
        "owner_name": text,
        "checklist": (text,) * 30,
    }
    about = task(
        **hostile,
        link=data.draw(HOSTILE),
        document=Path("/d") / (re.sub("[\x00/]", "", text)[:100] or "x"),
        status=status,
        blocked_by=text,
        overdue=data.draw(st.booleans()),
        after=("before",) * 30,
        asked_until=date(2027, 2, 11),
        done_at=NOW,
    )
    others = [
        task(f"t{at}", **hostile, after=("battlecard:redis",)) for at in range(30)
    ]
    view = launch(task("before", **hostile), about, *others, product=text)
    facts = {"text": text, "reason": text, "note": text, "by": text}
    facts |= data.draw(st.sampled_from([{}, {"until": "2027-02-11"}, {"until": text}]))
    facts |= data.draw(st.sampled_from([{}, *({"event": each} for each in NewsEvent)]))
    facts["changes"] = [{"title": text, "due": text, "due_before": "2027-02-04"}] * 60
    asked = notice(
        kind, data.draw(st.sampled_from(["battlecard:redis", None])), **facts
    )
    asked.facts |= dict.fromkeys(("quote", "name", "to", "error", "kind"), text)
    asked.facts["passes"] = {"starts": [text] * 30, "anchor": text, "anchor_on": text}
    message = render(asked, view, reader=READER)
    for variant in (message, addressed(message, name=text, email="a@example.com")):
        blocks = list(variant.blocks)
        assert problems(blocks) == []
        assert 0 < len(variant.text) < 4000
        json.dumps(blocks, ensure_ascii=False).encode()
        harmless_message(variant.text, blocks)
    for line in lines(asked, compose(asked, view, reader=READER))[1:]:
        assert not re.search("[\x00-\x1f\x7f-\x9f]", line)
