from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from launch_kits.database.records import Event
from launch_kits.views.notices.history import NOTE, SHOWN, TOGETHER, history
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
    message = history([told], reader=READER)
    assert message.paragraphs == [message.sentence]
    return message.sentence


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (event("begin"), "started, Product marketing"),
        (event("begin", by="ann@example.org"), "started, ann@example.org"),
        (event("ready", by="launch-kits"), "ready to start"),
        (
            event("block", note="No\n<access>"),
            'blocked, Product marketing: "No <access>"',
        ),
        (event("note", note="  "), "note, Product marketing"),
        (
            event("reassign", owner="legal@example.com"),
            "given to Counsel, Product marketing",
        ),
        (event("reassign"), "given to ?, Product marketing"),
        (event("extend", until="2027-02-11"), "due Thu 11 Feb, Product marketing"),
        (
            event("extend", until="2027-02-11", asked=True),
            "more time asked for, until Thu 11 Feb, Product marketing",
        ),
        (event("extend"), "extend, Product marketing"),
        (event("extend", until="soon"), "extend, Product marketing"),
        (event("of a {later} version"), "of a {later} version, Product marketing"),
    ],
)
def test_a_line_says_when_what_who_and_why(told, expected):
    # 15:00 in UTC is 10:00 for a reader in New York
    assert line(told) == f"Mon 1 Feb 10:00 · {expected}"


def test_a_long_note_is_cut():
    said = line(event("block", note="x" * 900))
    assert said.endswith(f': "{"x" * (NOTE - 1)}…"')


def test_lines_stand_oldest_first_and_the_sentence_is_the_newest():
    events = [event(verb) for verb in ("begin", "block", "unblock")]
    for number, each in enumerate(events):
        each.at = NOW + timedelta(hours=number)
    message = history(events, reader=READER)
    (paragraph,) = message.paragraphs
    lines = paragraph.split("\n")
    assert [each.partition(" · ")[0] for each in lines] == [
        "Mon 1 Feb 10:00",
        "Mon 1 Feb 11:00",
        "Mon 1 Feb 12:00",
    ]
    assert message.sentence == lines[-1]


@pytest.mark.parametrize(
    ("number", "first"),
    [
        (SHOWN, "Mon 1 Feb 10:00 · note, Product marketing: "),
        (SHOWN + 1, "… 1 line before this"),
        (SHOWN + 5, "… 5 lines before this"),
    ],
)
def test_of_many_lines_the_newest_are_shown(number, first):
    events = [event("note", note=f"remark {at}") for at in range(number)]
    message = history(events, reader=READER)
    lines = [line for each in message.paragraphs for line in each.split("\n")]
    assert lines[0].startswith(first)
    shown = [line.rpartition(": ")[2] for line in lines if "remark" in line]
    assert shown == [f'"remark {at}"' for at in range(number - SHOWN, number)]
    assert all(each.count("\n") < TOGETHER for each in message.paragraphs)
