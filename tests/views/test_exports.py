from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from launch_kits.database.store import Store
from launch_kits.settings.visible import one_line
from launch_kits.verbs import block, cancel, done, drop, move
from launch_kits.views.as_json import task_json, task_record
from launch_kits.views.exports import KEYS, as_calendar, as_table
from launch_kits.views.launch import LaunchView, TaskView, read_launch
from tests.launches import KEYS as TASKS
from tests.launches import NOW, SALES, SLUG, at

STAMP = datetime(2027, 1, 11, 15, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)


def seen(store: Store, *, now: datetime = NOW) -> LaunchView:
    with store.read() as session:
        return read_launch(session, SLUG, now=now, documents=Path("/documents"))


def events_of(view: LaunchView, *tasks: TaskView) -> dict[str, dict[str, str]]:
    """UID → property → value of each event, parsed back."""
    written = as_calendar(view, tasks or view.tasks, now=NOW)
    return {
        str(event["uid"]): event for event in Calendar.from_ical(written).walk("VEVENT")
    }


def uid(key: str) -> str:
    return f"{key}@{SLUG}.launch-kits"


def rows_of(*tasks: TaskView) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_table(tasks), newline="")))


def test_every_task_is_an_all_day_event_on_its_due_day(falcon: Store) -> None:
    view = seen(falcon)
    found = events_of(view)
    assert list(found) == [
        uid("anchor.release"),
        uid("anchor.launch"),
        *map(uid, TASKS),
    ]
    for task in view.tasks:
        event = found[uid(task.key)]
        assert event["dtstart"].to_ical() == f"{task.due:%Y%m%d}".encode()
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["dtend"].dt == task.due + timedelta(1)
        assert event["dtstamp"].dt == STAMP
        assert event["summary"] == f"{task.title} ({task.owner_name})"
        assert event["contact"] == f"{task.owner_name} <{task.owner}>"
        assert f"Status: {task.status}" in event["description"]
        assert (event["status"], event["transp"]) == ("CONFIRMED", "TRANSPARENT")
        assert not event.subcomponents


def test_release_and_launch_day_are_events(falcon: Store) -> None:
    view = replace(seen(falcon), release_on=date(2027, 2, 2))
    found = events_of(view)
    assert (
        found[uid("anchor.release")]["dtstart"].dt,
        found[uid("anchor.launch")]["dtstart"].dt,
    ) == (
        date(2027, 2, 2),
        date(2027, 2, 9),
    )
    assert found[uid("anchor.launch")]["summary"] == "Falcon 2: launch"


def test_a_calendar_names_itself_and_asks_for_no_answer(falcon: Store) -> None:
    written = as_calendar(seen(falcon), [], now=NOW)
    calendar = Calendar.from_ical(written)
    assert (calendar["version"], calendar["method"], calendar["x-wr-calname"]) == (
        "2.0",
        "PUBLISH",
        "Falcon 2",
    )
    assert b"ATTENDEE" not in written
    assert b"VALARM" not in written
    assert written.endswith(b"END:VCALENDAR\r\n")


def test_an_event_keeps_its_uid_when_its_day_moves_and_is_newer(falcon: Store) -> None:
    before = events_of(seen(falcon))
    move(falcon, SLUG, on=date(2027, 2, 23), now=NOW)
    after = events_of(seen(falcon))
    assert before.keys() == after.keys()
    assert after[uid("go_live")]["dtstart"].dt == date(2027, 2, 23)
    assert int(after[uid("go_live")]["sequence"]) > int(
        before[uid("go_live")]["sequence"]
    )


def test_a_done_task_lies_on_the_day_it_was_done_whatever_moves(
    falcon: Store,
) -> None:
    done(falcon, SLUG, "positioning", now=at("01-13"))
    move(falcon, SLUG, on=date(2027, 2, 23), now=at("01-14"))
    event = events_of(seen(falcon, now=at("01-20")))[uid("positioning")]
    assert event["dtstart"].dt == date(2027, 1, 13)
    assert event["summary"].startswith("Done: Positioning (")
    assert "Done on Wed 13 Jan 2027, due " in event["description"]
    assert "Expected from" not in event["description"]


def test_an_open_task_tells_days_that_can_still_happen(falcon: Store) -> None:
    found = events_of(seen(falcon, now=at("02-03")))[uid("research")]["description"]
    assert "Expected from Wed 3 Feb 2027 to " in found
    assert "11 Jan 2027" not in found


def test_a_dropped_task_is_cancelled_and_so_is_all_of_a_cancelled_launch(
    falcon: Store,
) -> None:
    drop(falcon, SLUG, "research", now=NOW)
    found = events_of(seen(falcon))
    assert {key for key, event in found.items() if event["status"] == "CANCELLED"} == {
        uid("research")
    }
    cancel(falcon, SLUG, now=NOW)
    assert {event["status"] for event in events_of(seen(falcon)).values()} == {
        "CANCELLED"
    }


def test_an_event_leads_to_the_link_or_else_to_the_document(falcon: Store) -> None:
    done(falcon, SLUG, "research", link="https://docs.example.com/a?b=c,d;e", now=NOW)
    view = seen(falcon)
    research = view.task("research")
    card = view.task("battlecard:osprey")
    assert research
    assert card
    card = replace(card, document=Path("/documents/falcon 2/battlecard-osprey.md"))
    odd = replace(card, link="see\nATTENDEE:mailto:x@example.com")
    assert (
        events_of(view)[uid("research")]["url"] == "https://docs.example.com/a?b=c,d;e"
    )
    assert (
        events_of(view, card)[uid(card.key)]["url"]
        == "file:///documents/falcon%202/battlecard-osprey.md"
    )
    assert events_of(view, odd)[uid(card.key)]["url"].startswith("file:")
    assert "attendee" not in events_of(view, odd)[uid(card.key)]
    assert "url" not in events_of(view)[uid("training")]


def test_blocked_and_late_tasks_say_so(falcon: Store) -> None:
    block(falcon, SLUG, "research", note="No access; ask, please", now=NOW)
    found = events_of(seen(falcon, now=at("02-20")))[uid("research")]
    assert "Status: blocked, overdue\n" in found["description"]
    assert "Blocked: No access; ask, please" in found["description"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXTS, name=TEXTS)
def test_any_title_comes_back_as_it_was(falcon: Store, title: str, name: str) -> None:
    view = seen(falcon)
    task = replace(view.tasks[0], title=title, owner_name=name)
    assert events_of(view, task)[uid(task.key)]["summary"] == one_line(
        f"{title} ({name})"
    )
    (row,) = rows_of(task)
    for written, cell in ((title, row["title"]), (name, row["owner_name"])):
        assert cell.replace("'", "") == written.replace("'", "")
        assert not cell.startswith(("=", "+", "-", "@"))


def test_a_record_holds_all_that_status_tells_first(falcon: Store) -> None:
    for task in seen(falcon).tasks:
        told = task_json(task)
        assert list(task_record(task).items())[: len(told)] == list(told.items())
        assert tuple(task_record(task)) == KEYS


def test_a_table_has_a_row_for_each_task_and_a_head_without_any(falcon: Store) -> None:
    view = seen(falcon)
    rows = rows_of(*view.tasks)
    assert [row["key"] for row in rows] == list(TASKS)
    training = next(row for row in rows if row["key"] == "training")
    assert (training["owner"], training["after"]) == (
        SALES,
        "battlecard:osprey battlecard:kite legal_review",
    )
    for task, row in zip(view.tasks, rows, strict=True):
        assert (row["due"], row["start"], row["float"]) == (
            task.due.isoformat(),
            task.start.isoformat(),
            str(task.float_days),
        )
        assert (row["overdue"], row["link"], row["done_at"]) == ("false", "", "")
    assert as_table([]) == ",".join(KEYS) + "\r\n"


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A1",
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("before", ["", " ", "\xa0", '"', "\u200b", "\ufeff "])
def test_no_cell_is_a_formula(falcon: Store, before: str, formula: str) -> None:
    written = before + formula
    (row,) = rows_of(
        replace(seen(falcon).tasks[0], title=written, link=written, blocked_by=written)
    )
    guarded = f"{before}'{formula}"
    assert (row["title"], row["link"], row["blocked_by"]) == (guarded,) * 3


@pytest.mark.parametrize("first", ["\t", "\r", "\n", "\r\n"])
def test_no_cell_begins_with_a_tab_or_the_end_of_a_line(
    falcon: Store, first: str
) -> None:
    for rest, guarded in (("=1", "'=1"), ("plain", "plain")):
        (row,) = rows_of(replace(seen(falcon).tasks[0], title=first + rest))
        assert row["title"] == f"'{first}{guarded}"


HOSTILE = st.lists(
    st.sampled_from([*",;|:\t\r\n\"' ab1=+-@\uff1d\uff20\u200b\x00", "\r\n", '"=']),
    max_size=12,
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=HOSTILE,
    link=HOSTILE,
    separator=st.sampled_from(",;|:\t"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_NONE]),
)
def test_no_cell_is_a_formula_whichever_separator_a_program_takes(
    falcon: Store, title: str, link: str, separator: str, quoting: int
) -> None:
    task = replace(seen(falcon).tasks[0], title=title, link=link, float_days=2)
    table = as_table([task])
    reader = csv.reader(
        io.StringIO(table.replace("\x00", ""), newline=""),
        delimiter=separator,
        quoting=quoting,
    )
    for cell in (cell for row in reader for cell in row):
        shown = cell.replace("\u200b", "").strip().lstrip('" \t\r\n').lstrip()
        assert not shown.startswith(tuple("=+-@\uff1d\uff20")), cell


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("Prices;=1+1", "Prices;'=1+1"),
        ("Plan: build - and test", "Plan: build - and test"),
        ("2027-03-02, 10-12 h", "2027-03-02, 10-12 h"),
        ("R&D|+1\n-2", "R&D|'+1\n'-2"),
    ],
)
def test_only_the_parts_that_may_begin_a_cell_are_guarded(
    falcon: Store, written: str, cell: str
) -> None:
    assert rows_of(replace(seen(falcon).tasks[0], title=written))[0]["title"] == cell


@pytest.mark.parametrize(
    ("link", "cell"),
    [
        (
            "https://maps.example/@48.1,-11.5,15z",
            "https://maps.example/@48.1%2C-11.5,15z",
        ),
        ("https://a.example/;,=1", "https://a.example/;%2C=1"),
        ("https://a.example/b-c?d=1;e=2", "https://a.example/b-c?d=1;e=2"),
    ],
)
def test_a_link_still_leads_to_its_place(falcon: Store, link: str, cell: str) -> None:
    (row,) = rows_of(replace(seen(falcon).tasks[0], link=link))
    assert row["link"] == cell
    assert unquote(row["link"]) == link


def test_a_number_below_zero_stays_a_number(falcon: Store) -> None:
    assert rows_of(replace(seen(falcon).tasks[0], float_days=-3))[0]["float"] == "-3"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
def test_no_text_adds_a_line_to_a_calendar(falcon: Store, end: str) -> None:
    hostile = f"Plan{end}ATTENDEE:mailto:x@evil.example{end}BEGIN:VALARM{end}\x1b[2J"
    view = replace(seen(falcon), product=hostile)
    task = replace(
        view.tasks[0],
        title=hostile,
        owner_name=hostile,
        stage_title=hostile,
        blocked_by=hostile,
    )
    written = as_calendar(view, [task], now=NOW).decode()
    lines = [line for line in written.split("\r\n") if not line.startswith(" ")]
    assert not [line for line in lines if line.startswith(("ATTENDEE", "BEGIN:VALARM"))]
    assert not set("\r\n\x0b\x1b\x85\u2028") & set("".join(lines))
