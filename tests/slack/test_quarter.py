"""Fifteen weeks with nine people: how many messages each got, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import pytest

from launch_kits.database.records import NoticeKind, NoticeStatus
from launch_kits.database.store import Store
from launch_kits.outbox import merged_into
from tests.counted import Count
from tests.effort import MORE
from tests.slack.quarter import WEEKS, Posted, Quarter

#: messages that a person gets in a week beside one for each task, on average over all people
A_WEEK = 2.0
#: the most for one of them: the lead, who is asked for answers about everyone's work
A_WEEK_AT_MOST = 2.0
#: messages that a person gets on one day beside one for each task
A_DAY = 3


#: the histories that are lived through
SEEDS = [7, 5, 1, 2][:MORE]


@pytest.fixture(scope="module", params=SEEDS)
def quarter(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Quarter]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('quarter') / 'launch-kits.db'}")
    lived = Quarter(store, seed=request.param)
    lived.live()
    yield lived
    store.close()


def to_people(quarter: Quarter) -> list[Posted]:
    return [each for each in quarter.box.posted if "@" in each.notice.to]


def of(quarter: Quarter, who: str) -> list[Posted]:
    return [each for each in to_people(quarter) if each.notice.to == who]


def besides(posted: Sequence[Posted]) -> list[Posted]:
    """The messages of one person beside one for each task."""
    seen: set[str | None] = set()
    found = []
    for each in posted:
        if each.notice.kind in ("task", "review") and each.notice.task not in seen:
            seen.add(each.notice.task)
        else:
            found.append(each)
    return found


def days(quarter: Quarter, posted: Sequence[Posted]) -> Counter[tuple[str, date]]:
    """The messages of each person on each day of theirs."""
    hours = quarter.calendars.hours_of
    return Counter(
        (each.notice.to, hours(each.notice.to).day(each.at)) for each in posted
    )


def table(quarter: Quarter) -> str:
    """The counts of each person: in all, a week beside one for each task, a day, by kind."""
    lines = [str(Counter(each.notice.kind for each in quarter.box.posted))]
    for who in quarter.people:
        mine = of(quarter, who)
        kinds = Counter(each.notice.kind for each in mine)
        a_week = len(besides(mine)) / WEEKS
        a_day = max(days(quarter, besides(mine)).values(), default=0)
        lines.append(
            f"{who:24}{len(mine):4}{a_week:6.2f} a week, {a_day} a day; {dict(kinds)}"
        )
    return "\n".join(lines)


def test_it_was_a_quarter_worth_looking_at(
    quarter: Quarter, show_counts: Count
) -> None:
    show_counts(table(quarter))
    kinds = Counter(each.notice.kind for each in quarter.box.posted)
    for kind, least in {"digest": 40, "task": 40, "review": 10, "news": 10}.items():
        assert kinds[kind] >= least, kind


def test_no_one_is_disturbed_outside_their_hours(quarter: Quarter) -> None:
    for each in to_people(quarter):
        hours = quarter.calendars.hours_of(each.notice.to)
        assert hours.opens(each.at) == each.at, each.notice.key


def test_a_person_gets_few_messages_a_week_beside_one_for_each_task(
    quarter: Quarter,
) -> None:
    a_week = [len(besides(of(quarter, who))) / WEEKS for who in quarter.people]
    assert sum(a_week) / len(a_week) <= A_WEEK
    assert max(a_week) <= A_WEEK_AT_MOST


def test_no_day_has_many_messages(quarter: Quarter) -> None:
    beside = [each for who in quarter.people for each in besides(of(quarter, who))]
    assert max(days(quarter, beside).values()) <= A_DAY


def test_a_person_gets_one_digest_a_day_at_most_and_none_twice(
    quarter: Quarter,
) -> None:
    for who in quarter.people:
        digests = (each for each in of(quarter, who) if each.notice.kind == "digest")
        mine = [each for each in digests if "day" in each.notice.facts]
        assert max(days(quarter, mine).values(), default=0) <= 1
        for before, after in pairwise(mine):
            assert after.text != before.text
            new = set(after.notice.facts["said"]) - set(before.notice.facts["said"])
            assert new or after.notice.facts["help"], after.notice.key


def test_nothing_is_dropped_in_silence(quarter: Quarter) -> None:
    outbox = quarter.outbox()
    sent = {each.key for each in outbox if each.status == NoticeStatus.SENT}
    for each in outbox:
        if each.status == NoticeStatus.DROPPED:
            assert each.error, each.key
            digest = merged_into(each)
            assert digest is None or digest in sent, each.key


def test_news_that_a_digest_took_in_are_in_its_text(quarter: Quarter) -> None:
    texts = {each.notice.key: each.text for each in quarter.box.posted}
    merged = [
        each
        for each in quarter.outbox()
        if each.kind == NoticeKind.NEWS and merged_into(each) is not None
    ]
    assert merged
    for each in merged:
        text = texts[str(merged_into(each))]
        if each.facts.get("event") == "at risk":
            assert text.startswith("Valkey 9.0 is at risk now. "), each.key
            continue
        # a gate or a blocked task that its reader is asked for is told in that line
        asked = each.facts.get("gate") or each.facts.get("event") == "blocked"
        listed = text if asked else text.partition("\nNews\n")[2]
        facts = each.facts
        named = facts.get("gate") or facts.get("name") or facts.get("note")
        assert str(named or "") in listed, each.key
        assert listed, each.key
