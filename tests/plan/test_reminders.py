from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.inputs.nudges import Nudges
from launch_kits.plan.reminders import (
    EscalationStep,
    Reminder,
    ReminderState,
    look_again,
    owed,
)
from launch_kits.workdays.calendar import Calendar, end_of_day
from launch_kits.workdays.hours import Hours

BERLIN, NEW_YORK, SINGAPORE = (
    ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Singapore")
)
OWNER, BACKUP, MANAGER, LEAD, LEGAL = (
    f"{role}@example.com" for role in ("pmm", "ops", "boss", "lead", "legal")
)
#: Thursday 4 February 2027
DUE = date(2027, 2, 4)
LAUNCH = Calendar()
LADDER = (
    EscalationStep(2, "backup", BACKUP),
    EscalationStep(4, "manager", MANAGER),
    EscalationStep(6, "lead", LEAD),
)
POLICY = Nudges()


def matter(**other: object) -> ReminderState:
    return replace(ReminderState(DUE, OWNER, OWNER, ladder=LADDER), **other)


def hours_with(**zones: ZoneInfo) -> Callable[[str], Hours]:
    """Everybody works Monday to Friday in Berlin, unless told otherwise."""
    return lambda email: Hours(LAUNCH, zones.get(email.partition("@")[0], BERLIN))


HOURS = hours_with()


def at(
    day: str, hour: int = 10, minute: int = 0, *, zone: ZoneInfo = BERLIN
) -> datetime:
    when = date.fromisoformat(f"2027-{day}")
    return datetime(when.year, when.month, when.day, hour, minute, tzinfo=zone)


def reminders(
    found: ReminderState,
    now: datetime,
    *,
    policy: Nudges = POLICY,
    hours: Callable[[str], Hours] = HOURS,
):
    return [
        (each.to, each.occasion)
        for each in owed(found, policy, hours=hours, calendar=LAUNCH, now=now)
    ]


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("01-29", None),
        ("02-01", "in-3"),
        ("02-03", "in-1"),
        ("02-04", "today"),
        ("02-05", "late-1"),
        ("02-08", "late-2"),
    ],
)
def test_reminders_come_before_on_and_after_the_due_day(
    day: str, word: str | None
) -> None:
    assert reminders(matter(ladder=()), at(day)) == (
        [(OWNER, f"2027-02-04-{word}")] if word else []
    )


def test_one_reminder_comes_on_the_planned_finish() -> None:
    found = matter(planned_finish=date(2027, 1, 27))
    assert reminders(found, at("01-26")) == []
    assert reminders(found, at("01-27")) == [(OWNER, "2027-01-27-planned")]
    told = matter(
        planned_finish=date(2027, 1, 27), told={(OWNER, "2027-01-27-planned")}
    )
    assert reminders(told, at("01-29")) == []
    assert reminders(told, at("02-01")) == [(OWNER, "2027-02-04-in-3")]


def test_of_two_reminders_on_one_day_that_of_the_due_day_is_sent() -> None:
    for day, word in (("02-01", "in-3"), ("02-03", "in-1"), ("02-04", "today")):
        found = matter(planned_finish=at(day).date())
        assert reminders(found, at(day)) == [(OWNER, f"2027-02-04-{word}")]


def test_a_planned_finish_on_a_day_off_is_reminded_of_on_the_day_before() -> None:
    # a Saturday
    found = matter(planned_finish=date(2027, 1, 30))
    assert reminders(found, at("01-29")) == [(OWNER, "2027-01-30-planned")]


def test_a_task_handed_out_on_its_planned_finish_is_not_reminded_of_it() -> None:
    found = matter(planned_finish=date(2027, 1, 27), told_at=at("01-27", 9))
    assert reminders(found, at("01-27", 15)) == []
    assert reminders(found, at("01-28")) == []


@pytest.mark.parametrize(
    ("told_on", "expected"), [("01-26", []), ("01-25", ["2027-01-27-planned"])]
)
def test_no_reminder_of_a_day_ahead_comes_while_the_first_message_is_fresh(
    told_on: str, expected: list[str]
) -> None:
    found = matter(planned_finish=date(2027, 1, 27), told_at=at(told_on, 9))
    for now in ("01-27", "01-28"):
        assert [each for _, each in reminders(found, at(now))] == expected


def test_a_planned_finish_that_is_long_over_is_not_reminded_of() -> None:
    found = matter(planned_finish=date(2027, 1, 20))
    assert reminders(found, at("01-21")) == [(OWNER, "2027-01-20-planned")]
    assert reminders(found, at("01-22")) == []


@pytest.mark.parametrize(
    ("heard", "expected"),
    [("02-01", []), ("01-29", ["2027-02-04-in-3"])],
)
def test_a_missed_reminder_is_not_made_up_for_after_an_act(
    heard: str, expected: list[str]
) -> None:
    found = matter(heard_at=at(heard, 8))
    assert [each for _, each in reminders(found, at("02-02"))] == expected
    assert reminders(found, at("02-03")) == [(OWNER, "2027-02-04-in-1")]


def test_only_the_reminder_on_the_planned_finish_says_that_it_is_planned() -> None:
    found = matter(planned_finish=date(2027, 1, 27))

    def planned(now: datetime) -> list[bool]:
        owed_now = owed(found, POLICY, hours=HOURS, calendar=LAUNCH, now=now)
        return [each.planned for each in owed_now]

    assert (planned(at("01-27")), planned(at("02-01"))) == ([True], [False])


def test_the_next_look_is_the_morning_of_the_planned_finish() -> None:
    found = matter(planned_finish=date(2027, 1, 27))
    since = end_of_day(DUE, BERLIN)
    next_look = look_again(
        found, POLICY, hours=HOURS, now=at("01-25"), overdue_from=since
    )
    assert next_look == at("01-27", 9)


def test_one_told_is_not_owed_again() -> None:
    assert reminders(matter(told={(OWNER, "2027-02-04-in-3")}), at("02-01", 16)) == []


def test_a_new_owner_is_reminded_although_the_one_before_was() -> None:
    assert reminders(
        matter(told={("former@example.com", "2027-02-04-in-3")}), at("02-01")
    ) == [(OWNER, "2027-02-04-in-3")]


def test_one_missed_is_made_up_for_and_several_missed_are_one() -> None:
    assert reminders(matter(), at("02-02")) == [(OWNER, "2027-02-04-in-3")]
    assert reminders(matter(ladder=()), at("02-15")) == [(OWNER, "2027-02-04-late-7")]


def test_no_one_is_reminded_on_the_day_they_were_told_of_the_task() -> None:
    told = matter(told_at=at("02-03", 9))
    assert reminders(told, at("02-03", 15)) == []
    assert reminders(told, at("02-04")) == [(OWNER, "2027-02-04-today")]


@pytest.mark.parametrize("hour", [0, 8, 17, 23])
def test_no_one_is_reminded_outside_their_hours(hour: int) -> None:
    assert reminders(matter(), at("02-01", hour)) == []


def test_hours_are_those_of_the_receiver() -> None:
    hours = hours_with(pmm=SINGAPORE)
    assert reminders(matter(), at("02-01", 10), hours=hours) == []
    assert reminders(matter(), at("02-01", 10, zone=SINGAPORE), hours=hours) == [
        (OWNER, "2027-02-04-in-3")
    ]


def test_days_off_are_not_counted_and_not_disturbed() -> None:
    away = Hours(LAUNCH.without([(date(2027, 2, 1), date(2027, 2, 2))]), BERLIN)
    assert reminders(matter(), at("02-01"), hours=lambda _: away) == []
    assert reminders(matter(), at("01-27"), hours=lambda _: away) == []
    assert reminders(matter(), at("01-28"), hours=lambda _: away) == [
        (OWNER, "2027-02-04-in-3")
    ]


def test_overdue_begins_when_the_due_day_is_over_where_the_owner_lives() -> None:
    reviewed = matter(awaited=LEGAL, ladder=())
    hours = hours_with(pmm=NEW_YORK, legal=SINGAPORE)
    morning = at("02-05", 9, zone=SINGAPORE)  # still Thursday evening in New York
    assert reminders(reviewed, morning, hours=hours) == [(LEGAL, "2027-02-04-today")]
    assert reminders(reviewed, at("02-05", 14, zone=SINGAPORE), hours=hours) == [
        (LEGAL, "2027-02-04-late-1")
    ]


def test_the_ladder_climbs_by_overdue_working_days() -> None:
    told = {(OWNER, f"2027-02-04-late-{days}") for days in range(1, 10)}
    climbed = [
        (day, reminders(matter(told=told), at(day)))
        for day in ("02-05", "02-08", "02-09", "02-10", "02-12")
    ]
    assert climbed == [
        ("02-05", []),
        ("02-08", [(BACKUP, "2027-02-04-late-2-backup")]),
        ("02-09", [(BACKUP, "2027-02-04-late-2-backup")]),
        (
            "02-10",
            [
                (BACKUP, "2027-02-04-late-2-backup"),
                (MANAGER, "2027-02-04-late-4-manager"),
            ],
        ),
        (
            "02-12",
            [
                (who, f"2027-02-04-late-{n}")
                for who, n in [
                    (BACKUP, "2-backup"),
                    (MANAGER, "4-manager"),
                    (LEAD, "6-lead"),
                ]
            ],
        ),
    ]


def test_the_ladder_counts_from_the_day_a_late_task_was_handed_over() -> None:
    told = matter(told_at=at("02-15", 9))
    assert reminders(told, at("02-16")) == [(OWNER, "2027-02-04-late-8")]
    assert reminders(told, at("02-17")) == [
        (OWNER, "2027-02-04-late-9"),
        (BACKUP, "2027-02-04-late-2-backup"),
    ]


def test_no_one_hears_of_the_same_slip_twice() -> None:
    ladder = (
        EscalationStep(2, "backup", OWNER),
        EscalationStep(4, "manager", LEAD),
        EscalationStep(6, "lead", LEAD),
    )
    told = {(OWNER, "2027-02-04-late-7"), (LEAD, "2027-02-04-late-4-manager")}
    assert reminders(matter(ladder=ladder, told=told), at("02-15")) == []


def test_reminders_pause_after_an_answer() -> None:
    heard = matter(heard_at=at("02-08", 11))
    assert reminders(heard, at("02-08", 12)) == []
    assert reminders(heard, at("02-10")) == []
    assert reminders(heard, at("02-11")) == [
        (OWNER, "2027-02-04-late-5"),
        (BACKUP, "2027-02-04-late-2-backup"),
        (MANAGER, "2027-02-04-late-4-manager"),
    ]


def test_an_answer_does_not_pause_reminders_before_the_due_day() -> None:
    assert reminders(matter(heard_at=at("02-03")), at("02-04")) == [
        (OWNER, "2027-02-04-today")
    ]


def test_a_blocked_task_reminds_no_one_but_still_escalates() -> None:
    blocked = matter(awaited=None)
    assert reminders(blocked, at("02-03")) == []
    assert reminders(blocked, at("02-08")) == [(BACKUP, "2027-02-04-late-2-backup")]


def test_enough_is_enough() -> None:
    assert reminders(matter(ladder=(), count=10), at("02-05")) == []
    assert reminders(matter(count=10), at("02-08")) == [
        (BACKUP, "2027-02-04-late-2-backup")
    ]


def test_a_kit_may_ask_for_less() -> None:
    policy = Nudges(before=(), on_due=False, overdue_every=0, ladder=())
    assert all(
        reminders(matter(ladder=()), at(day), policy=policy) == []
        for day in ("02-01", "02-04", "02-09")
    )
    every = Nudges(before=(), on_due=False, overdue_every=3, ladder=())
    assert reminders(matter(ladder=()), at("02-08"), policy=every) == []
    assert reminders(matter(ladder=()), at("02-09"), policy=every) == [
        (OWNER, "2027-02-04-late-3")
    ]


# When to look again

ZONES = st.sampled_from(
    [
        BERLIN,
        NEW_YORK,
        SINGAPORE,
        ZoneInfo("America/Santiago"),
        ZoneInfo("Africa/Cairo"),
    ]
)


@pytest.mark.parametrize(
    "change", [date(2027, 3, 28), date(2027, 10, 31)], ids=["spring", "autumn"]
)
def test_a_change_of_the_clocks_neither_skips_nor_doubles_a_reminder(
    change: date,
) -> None:
    due = change + timedelta(2)
    told = run(
        ReminderState(due, OWNER, OWNER),
        Nudges(),
        HOURS,
        begin=change - timedelta(7),
        days=14,
    )
    assert [each.occasion.removeprefix(f"{due}-") for _, each in told][:3] == [
        "in-3",
        "in-1",
        "today",
    ]
    assert {instant.astimezone(BERLIN).time() for instant, _ in told} == {time(9)}


def run(
    found: ReminderState,
    policy: Nudges,
    hours: Callable[[str], Hours],
    *,
    begin: date,
    days: int,
) -> list[tuple[datetime, Reminder]]:
    """Return the reminders sent if the only events are the requested looks."""
    now = datetime.combine(begin, time(), BERLIN)
    told = []
    overdue_from = end_of_day(found.due, hours(found.owner).zone)
    until = now + timedelta(days)
    for _ in range(1000):
        for reminder in owed(found, policy, hours=hours, calendar=LAUNCH, now=now):
            told.append((now, reminder))
            more = not reminder.escalation
            found = replace(
                found,
                told={*found.told, (reminder.to, reminder.occasion)},
                count=found.count + more,
            )
        again = look_again(
            found, policy, hours=hours, now=now, overdue_from=overdue_from
        )
        ahead = [
            instant for instant in (again, overdue_from) if instant and instant > now
        ]
        if not ahead or min(ahead) > until:
            return told
        now = min(ahead)
    raise AssertionError("it looks for ever")


@given(
    due=st.dates(date(2027, 1, 11), date(2027, 12, 20)),
    zones=st.tuples(ZONES, ZONES, ZONES, ZONES),
    policy=st.builds(
        Nudges,
        before=st.sets(st.integers(0, 10), max_size=3).map(tuple),
        overdue_every=st.integers(0, 3),
        max=st.integers(0, 6),
    ),
    away=st.lists(st.integers(0, 30), max_size=5),
)
def test_looking_when_asked_to_finds_all_that_looking_every_hour_does(
    due, zones, policy, away
) -> None:
    off = [(due + timedelta(days - 15),) * 2 for days in away]
    people = dict(zip((OWNER, BACKUP, MANAGER, LEAD), zones, strict=True))

    def hours(email: str) -> Hours:
        return Hours(LAUNCH.without(off) if email == OWNER else LAUNCH, people[email])

    found = ReminderState(due, OWNER, OWNER, ladder=LADDER)
    seldom = run(found, policy, hours, begin=due - timedelta(20), days=40)
    now = datetime.combine(due - timedelta(20), time(), BERLIN)
    often = []
    for _ in range(40 * 24):
        for reminder in owed(found, policy, hours=hours, calendar=LAUNCH, now=now):
            often.append(reminder)
            more = not reminder.escalation
            found = replace(
                found,
                told={*found.told, (reminder.to, reminder.occasion)},
                count=found.count + more,
            )
        now += timedelta(hours=1)
    assert sorted(str(each) for _, each in seldom) == sorted(map(str, often))
    assert sum(not each.escalation for each in often) <= policy.max
    assert len({(each.to, each.occasion) for each in often}) == len(often)
    for instant, each in seldom:
        assert hours(each.to).opens(instant) == instant
