from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from launch_kits.database.records import DayChangeRow, Event
from launch_kits.database.store import Store
from launch_kits.verbs import extend, move
from launch_kits.views.event_text import event_text, read_day_changes
from tests.launches import LEAD, NOW, SLUG, events

AT = datetime(2027, 1, 12, 15, tzinfo=UTC)


def event(verb: str, *, task: str | None = None, note: str | None = None, **data: Any):
    return Event(
        launch=SLUG, task=task, at=AT, by=LEAD, verb=verb, note=note, data=data
    )


@pytest.mark.parametrize(
    ("verb", "data", "text"),
    [
        ("begin", {}, ""),
        ("start", {"launch_on": "2027-02-09"}, "launch day 2027-02-09"),
        ("done", {"link": "https://example.com/r"}, "https://example.com/r"),
        ("done", {"link": None}, ""),
        (
            "extend",
            {"until": "2027-02-10", "due_before": "2027-02-08"},
            "2027-02-08 → 2027-02-10",
        ),
        ("extend", {"until": "2027-02-10"}, "until 2027-02-10"),
        ("extend", {"until": "2027-02-10", "asked": True}, "asks for 2027-02-10"),
        ("refuse", {"until": "2027-02-10"}, "not until 2027-02-10"),
        ("overdue", {"due": "2027-02-10"}, "due 2027-02-10"),
        (
            "reassign",
            {"owner": "b@x.org", "owner_before": "a@x.org"},
            "a@x.org → b@x.org",
        ),
        ("reopen", {"taken_back": ["a", "b"]}, "waiting again: a, b"),
        ("reopen", {"taken_back": []}, ""),
        ("decide", {"go": True, "concerns": []}, "go"),
        ("decide", {"go": False, "decides": "release"}, "no-go for the release"),
        (
            "check",
            {
                "stage": "sales",
                "gate": "Sales can sell it",
                "title": "Cards are read",
                "link": "https://example.com/c",
            },
            "Sales can sell it: Cards are read; https://example.com/c",
        ),
        ("uncheck", {"stage": "sales", "title": "Cards"}, "sales: Cards"),
        (
            "waive",
            {"stage": "sales", "title": "Cards", "until": "2027-02-01"},
            "sales: Cards; until 2027-02-01",
        ),
        (
            "update",
            {
                "fields": ["team"],
                "added": ["a"],
                "dropped": list("bcdefg"),
                "changed": {"x": ["title", "days"]},
            },
            (
                "in the brief: team; new tasks: a; dropped: b, c, d, e, f and 1 more; "
                "changed: x (title, days)"
            ),
        ),
        (
            "edit",
            {
                "changes": [
                    {"task": "a", "field": "days", "from": 2, "to": 4},
                    {
                        "task": "a",
                        "field": "due",
                        "from": "2027-02-10",
                        "to": "2027-02-09",
                    },
                    {"task": "a", "field": "after", "from": [], "to": ["b", "c"]},
                    {
                        "task": "b",
                        "field": "due",
                        "from": "2027-02-05",
                        "to": "2027-02-03",
                    },
                ]
            },
            (
                "days 2 → 4; after none → b, c; "
                "due days before it: b 2027-02-05 → 2027-02-03"
            ),
        ),
        ("upgrade", {"fields": ["kit"]}, "in the brief: kit"),
        ("frobnicate", {"size": 2, "size_before": 1}, "1 → 2"),
    ],
)
def test_an_event_says_what_it_changed(
    verb: str, data: dict[str, Any], text: str
) -> None:
    assert event_text(event(verb, **data), {}) == text


def test_the_note_comes_last() -> None:
    assert event_text(event("decide", note="Too soon", go=False), {}) == (
        "no-go; Too soon"
    )
    assert event_text(event("begin", note="finally"), {}) == "finally"


def rows() -> Iterator[DayChangeRow]:
    for task, day in (("a", "due"), (None, "release_on"), (None, "launch_on")):
        yield DayChangeRow(
            launch=SLUG,
            task=task,
            day=day,
            at=AT,
            by=LEAD,
            verb="move",
            before=date(2027, 2, 9),
            after=date(2027, 2, 16),
        )


def test_the_days_that_changed_with_it_are_told_once() -> None:
    moved = event("move", launch_on="2027-02-23", launch_before="2027-02-16")
    assert event_text(moved, {(AT, "move"): list(rows())}) == (
        "launch day 2027-02-16 → 2027-02-23; release day 2027-02-09 → 2027-02-16; "
        "due days: a 2027-02-09 → 2027-02-16"
    )
    edited = event("move", task="a")
    edited.data = {}
    assert event_text(edited, {(AT, "move"): list(rows())}).endswith(
        "due 2027-02-09 → 2027-02-16"
    )


def test_changes_of_days_are_read_by_instant_and_verb(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=date(2027, 2, 8), by=LEAD, now=NOW)
    move(falcon, SLUG, on=date(2027, 2, 16), by=LEAD, now=NOW)
    with falcon.read() as session:
        days = read_day_changes(session, SLUG)
    (moved,) = events(falcon, verb="move")
    told = event_text(moved, days)
    assert told.startswith("launch day 2027-02-09 → 2027-02-16; ")
    assert "due days: positioning 2027-0" in told
    assert told.endswith("more")
