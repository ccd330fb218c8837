"""A month of a launch of sixty tasks, hour by hour: the messages, their readers and their times."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from launch_kits.database.queries import notices_of, tasks_of
from launch_kits.database.records import Notice, NoticeStatus, Task, TaskStatus
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.inputs.brief import Brief
from launch_kits.outbox import merged_into
from launch_kits.plan.calendars import Calendars
from launch_kits.settings import Settings
from launch_kits.slack.api import transport
from launch_kits.slack.outbound import client
from launch_kits.verbs import (
    approve,
    begin,
    block,
    done,
    extend,
    note,
    open_launch,
    unblock,
)
from launch_kits.workdays.calendar import working_moment
from launch_kits.worker.delivery import deliver
from launch_kits.worker.step import sweep_due
from tests.counted import Count
from tests.slack.stand_in import TOKEN, StandIn

SLUG = "falcon-2"
BEGIN = datetime(2027, 3, 1, tzinfo=UTC)
DAYS = 31
TASKS = 60
ZONES = [
    "America/New_York",
    "Europe/Berlin",
    "Asia/Singapore",
    "Asia/Kolkata",
    "America/Los_Angeles",
    "Europe/London",
]
ROLES = ["lead", "pmm", "marketing", "sales", "legal", "support"]
#: reminders that one person gets on one day at most, however much is late: the digest, and what
#: came up after it
MOST = 2
REMINDING = ("nudge", "escalation", "digest")


def brief() -> Brief:
    """Sixty tasks in chains of four, for six people on three continents.

    The clocks change within the month.
    """
    people = {
        role: {
            "name": role.title(),
            "email": f"{role}@example.com",
            "timezone": zone,
            "manager": "lead",
            "backup": ROLES[at - 1],
        }
        for at, (role, zone) in enumerate(zip(ROLES, ZONES, strict=True))
    }
    people["pmm"]["holidays"] = "DE"
    people["sales"]["away"] = [{"from": "2027-03-08", "to": "2027-03-12"}]
    tasks: list[dict[str, Any]] = [
        {
            "key": f"t{number}",
            "title": f"Task {number}",
            "role": ROLES[number % 6],
            "days": 1 + number % 4,
            "after": [f"t{number - 1}"] if number % 4 else [],
            "due": f"T-{max(1, 21 - number // 3)}",
            **({"review": "lead"} if number % 5 == 0 else {}),
        }
        for number in range(TASKS)
    ]
    return Brief.model_validate(
        {
            "launch": SLUG,
            "product": "Falcon 2",
            "kit": {
                "kit": "sixty",
                "title": "Sixty",
                "stages": [{"key": "all", "title": "All", "tasks": tasks}],
            },
            "begin_on": "2027-03-01",
            "launch_on": "2027-03-30",
            "timezone": "Europe/Berlin",
            "team": people
            | {"sponsor": {"name": "Sponsor", "email": "sponsor@example.com"}},
        }
    )


class People:
    """They do their work, mostly; some of it late, some of it never."""

    def __init__(self, store: Store, found: Brief) -> None:
        self.store = store
        self.dice = random.Random(9)
        self.calendars = Calendars(found)

    def work(self, now: datetime) -> None:
        with self.store.read() as session:
            tasks = tasks_of(session, SLUG)
        for task in tasks:
            who = task.awaited or task.owner
            zone = self.calendars.brief.zone(who)
            if (
                working_moment(self.calendars.of(who), timezone=zone, now=now) == now
                and self.dice.random() < 0.08
            ):
                try:
                    self.act(task, now)
                except Refused:
                    continue

    def act(self, task: Task, now: datetime) -> None:
        key = task.key
        luck = self.dice.random()
        if int(key[1:]) % 7 == 3 and luck < 0.95:
            return  # no one ever does it
        match task.status:
            case TaskStatus.READY:
                begin(self.store, SLUG, key, now=now)
            case TaskStatus.DOING if luck < 0.2:
                done(self.store, SLUG, key, now=now)
            case TaskStatus.DOING if luck < 0.3:
                block(self.store, SLUG, key, now=now, note="Waiting for data")
            case TaskStatus.DOING if luck < 0.4:
                note(self.store, SLUG, key, now=now, note="On it")
            case TaskStatus.DOING if luck < 0.45:
                extend(self.store, SLUG, key, until=task.due + timedelta(3), now=now)
            case TaskStatus.REVIEW if luck < 0.6:
                approve(self.store, SLUG, key, now=now)
            case TaskStatus.BLOCKED if luck < 0.3:
                unblock(self.store, SLUG, key, now=now)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> list[Notice]:
    """The outbox after the month, and after a week without any sweep in its middle."""
    found = brief()
    home = tmp_path_factory.mktemp("month")
    store = Store(f"sqlite:///{home / 'launch-kits.db'}")
    pace, transport.PACE = transport.PACE, 0
    client.connect.cache_clear()
    with StandIn(*(person.email for person in found.team.values())) as slack:
        settings = Settings.read(
            {
                "LAUNCH_KITS_HOME": str(home),
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_BASE_URL": slack.url,
            }
        )
        open_launch(store, found, now=BEGIN, accept_late=True)
        people = People(store, found)
        for hour in range(24 * DAYS):
            now = BEGIN + timedelta(hours=hour)
            people.work(now)
            if not 13 <= hour // 24 < 20:
                sweep_due(store, now=now)
                assert deliver(store, settings=settings, now=now).problems == ()
        with store.read() as session:
            outbox = list(notices_of(session, SLUG))
        keys = Counter(
            message["metadata"]["event_payload"]["key"]
            for message in slack.posted
            if notice_of(message)
        )
        assert keys == Counter(
            each.key for each in outbox if each.status == NoticeStatus.SENT
        )
    store.close()
    transport.PACE = pace
    client.connect.cache_clear()
    return outbox


def notice_of(message: dict[str, Any]) -> bool:
    return bool(message["metadata"]["event_type"] == "launch_kits_notice")


def local_day(notice: Notice) -> tuple[str, str]:
    assert notice.sent_at
    return notice.to, notice.sent_at.astimezone(brief().zone(notice.to)).strftime(
        "%m-%d"
    )


def test_it_was_a_month_worth_looking_at(month: list[Notice]) -> None:
    kinds = Counter(each.kind for each in month)
    assert kinds["nudge"] > 50
    assert kinds["escalation"] > 20
    assert kinds["digest"] > 30
    assert kinds["review"] > 3


def test_nobody_is_disturbed_outside_their_hours(month: list[Notice]) -> None:
    calendars = Calendars(brief())
    for each in month:
        if "@" in each.to and each.sent_at:
            zone = calendars.brief.zone(each.to)
            assert (
                working_moment(calendars.of(each.to), timezone=zone, now=each.sent_at)
                == each.sent_at
            ), each.key


def test_no_one_gets_more_than_the_policy_says(
    month: list[Notice], show_counts: Count
) -> None:
    policy = brief().kit_in_place.nudges
    nudges = Counter(each.task for each in month if each.kind == "nudge")
    assert max(nudges.values()) <= policy.max
    by_day = Counter(
        local_day(each) for each in month if each.kind in REMINDING and each.sent_at
    )
    show_counts(table(by_day))
    assert max(by_day.values()) <= MOST
    assert len({each.key for each in month}) == len(month)


def test_after_a_week_without_sweeps_there_is_no_flood(month: list[Notice]) -> None:
    back = BEGIN + timedelta(days=20)
    caught_up = Counter(
        each.to
        for each in month
        if each.kind in REMINDING
        and each.sent_at
        and back <= each.sent_at < back + timedelta(days=2)
    )
    assert caught_up
    assert max(caught_up.values()) <= MOST


def test_nothing_is_dropped_in_silence(month: list[Notice]) -> None:
    sent = {each.key for each in month if each.status == NoticeStatus.SENT}
    for each in month:
        digest = merged_into(each)
        assert each.status in (
            NoticeStatus.SENT,
            NoticeStatus.PENDING,
            NoticeStatus.DROPPED,
        ), each.key
        if digest is not None:
            assert digest in sent, each.key
        elif each.status == NoticeStatus.DROPPED:
            assert each.error, each.key
        elif each.status == NoticeStatus.PENDING:
            assert each.send_after > BEGIN + timedelta(days=DAYS, hours=-1), each.key


def test_the_sponsor_gets_five_lines_a_week(month: list[Notice]) -> None:
    assert [local_day(each) for each in month if each.to == "sponsor@example.com"] == [
        ("sponsor@example.com", day) for day in ("03-08", "03-22", "03-29")
    ]


def table(by_day: Counter[tuple[str, str]]) -> str:
    """Reminders for each person on each day."""
    people = sorted({who for who, _ in by_day})
    days = sorted({day for _, day in by_day})
    lines = [" " * 24 + " ".join(day[3:] for day in days)]
    lines += [
        who.ljust(24) + " ".join(str(by_day[who, day] or "").rjust(2) for day in days)
        for who in people
    ]
    return "\n".join(lines)
