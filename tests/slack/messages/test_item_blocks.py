from __future__ import annotations

from launch_kits.slack.messages.item_blocks import item_blocks
from launch_kits.slack.messages.render import button_value
from launch_kits.views.notices.actions import DONE, OPEN
from launch_kits.views.notices.message import Item, ItemGroup, Subject
from tests.slack.block_kit import problems, texts

SUBJECT = Subject("valkey-9", "pricing")


def test_a_line_has_its_link_and_its_buttons() -> None:
    link = "https://example.slack.com/archives/D1/p1"
    group = ItemGroup(
        "Overdue",
        [
            Item(text="<Pricing>", subject=SUBJECT, actions=(DONE, OPEN), link=link),
            Item(text="Copy", subject=SUBJECT),
            Item(text="Poster", subject=SUBJECT, actions=(OPEN,)),
        ],
        more=2,
    )
    blocks = item_blocks([ItemGroup("Empty", []), group], value=button_value)
    assert problems(blocks) == []
    assert [text["text"] for text in texts(blocks)] == [
        "Overdue",
        "&lt;Pricing&gt;",
        "Done",
        "Open",
        "Copy",
        "Poster",
        "Open",
        "and 2 more tasks",
    ]
    assert [text["url"] for text in texts(blocks) if text["type"] == "link"] == [link]
    ids = [
        (button["action_id"], button["value"])
        for block in blocks
        if block["type"] == "actions"
        for button in block["elements"]
    ]
    value = "valkey-9|pricing"
    assert ids == [
        ("task_done", value),
        ("task_open", value),
        ("task_open:2", value),
    ]


def test_a_line_that_the_sentence_says_has_its_buttons_and_its_link_alone() -> None:
    link = "https://example.slack.com/archives/D1/p1"
    told = Item(text="Pricing", subject=SUBJECT, actions=(OPEN,), link=link, told=True)
    blocks = item_blocks([ItemGroup("Overdue", [told])], value=button_value)
    assert problems(blocks) == []
    shown = [text["text"] for text in texts(blocks)]
    assert shown == ["Open", "The message about the task"]
    bare = Item(text="Pricing", told=True)
    assert item_blocks([ItemGroup("News", [bare])], value=button_value) == []
