from __future__ import annotations

from datetime import date

from launch_kits.database.records import Event
from launch_kits.database.store import Store
from launch_kits.slack.messages.details import EVENTS, details_modal, latest_events
from launch_kits.verbs import begin, note
from launch_kits.views.notices.task_notice import TaskNotice
from tests.launches import NOW, SLUG
from tests.slack.block_kit import problems_of_view
from tests.slack.office import words
from tests.slack.said import BATTLECARD, POSITIONING, TRAINING
from tests.slack.views import NOW as MONDAY
from tests.slack.views import READER, launch, notice, task


def shown(found, *others, events=(), page=None):
    about = TaskNotice(notice(), launch(found, *others), found, READER)
    view = details_modal(about, events, page=page, private="p")
    assert problems_of_view(view) == []
    return words(view)


def event(verb: str, by: str = "pmm@example.com", note: str | None = None) -> Event:
    return Event(
        launch="valkey-9",
        task="battlecard:redis",
        at=MONDAY,
        by=by,
        verb=verb,
        note=note,
        data={},
    )


def test_open_shows_all_there_is_to_know_of_a_task():
    lines = shown(BATTLECARD, POSITIONING, TRAINING, page="https://p.example/run")
    assert lines == [
        "Battlecard: Redis Open Source",
        "It is not started yet.",
        "Launch: Valkey 9.0",
        "Part: Sales readiness",
        "Owner: Product marketing",
        "Planned: 28 Jan-1 Feb",
        "Due: Thu 4 Feb, in 3 working days",
        "Time to spare: 4 working days",
        "Document: battlecard-redis.md",
        "Waited for: Positioning statement ✓",
        "Waits for this: Sales training (Sales enablement)",
        'Checklist: ☐ Every claim has a source / ☐ "Where they win" is honest',
        "Launch page: <https://p.example/run>",
    ]


def test_people_behind_a_task_are_named_and_what_is_missing_is_left_out():
    bare = shown(task(document=None))
    left_out = ("Backup", "Approver", "Document", "Launch page")
    assert not any(line.startswith(left_out) for line in bare)
    full = shown(task(backup="lead@example.com", approver="legal@example.com"))
    assert "Backup: Product lead" in full
    assert "Approver: Counsel" in full


def test_an_overdue_task_says_so_first():
    late = shown(task(overdue=True, due=date(2027, 1, 28)))
    assert late[1] == "Overdue, was due Thu 28 Jan.\nIt is not started yet."


def test_a_request_for_more_time_is_told():
    asked = shown(task(asked_until=date(2027, 2, 11)))
    assert asked[1].endswith(
        "More time is asked for, until Thu 11 Feb; Product lead has not answered yet."
    )


def test_the_history_names_people_but_not_the_program():
    events = [
        event("ready", by="launch-kits"),
        event("begin"),
        event("block", by="ann@example.org", note="No\n access" + "x" * 300),
    ]
    lines = shown(task(), events=events)
    at = lines.index("History")
    assert lines[at + 1 : at + 3] == [
        "Mon 1 Feb · It can be started.",
        "Mon 1 Feb · Product marketing started it.",
    ]
    assert lines[at + 3].startswith(
        'Mon 1 Feb · ann@example.org says that it is blocked: "No access'
    )
    assert lines[at + 3].endswith('x…".')
    assert "History" not in shown(task())


def test_the_latest_events_of_a_task_are_read_oldest_first(falcon: Store):
    begin(falcon, SLUG, "research", now=NOW)
    for number in range(EVENTS + 3):
        note(falcon, SLUG, "positioning", now=NOW, note=f"remark {number}")
    with falcon.read() as session:
        found = latest_events(session, SLUG, "positioning")
        assert latest_events(session, SLUG, "retro") == []
    assert [each.note for each in found] == [
        f"remark {number}" for number in range(3, EVENTS + 3)
    ]
