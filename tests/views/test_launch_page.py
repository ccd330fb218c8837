from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.launch_page import launch_page
from launch_kits.views.room_pages import RoomPages
from tests.slack.views import NOW, READER, launch, task

TASKS = (
    task("positioning", "Positioning", status=TaskStatus.DONE, done_at=NOW),
    task("battlecard:redis", "Battlecard: Redis", document=Path("/d/battlecard.md")),
    task("training", "Sales *training*", stage_title="Channel"),
    task("gone", "Dropped work", status=TaskStatus.DROPPED),
)


def page(**changes: object) -> str:
    return launch_page(launch(*TASKS, **changes), reader=READER)


def test_the_page_has_state_plan_timeline_and_documents() -> None:
    headings = [line for line in page().splitlines() if line.startswith("#")]
    assert headings[:2] == ["# Valkey 9.0", "## Plan"]
    assert headings[-2:] == ["## Timeline", "## Documents"]
    assert "### Channel" in headings
    assert "- Launch day: Tue 2 Mar\n" in page()
    assert "- **Battlecard: Redis**: Product marketing, due Thu 4 Feb, ready" in page()
    told = "- Battlecard: Redis: Product marketing has it, in the thread of the task's message\n"
    assert told in page()
    assert "Dropped work" not in page()


def test_texts_are_escaped() -> None:
    assert "**Sales \\*training\\***" in page()


def test_the_next_day_alone_changes_nothing() -> None:
    later = replace(READER, today=READER.today + timedelta(1))
    assert launch_page(launch(*TASKS), reader=later) == page()
    assert later.today < date(2027, 12, 31)


def test_a_launch_without_documents_says_so() -> None:
    empty = launch(replace(TASKS[0], document=None))
    assert "None is written yet." in launch_page(empty, reader=READER)


def test_an_ended_launch_says_so() -> None:
    assert "- State: Done, " in page(status=LaunchStatus.DONE)


def test_the_page_links_to_the_launch_room_if_it_has_an_address() -> None:
    room = RoomPages("https://launches.example.com")
    written = launch_page(launch(*TASKS), reader=READER, room=room)
    link = "(https://launches.example.com/launches/valkey-9)"
    assert f"- [This launch in the launch room]{link}" in written
    assert "launch room" not in page()


def test_each_document_is_a_link_in_slack_or_in_the_launch_room() -> None:
    card = "https://example.slack.com/docs/T1/F1"
    room = RoomPages("https://launches.example.com")
    written = launch_page(
        launch(*TASKS), reader=READER, room=room, links={"battlecard:redis": card}
    )
    assert f"- [Battlecard: Redis]({card})\n" in written
    link = "https://launches.example.com/launches/valkey-9/documents/training"
    assert f"- [Sales \\*training\\*]({link})\n" in written
    assert "has it" not in written
