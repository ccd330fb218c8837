from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from launch_kits.database.records import Event
from launch_kits.views.notices.history import NOTE, SHOWN, TOGETHER, history, told_event
from tests.slack.views import NOW, READER


def event(
    verb: str, *, by: str = "pmm@example.com", note: str | None = None, **data: Any
) -> Event:
    return Event(
        launch="valkey-9",
        task="battlecard:redis",
        at=NOW,
        by=by,
        verb=verb,
        note=note,
        data=data,
    )


def line(told: Event) -> str:
    message = history([told], title="Partner  deck", reader=READER)
    assert message.paragraphs == []
    return message.sentence


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (event("begin"), "Product marketing started it."),
        (event("begin", by="ann@example.org"), "ann@example.org started it."),
        (event("submit"), "Product marketing handed in the work."),
        (event("ready", by="launch-kits"), "It can be started."),
        (
            event("overdue", by="launch-kits", due="2027-01-29"),
            "Overdue, was due Fri 29 Jan.",
        ),
        (
            event("block", note="No\n<access>"),
            'Product marketing says that it is blocked: "No <access>".',
        ),
        (event("note", note="  "), "Product marketing noted."),
        (
            event("reassign", owner="legal@example.com"),
            "Product marketing gave it to Counsel.",
        ),
        (event("reassign"), "Product marketing gave it to ?"),
        (
            event("extend", until="2027-02-11"),
            "Product marketing gave time until Thu 11 Feb.",
        ),
        (
            event("extend", until="2027-02-11", due="2027-02-12"),
            "Product marketing took more time, until Thu 11 Feb.",
        ),
        (
            event("extend", until="2027-02-11", asked=True),
            "Product marketing asked for more time, until Thu 11 Feb.",
        ),
        (event("decide", go=False), "Product marketing decided on a no-go."),
        (event("extend"), "Product marketing extend."),
        (event("extend", until="soon"), "Product marketing extend."),
        (event("of a {later} version"), "Product marketing of a {later} version."),
    ],
)
def test_a_line_says_who_did_what_why_and_when(told, expected):
    # 15:00 in UTC is 10:00 for a reader in New York
    assert line(told) == f'"Partner deck": {expected} (Mon 1 Feb, 10:00)'


def test_a_deputy_is_named_with_the_person_they_act_for():
    told = event("approve", by="legal@example.com")
    told.in_place_of = "lead@example.com"
    assert told_event(told, READER) == "Counsel (for Product lead) approved it."


def test_a_long_note_is_cut():
    said = told_event(event("block", note="x" * 900), READER)
    assert said.endswith(f': "{"x" * (NOTE - 1)}…".')


def test_the_newest_line_is_the_sentence_and_the_others_follow_newest_first():
    events = [event(verb) for verb in ("begin", "block", "unblock")]
    for number, each in enumerate(events):
        each.at = NOW + timedelta(hours=number)
    message = history(events, title="Partner deck", reader=READER)
    assert message.sentence.endswith("(Mon 1 Feb, 12:00)")
    (paragraph,) = message.paragraphs
    assert [each[-21:] for each in paragraph.split("\n")] == [
        "ked. (Mon 1 Feb, 11:00)"[-21:],
        "it. (Mon 1 Feb, 10:00)"[-21:],
    ]


@pytest.mark.parametrize(
    ("number", "last"),
    [
        (SHOWN, '"remark 0". (Mon 1 Feb, 10:00)'),
        (SHOWN + 1, "… 1 line before this"),
        (SHOWN + 5, "… 5 lines before this"),
    ],
)
def test_of_many_lines_the_newest_are_shown(number, last):
    events = [event("note", note=f"remark {at}") for at in range(number)]
    message = history(events, title="Partner deck", reader=READER)
    lines = [line for each in message.paragraphs for line in each.split("\n")]
    assert lines[-1].endswith(last)
    shown = [line for line in (message.sentence, *lines) if "remark" in line]
    newest_first = range(number - 1, number - SHOWN - 1, -1)
    assert all(
        f'"remark {at}"' in line for at, line in zip(newest_first, shown, strict=True)
    )
    assert all(each.count("\n") < TOGETHER for each in message.paragraphs)
