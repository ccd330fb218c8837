from __future__ import annotations

from datetime import date

from launch_kits.slack.messages.changes import (
    due_lines,
    late_line,
    lines,
    preview_blocks,
    told_line,
)
from tests.slack.views import READER, due_moved


def test_due_days_are_told_with_title_and_owner() -> None:
    move = due_moved("Card", "pmm@example.com", date(2027, 2, 4), date(2027, 2, 8))
    told = due_lines([move] * 22, reader=READER)
    assert told[0] == "Due days that move:"
    assert told[1].startswith('• "Card" (')
    assert told[1].endswith("): Thu 4 Feb → Mon 8 Feb")
    assert told[-1] == "and 2 more"
    assert due_lines([], reader=READER) == []


def test_the_latest_tasks_come_first() -> None:
    titles = {"a": "Card", "b": "Site"}
    assert late_line({"a": 1, "b": 3}, title=titles.__getitem__) == (
        'Too late then: "Site" by 3 working days, "Card" by 1 working day.'
    )
    assert late_line({}, title=titles.__getitem__) == ""


def test_the_people_told_are_named() -> None:
    assert told_line([], reader=READER) == "No one has to be told."
    assert "stranger@example.org" in told_line(["stranger@example.org"], reader=READER)


def test_empty_parts_are_left_out() -> None:
    assert lines([]) == []
    blocks = preview_blocks("", [], lines(["one", "two"]), " ")
    assert [block["text"]["text"] for block in blocks] == ["Please note:\n• one\n• two"]
