from __future__ import annotations

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.slack.messages.render import render
from tests.slack.said import said
from tests.slack.views import NOW, READER, launch, notice, task

CHANGED = {
    "content": "d",
    "version": 2,
    "changes": [
        {"path": "claims.redis.w1.text", "cause": "claim", "before": "A", "after": "B"},
        {"path": "brief.summary", "cause": "field", "before": None, "after": "New"},
        {"path": "edited", "cause": "edit", "before": None, "after": "Long"},
    ],
    "more": 2,
}


def approved(**changes):
    return task(
        status=TaskStatus.DONE, done_at=NOW, approver="legal@example.com", **changes
    )


def test_the_approver_of_a_changed_document_sees_the_difference():
    asked = notice("review", to="legal@example.com", **CHANGED)
    text, shown = said(asked, launch(approved()))
    assert text == (
        'Please approve "Battlecard: Redis Open Source" (Valkey 9.0) again: '
        "its content has changed."
    )
    assert shown[1].splitlines() == [
        'Claim redis.w1, text: "A" → "B"',
        'Summary: nothing → "New"',
        "A person edited the document.",
        "And 2 more changes.",
    ]
    assert shown[2] == "[Approve] [Send back] [Open]"


def test_the_question_ends_with_a_reopened_task_or_a_cancelled_launch():
    asked = notice("review", to="legal@example.com", **CHANGED)
    text, shown = said(asked, launch(task(status=TaskStatus.DOING)))
    assert text.startswith("No answer is needed any more")
    assert shown == [text]
    text, _ = said(asked, launch(approved(), status=LaunchStatus.CANCELLED))
    assert "is cancelled, so no answer is needed" in text


def test_a_question_without_its_facts_is_asked_all_the_same():
    asked = notice("review", to="legal@example.com", content="d", changes="?")
    assert render(asked, launch(approved()), reader=READER)
