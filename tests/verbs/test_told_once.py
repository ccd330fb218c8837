"""Random histories: in one delivery a person reads of one thing once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import col, delete, select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.database.store import Store
from launch_kits.verbs import begin, block, extend
from launch_kits.verbs.told_once import (
    PARTS,
    AboutThing,
    lines_about,
    subjects_of,
    tell_once,
)
from launch_kits.worker.step import sweep_due
from tests.conftest import EMPTIED
from tests.effort import seeds
from tests.launches import LEAD, NEW_YORK, NOW, PMM, SLUG, notices, opened, send_all
from tests.verbs.test_owed_histories import History, brief

SEEDS = seeds(2)
STEPS = 25


def waiting(store: Store) -> list[Notice]:
    """The notices that the next delivery sends to people."""
    with store.read() as session:
        query = select(Notice).where(Notice.status == NoticeStatus.PENDING)
        return [each for each in session.exec(query).all() if "@" in each.to]


def next_morning(now: datetime) -> datetime:
    """The instant at which people begin to work and their digests come."""
    day = now.astimezone(NEW_YORK).date() + timedelta(1)
    return datetime.combine(day, time(9), NEW_YORK).astimezone(UTC)


def things(notice: Notice) -> set[AboutThing]:
    """Everything that a message tells its reader, lines of a digest included."""
    if notice.kind != NoticeKind.DIGEST:
        return set(subjects_of(notice))
    lines = [line for part in PARTS for line in notice.facts.get(part, [])]
    return set().union(*map(lines_about, lines))


def told_twice(found: list[Notice]) -> list[tuple[str, AboutThing]]:
    """The things that two messages tell a person, or two lines of their digest."""
    told = Counter((each.to, thing) for each in found for thing in things(each))
    twice = [each for each, times in told.items() if times > 1]
    for digest in found:
        if "seen" in digest.facts:
            lines = Counter(named(line) for line in digest.facts["tasks"])
            lines.update(named(line) for line in digest.facts["seen"])
            # a person may owe a call for help and an answer about the same task
            lines.update({named(line) for line in answers(digest)})
            twice += [(digest.to, each) for each, times in lines.items() if times > 1]
    return twice


def named(line: dict[str, str]) -> AboutThing:
    """The subject of a line, whatever is asked about a task."""
    thing = min(lines_about(line))
    return thing._replace(kind="task") if line["task"] else thing


def untold(store: Store, found: list[Notice]) -> list[tuple[str, str]]:
    """The news and calls that name a digest as that which tells them, and are not in it."""
    with store.read() as session:
        digests = {each.key: each for each in found if "day" in each.facts}
        query = select(Notice).where(col(Notice.error).in_(digests))
        merged = [
            (each, digests[str(each.error)])
            for each in session.exec(query).all()
            if each.kind in (NoticeKind.NEWS, NoticeKind.ESCALATION)
        ]
    lost = []
    for each, digest in merged:
        news = [line["facts"] for line in digest.facts.get("news", [])]
        turned = [line["launch"] for line in digest.facts.get("turned", [])]
        at_risk = each.facts.get("event") == "at risk" and each.launch in turned
        if each.facts in news or at_risk:
            continue
        told = things(digest).union(*(subjects_of(other) for other in found))
        if not told & set(subjects_of(each)):
            lost.append((each.key, digest.key))
    return lost


def answers(digest: Notice) -> list[dict[str, str]]:
    reviewed = {line["task"] for line in digest.facts["tasks"]}
    found = [*digest.facts["asks"], *digest.facts["help"]]
    return [line for line in found if line["task"] not in reviewed]


@pytest.mark.parametrize("away", [False, True], ids=["all there", "some away"])
def test_in_one_delivery_a_person_reads_of_one_thing_once(
    sqlite_store: Store, away: bool
) -> None:
    kinds: Counter[str] = Counter()
    for seed in SEEDS:
        with sqlite_store.write() as session:
            for table in EMPTIED:
                session.exec(delete(table))
        history = History(sqlite_store, seed, away=away)
        send_all(sqlite_store)
        for _ in range(STEPS):
            history.step()
            for now in (history.now, next_morning(history.now)):
                sweep_due(sqlite_store, now=now)
                history.now = now
                found = waiting(sqlite_store)
                assert told_twice(found) == [], [each.key for each in found]
                assert untold(sqlite_store, found) == []
                kinds.update(each.kind for each in found)
                send_all(sqlite_store, now=now)
    assert {"digest", "task", "review", "news", "escalation"} <= set(kinds)


def digest(store: Store, *, merged: bool = False) -> Notice:
    """A digest that waits beside the message of the task it lists."""
    opened(store, brief(away=False))
    with store.write() as session:
        line = {"launch": SLUG, "task": "research", "title": "Research"}
        facts = {"day": "2027-01-11", "tasks": [line], "asks": [], "help": []}
        found = Notice(
            key="digest:1",
            kind=NoticeKind.DIGEST,
            launch=SLUG,
            to=PMM,
            filed_at=NOW,
            send_after=NOW,
            facts={**facts, "seen": [], "launches": []},
        )
        session.add(found)
        if merged:
            session.add(
                Notice(
                    key="escalation:1",
                    kind=NoticeKind.ESCALATION,
                    launch=SLUG,
                    task="research",
                    to=PMM,
                    filed_at=NOW,
                    send_after=NOW,
                    status=NoticeStatus.DROPPED,
                    error="digest:1",
                )
            )
        session.flush()
        tell_once(session)
    (found,) = notices(store, "digest")
    return found


def test_a_digest_of_which_nothing_is_left_is_dropped(store: Store) -> None:
    found = digest(store)
    assert found.status == NoticeStatus.DROPPED
    assert found.error == "all that it says has messages of its own"


def test_a_question_about_more_time_tells_nothing_of_a_block(store: Store) -> None:
    """Both are about one task, and the lead's answer to one leaves the other open."""
    opened(store)
    night = datetime(2027, 1, 13, 3, tzinfo=NEW_YORK)
    begin(store, SLUG, "positioning", now=NOW)
    extend(store, SLUG, "positioning", until=date(2027, 3, 1), note="Late", now=night)
    block(store, SLUG, "positioning", note="No logo yet", now=night)
    sweep_due(store, now=night.replace(hour=9))
    told = [each for each in waiting(store) if each.to == LEAD]
    assert AboutThing(SLUG, "more time", "positioning") in set().union(
        *map(things, told)
    )
    assert AboutThing(SLUG, "blocked", "positioning") in set().union(*map(things, told))


def test_a_digest_that_took_in_other_notices_stays(store: Store) -> None:
    found = digest(store, merged=True)
    assert found.status == NoticeStatus.PENDING
    assert [line["task"] for line in found.facts["tasks"]] == ["research"]
