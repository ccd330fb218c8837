from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.database.records import NoticeKind, TaskStatus
from launch_kits.slack.messages.render import addressed, render, to_slack
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.news import NewsEvent
from launch_kits.worker.console import lines
from tests.slack.block_kit import problems
from tests.slack.hostile import HOSTILE, harmless_message
from tests.slack.said import BATTLECARD
from tests.slack.views import NOW, READER, launch, notice, task


def test_every_button_says_which_task_of_which_launch_it_is_about():
    (actions,) = [
        block
        for block in render(notice(), launch(BATTLECARD), reader=READER).blocks
        if block["type"] == "actions"
    ]
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


@settings(deadline=None)
@given(
    data=st.data(),
    kind=st.sampled_from(list(NoticeKind)),
    status=st.sampled_from(list(TaskStatus)),
)
def test_whatever_is_in_a_launch_makes_a_valid_and_harmless_message(data, kind, status):
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
    neutral = compose(asked, view, reader=READER)
    to_all = addressed(neutral, name=text, email="a@example.com")
    for variant in (render(asked, view, reader=READER), to_slack(to_all)):
        blocks = list(variant.blocks)
        assert problems(blocks) == []
        assert 0 < len(variant.text) < 4000
        json.dumps(blocks, ensure_ascii=False).encode()
        harmless_message(variant.text, blocks)
    for line in lines(asked, neutral)[1:]:
        assert not re.search("[\x00-\x1f\x7f-\x9f]", line)


def test_a_message_in_the_channel_says_whom_it_is_for():
    told = NoticeMessage(sentence="Hello.", note="Small print.")
    sent = addressed(told, name="Ada <3", email="ada@example.com")
    assert sent.sentence == "For Ada <3 (ada@example.com): Hello."
    assert sent.note == (
        "Small print. Told here because Slack has no active account with the email address "
        "ada@example.com."
    )
    titled = NoticeMessage(sentence="Hello.", headline="Hello")
    nameless = addressed(titled, name="ada@example.com", email="ada@example.com")
    assert nameless.headline == "For ada@example.com: Hello"
    assert nameless.sentence == "For ada@example.com: Hello."


def test_buttons_come_before_the_document():
    blocks = render(notice(), launch(BATTLECARD), reader=READER).blocks
    assert [block["type"] for block in blocks] == [
        "section",
        "actions",
        "section",
        "context",
    ]
