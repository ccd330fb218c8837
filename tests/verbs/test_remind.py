from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from launch_kits.database.queries import tasks_of
from launch_kits.database.records import Notice, NoticeStatus
from launch_kits.database.store import Store
from launch_kits.verbs import (
    advance,
    begin,
    block,
    cancel,
    done,
    drop,
    extend,
    note,
    reassign,
    reopen,
    submit,
    unblock,
)
from launch_kits.verbs.digest_reminders import ENOUGH_TOLD
from launch_kits.views.launch import read_launch
from launch_kits.views.notices.closing import closing
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SLUG,
    at,
    brief_with,
    kit_with,
    launch,
    notices,
    opened,
    send_all,
)

#: research is due on Monday 8 February, and the only task
DUE = date(2027, 2, 8)
RESEARCH = kit_with(only=["research"])
LONG = kit_with(only=["research"], research={"days": 3})
REVIEWED = kit_with(only=["research"], research={"review": "legal"})


def alone(store: Store, kit: dict[str, Any] = RESEARCH, **changes: Any) -> Store:
    """A launch with one task, whose message has been sent."""
    opened(store, brief_with(kit=kit, **changes))
    send_all(store)
    return store


def told(store: Store, now: datetime) -> list[tuple[str, str]]:
    """Who is reminded at an instant, and on which occasion; those whose turn it is come first."""
    before = {notice.key for notice in notices(store)}
    advance(store, SLUG, now=now)
    new = [
        notice
        for notice in notices(store)
        if notice.key not in before and notice.kind in ("nudge", "escalation")
    ]
    send_all(store, now=now)
    new.sort(key=lambda notice: (notice.kind != "nudge", occasion(notice)))
    return [(f"{notice.kind} {notice.to}", occasion(notice)) for notice in new]


def occasion(notice: Notice) -> str:
    return notice.key.rpartition(":")[2].removeprefix(f"{DUE}-")


def test_an_owner_is_reminded_as_the_kit_says(store: Store) -> None:
    alone(store, LONG)
    early = ["01-11", "01-12", "01-13"]
    days = ["02-02", "02-03", "02-04", "02-05", "02-08", "02-09", "02-10"]
    found = [each for day in (*early, *days) for each in told(store, at(day))]
    assert found == [
        (f"nudge {PMM}", "2027-01-13-planned"),
        (f"nudge {PMM}", "in-3"),
        (f"nudge {PMM}", "in-1"),
        (f"nudge {PMM}", "today"),
        (f"nudge {PMM}", "late-1"),
        (f"nudge {PMM}", "late-2"),
        (f"escalation {OPS}", "late-2-backup"),
    ]


def test_the_ladder_leads_to_backup_manager_and_lead(store: Store) -> None:
    ladder = [
        {"after": 1, "to": "backup"},
        {"after": 2, "to": "manager"},
        {"after": 3, "to": "legal"},
    ]
    alone(store, RESEARCH | {"nudges": {"ladder": ladder}})
    days = ["02-09", "02-10", "02-11"]
    assert [
        [who for who, _ in told(store, at(day)) if who.startswith("esc")]
        for day in days
    ] == [
        [f"escalation {OPS}"],
        [f"escalation {LEAD}"],
        [f"escalation {LEGAL}"],
    ]


def test_a_lead_hears_of_late_work_and_then_of_its_late_approval(store: Store) -> None:
    ladder = [{"after": 2, "to": "lead"}]
    alone(store, REVIEWED | {"nudges": {"ladder": ladder}})
    assert (f"escalation {LEAD}", "late-2-lead") in told(store, at("02-10"))
    submit(store, SLUG, "research", now=at("02-10", 12))
    send_all(store, now=at("02-10", 12))
    (first,) = notices(store, "escalation")
    with store.read() as session:
        view = read_launch(session, SLUG, now=at("02-10", 12), documents=Path())
    assert closing(first, view) == {"why": "goes on", "to": LEGAL}
    assert [each for each in told(store, at("02-11")) if each[0].endswith(LEAD)] == []
    assert (f"escalation {LEAD}", "late-2-lead-review") in told(store, at("02-15"))


def test_a_sweep_at_the_same_instant_tells_nothing_twice(store: Store) -> None:
    alone(store)
    assert told(store, at("02-03"))
    assert told(store, at("02-03")) == []
    assert told(store, at("02-03", 16)) == []


def test_a_week_without_sweeps_is_made_up_for_by_one_reminder(store: Store) -> None:
    alone(store)
    assert told(store, at("02-16")) == [
        (f"nudge {PMM}", "late-6"),
        (f"escalation {OPS}", "late-2-backup"),
        (f"escalation {LEAD}", "late-4-manager"),
    ]


def test_a_person_who_acts_on_an_overdue_task_is_left_alone_until_the_pause_ends(
    store: Store,
) -> None:
    alone(store)
    told(store, at("02-09"))
    note(store, SLUG, "research", now=at("02-09", 11), note="On it")
    assert [told(store, at(day)) for day in ("02-10", "02-11")] == [[], []]
    assert told(store, at("02-12"))[0] == (f"nudge {PMM}", "late-4")


def test_no_more_than_the_policy_says(store: Store) -> None:
    alone(store, RESEARCH | {"nudges": {"max": 4, "ladder": []}})
    days = [at("02-01") + timedelta(days) for days in range(30)]
    assert sum(len(told(store, day)) for day in days) == 4


def test_an_extension_begins_anew(store: Store) -> None:
    alone(store)
    told(store, at("02-03"))
    until = date(2027, 2, 10)
    now = at("02-03", 11)
    extend(store, SLUG, "research", until=until, by=LEAD, now=now)
    assert told(store, at("02-05"))[0][0] == f"nudge {PMM}"
    assert notices(store, "nudge")[-1].key.endswith("2027-02-10-in-3")


def test_a_blocked_task_reminds_no_one_and_its_backup_helps_once_it_is_late(
    store: Store,
) -> None:
    alone(store)
    block(store, SLUG, "research", now=NOW, note="No data")
    send_all(store)
    assert told(store, at("02-05")) == []
    assert told(store, at("02-10")) == [(f"escalation {OPS}", "late-2-backup")]
    unblock(store, SLUG, "research", now=at("02-10"))
    assert told(store, at("02-15"))[0] == (f"nudge {PMM}", "late-5")


def test_in_review_the_approver_is_reminded(store: Store) -> None:
    alone(store, REVIEWED)
    submit(store, SLUG, "research", now=at("02-02"))
    send_all(store, now=at("02-02"))
    assert told(store, at("02-03")) == [], "they were asked the day before"
    assert told(store, at("02-05")) == [(f"nudge {LEGAL}", "in-1")]


def test_a_task_that_waits_reminds_no_one(store: Store) -> None:
    opened(store, brief_with())
    send_all(store)
    advance(store, SLUG, now=at("03-05"))
    assert {notice.task for notice in notices(store) if notice.kind == "nudge"} == {
        "positioning",
        "research",
    }


def test_what_is_closed_reminds_no_one(store: Store) -> None:
    alone(store, kit_with(only=["research", "positioning"]))
    done(store, SLUG, "research", now=NOW)
    drop(store, SLUG, "positioning", now=NOW)
    assert told(store, at("02-05")) == []


def test_a_reopened_task_is_reminded_of_again(store: Store) -> None:
    alone(store)
    done(store, SLUG, "research", now=at("01-12"))
    assert told(store, at("02-05")) == []
    reopen(store, SLUG, "research", now=at("02-05", 11))
    send_all(store, now=at("02-05", 11))
    assert told(store, at("02-08")) == [(f"nudge {PMM}", "today")]


def test_a_new_owner_is_reminded_on_their_own_account(store: Store) -> None:
    alone(store)
    told(store, at("02-03"))
    reassign(store, SLUG, "research", to="legal", now=at("02-04"))
    send_all(store, now=at("02-04"))
    assert told(store, at("02-05")) == [], "their first message is fresh"
    assert told(store, at("02-08")) == [(f"nudge {LEGAL}", "today")]


def test_each_is_told_in_their_own_hours(store: Store) -> None:
    kit = kit_with(only=["training"], training={"after": []})
    alone(store, kit)
    assert told(store, at("02-05")) == [], "it is night in Singapore"
    assert [
        who for who, _ in told(store, at("02-05", zone=ZoneInfo("Asia/Singapore")))
    ] == ["nudge sales@example.com"]


def test_the_next_look_finds_the_next_reminder(store: Store) -> None:
    alone(store, LONG)
    seen = []
    for _ in range(90):
        with store.read() as session:
            (task,) = tasks_of(session, SLUG)
        if task.look_at is None or task.look_at > at("05-20"):
            break
        seen += [word for _, word in told(store, task.look_at)]
    assert seen[:4] == ["2027-01-13-planned", "in-3", "in-1", "today"]
    assert seen[4:7] == ["late-1", "late-2", "late-2-backup"]
    reminders = notices(store, "nudge")
    sent = [each for each in reminders if each.status == NoticeStatus.SENT]
    waited = [each for each in reminders if each.error == ENOUGH_TOLD]
    assert len(sent) == 10
    assert len(sent) + len(waited) == len(reminders)
    assert len(seen) == len(reminders) + 2


# The launch as a whole


def test_the_headline_is_brought_up_to_date_every_day(store: Store) -> None:
    alone(store)
    (headline,) = notices(store, "headline")
    assert not headline.outdated
    advance(store, SLUG, now=NOW + timedelta(hours=5))
    assert not notices(store, "headline")[0].outdated
    advance(store, SLUG, now=at("01-12", 0, 1))
    assert notices(store, "headline")[0].outdated


@pytest.mark.parametrize("kind", ["sqlite"])  # 360 hours send the same statements
def test_the_sponsor_hears_once_a_week(store: Store) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["sponsor"] = {"name": "Sue", "email": "sponsor@example.com"}
    opened(store, brief_with(kit=RESEARCH, team=team))
    now = NOW
    for _ in range(15 * 24):
        advance(store, SLUG, now=now)
        now += timedelta(hours=1)
    weekly = [
        (notice.key.rpartition(":")[2], notice.filed_at)
        for notice in notices(store, "digest")
    ]
    assert weekly == [("2027-W03", at("01-18", 9)), ("2027-W04", at("01-25", 9))]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_week_begins_as_in_the_country_of_the_launch(store: Store) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["sponsor"] = {
        "name": "Sue",
        "email": "sponsor@example.com",
        "timezone": "Asia/Jerusalem",
    }
    opened(store, brief_with(kit=RESEARCH, team=team, holidays="IL"))
    for hour in range(15 * 24):
        advance(store, SLUG, now=NOW + timedelta(hours=hour))
    filed = {
        notice.key.rpartition(":")[2]: notice.filed_at.astimezone(
            ZoneInfo("Asia/Jerusalem")
        )
        for notice in notices(store, "digest")
    }
    # the Sundays 17 and 24 January, at nine in the morning there
    assert {week: (at.day, at.hour) for week, at in filed.items()} == {
        "2027-W03": (17, 9),
        "2027-W04": (24, 9),
    }


def test_without_a_sponsor_there_is_no_weekly_summary(store: Store) -> None:
    alone(store)
    advance(store, SLUG, now=at("01-18"))
    assert notices(store, "digest") == []


def test_a_launch_that_ended_is_looked_at_no_more(store: Store) -> None:
    alone(store)
    assert launch(store).look_at == at("01-12", 0)
    cancel(store, SLUG, now=NOW)
    assert launch(store).look_at is None


# Digests


def test_the_reminder_of_the_planned_finish_goes_by_the_day_work_began(
    falcon: Store,
) -> None:
    """The task of two days was planned for the 11th and 12th."""
    begin(falcon, SLUG, "research", now=at("01-13", 9))
    advance(falcon, SLUG, now=at("01-13", 10))
    assert notices(falcon, "nudge", key="research") == []
    advance(falcon, SLUG, now=at("01-14", 9))
    (nudge,) = notices(falcon, "nudge", key="research")
    assert nudge.facts["planned_finish"] == "2027-01-14"


def test_more_time_moves_the_reminder_of_the_planned_finish(falcon: Store) -> None:
    begin(falcon, SLUG, "research", now=NOW)
    extend(falcon, SLUG, "research", until=date(2027, 1, 20), now=NOW)
    advance(falcon, SLUG, now=at("01-13", 9))
    assert notices(falcon, "nudge", key="research") == []
    advance(falcon, SLUG, now=at("01-20", 9))
    (nudge,) = notices(falcon, "nudge", key="research")
    assert nudge.facts["planned_finish"] == "2027-01-20"
