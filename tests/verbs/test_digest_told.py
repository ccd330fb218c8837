from __future__ import annotations

from datetime import date

from sqlalchemy import event

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.database.store import Store
from launch_kits.verbs import extend, reassign
from launch_kits.verbs.digest_told import (
    asked_lately,
    digests_of,
    last_digest,
    pending_digests,
    told_lately,
    told_today,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from tests.launches import LEAD, NEW_YORK, OPS, PMM, SLUG, at, send_all

HOURS = Hours(Calendar(), NEW_YORK)


def test_a_question_about_more_time_is_new_for_a_working_day(falcon: Store) -> None:
    until = date(2027, 2, 19)
    extend(falcon, SLUG, "research", until=until, by=PMM, now=at("01-15"))
    with falcon.read() as session:
        found = {
            day: asked_lately(session, LEAD, HOURS, now=at(day, 9))
            for day in ("01-15", "01-18", "01-19")
        }
    assert found == {
        "01-15": {(SLUG, "research")},
        "01-18": {(SLUG, "research")},
        "01-19": set(),
    }


def test_a_task_is_told_on_the_day_of_its_message(falcon: Store) -> None:
    send_all(falcon)
    reassign(falcon, SLUG, "research", to=OPS, now=at("02-02"))
    with falcon.read() as session:
        assert told_today(session, OPS, HOURS, now=at("02-02")) == {(SLUG, "research")}
        assert told_today(session, OPS, HOURS, now=at("02-03", 9)) == set()


def digest(day: str, *, status: str = NoticeStatus.SENT, week: bool = False) -> Notice:
    """A digest of PMM that was filed in the morning of a day in 2027, such as 01-13."""
    now = at(day, 9)
    return Notice(
        key=f"digest:{SLUG}:-:{PMM}:{day}{'-week' if week else ''}",
        kind=NoticeKind.DIGEST,
        launch=SLUG,
        to=PMM,
        status=status,
        filed_at=now,
        send_after=now,
        sent_at=now if status == NoticeStatus.SENT else None,
        facts={"week": "2027-W03"} if week else {"day": f"2027-{day}"},
    )


def test_the_last_digest_of_a_day_is_found_behind_weeks_and_dropped_ones(
    falcon: Store,
) -> None:
    with falcon.write() as session:
        session.add_all([digest("01-11"), digest("01-12")])
        session.add_all([digest(f"01-{day}", week=True) for day in range(13, 25)])
        session.add(digest("01-26", status=NoticeStatus.DROPPED))
        session.flush()
        last = last_digest(session, PMM)
        assert last is not None
        assert last.facts["day"] == "2027-01-12"
        assert [each.key for each in digests_of(session, PMM, day="2027-01-12")] == [
            last.key
        ]
        assert digests_of(session, PMM, day="2027-01-26") == []
        assert last_digest(session, LEAD) is None


def test_only_the_last_messages_are_read(falcon: Store) -> None:
    with falcon.write() as session:
        session.add_all(
            [
                digest(f"{month:02}-{day:02}")
                for month in range(1, 5)
                for day in range(1, 29)
            ]
        )
        session.add(digest("05-03", status=NoticeStatus.PENDING))
    read: list[str] = []

    def note(notice: Notice, _: object) -> None:
        read.append(notice.key)

    event.listen(Notice, "load", note)
    with falcon.read() as session:
        assert last_digest(session, PMM) is not None
        assert len(pending_digests(session, PMM)) == 1
        assert len(digests_of(session, PMM, day="2027-05-03")) == 1
        assert told_lately(session, PMM, HOURS, now=at("05-03", 9)) == set()
    event.remove(Notice, "load", note)
    assert len(set(read)) < 9


def test_a_message_of_friday_is_new_on_monday(falcon: Store) -> None:
    send_all(falcon)
    reassign(falcon, SLUG, "research", to=OPS, now=at("02-05"))
    with falcon.read() as session:
        found = [
            told_lately(session, OPS, HOURS, now=at(day, 9))
            for day in ("02-06", "02-08", "02-09")
        ]
    about = {(SLUG, "research")}
    assert found == [about, about, set()]
