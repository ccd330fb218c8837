from __future__ import annotations

from typing import Any

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.verbs import begin, done, reassign_role
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    PMM,
    SLUG,
    at,
    brief_with,
    notices,
    opened,
    send_all,
    sentence_of,
)


def kit(tasks: int) -> dict[str, Any]:
    """So many tasks of one person, the last of which waits for the first."""
    written = [
        {"key": f"t{at}", "title": f"Task {at}", "role": "pmm", "days": 1}
        for at in range(tasks)
    ]
    written[-1]["after"] = ["t0"]
    stage = {"key": "all", "title": "All", "tasks": written}
    return {"kit": "many", "title": "Many", "handout": "ready", "stages": [stage]}


def told(store: Store) -> tuple[list[Notice], list[Notice]]:
    """The lists of tasks, and the messages about one task that wait to be sent."""
    lists = [each for each in notices(store, "news") if each.facts.get("handed_out")]
    return lists, notices(store, "task", status="pending")


def test_five_tasks_at_once_are_five_messages(store: Store) -> None:
    opened(store, brief_with(kit=kit(6)))
    lists, single = told(store)
    assert (lists, len(single)) == ([], 5)


def test_more_tasks_at_once_are_one_list_that_their_rows_name(store: Store) -> None:
    opened(store, brief_with(kit=kit(61)))
    (found,), single = told(store)
    assert single == []
    assert (found.to, found.task, found.status) == (PMM, None, "pending")
    assert [line["task"] for line in found.facts["tasks"]][:2] == ["t0", "t1"]
    rows = notices(store, "task")
    assert {(row.status, row.error) for row in rows} == {("dropped", found.key)}
    assert len(rows) == len(found.facts["tasks"]) == 60
    assert sentence_of(store, found, now=NOW).startswith(
        '60 tasks of Falcon 2 are ready for you to start. First: "Task 0": due Fri 5 Feb'
    )


def test_each_line_says_who_gave_the_task_and_why(store: Store) -> None:
    opened(store, brief_with(kit=kit(8)))
    send_all(store)
    reassign_role(store, SLUG, role="pmm", to=OPS, by=LEAD, note="On leave", now=NOW)
    (found,) = [each for each in told(store)[0] if each.to == OPS]
    said = sentence_of(store, found, now=NOW)
    assert said.endswith(": due Fri 5 Feb; Lee gave it to you: On leave.")


def test_a_task_that_is_ready_before_the_list_is_sent_is_added_to_it(
    store: Store,
) -> None:
    opened(store, brief_with(kit=kit(7)))
    done(store, SLUG, "t0", now=NOW)
    (found,), single = told(store)
    assert (single, len(found.facts["tasks"])) == ([], 7)
    send_all(store)
    assert len(told(store)[0]) == 1


def test_a_task_of_a_list_gets_its_own_message_once_it_is_begun(store: Store) -> None:
    opened(store, brief_with(kit=kit(7)))
    send_all(store)
    begin(store, SLUG, "t1", now=at("01-12"))
    _, (own,) = told(store)
    assert (own.to, own.task) == (PMM, "t1")
    send_all(store, now=at("01-12"))
    assert told(store)[1] == []
