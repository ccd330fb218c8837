from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from launch_kits import outbox
from launch_kits.database.records import DigestDue, Notice, NoticeKind
from launch_kits.database.store import Store
from launch_kits.verbs import (
    advance,
    begin,
    cancel,
    done,
    enqueue_digests,
    extend,
    reassign,
)
from launch_kits.verbs.digests import bundle
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    NEW_YORK,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    kit_with,
    notices,
    opened,
    send_all,
)

RESEARCH = kit_with(only=["research"])


def alone(store: Store, kit: dict[str, Any] = RESEARCH, **changes: Any) -> Store:
    """A launch with one task, whose message has been sent."""
    opened(store, brief_with(kit=kit, **changes))
    send_all(store)
    return store


def digests(store: Store, to: str, **having: object) -> list[Notice]:
    """The digests of a person, oldest first."""
    found = [each for each in notices(store, "digest", **having) if each.to == to]
    return sorted(found, key=lambda each: each.filed_at)


def test_several_tasks_make_a_digest_in_the_morning(falcon: Store) -> None:
    send_all(falcon)
    enqueue_digests(falcon, now=at("01-13", 8, 59))
    assert notices(falcon, "digest") == []
    enqueue_digests(falcon, now=at("01-13", 9))
    (digest,) = notices(falcon, "digest")
    assert (digest.to, digest.task, digest.send_after) == (PMM, None, at("01-13", 9))
    assert [line["task"] for line in digest.facts["tasks"]] == [
        "positioning",
        "research",
    ]
    enqueue_digests(falcon, now=at("01-13", 9, 5))
    assert len(notices(falcon, "digest")) == 1


def test_a_single_task_makes_no_digest(store: Store) -> None:
    alone(store)
    enqueue_digests(store, now=at("01-12", 9))
    assert notices(store, "digest") == []


def test_a_digest_holds_the_work_of_all_launches(store: Store) -> None:
    alone(store)
    opened(store, brief_with(launch="kestrel", kit=RESEARCH))
    enqueue_digests(store, now=at("02-03", 9))
    (digest,) = [*notices(store, "digest"), *notices(store, "digest", slug="kestrel")]
    assert {line["launch"] for line in digest.facts["tasks"]} == {SLUG, "kestrel"}


def test_tasks_for_later_are_in_a_digest_but_make_none(store: Store) -> None:
    opened(store, brief_with(kit=KIT | {"handout": None}))
    done(store, SLUG, "positioning", now=NOW)
    send_all(store)
    enqueue_digests(store, now=at("01-12", 9))
    assert notices(store, "digest") == [], "only research is in hand"
    begin(store, SLUG, "battlecard:kite", now=at("01-12"))
    enqueue_digests(store, now=at("02-03", 9))
    (digest,) = digests(store, PMM)
    assert {line["task"]: line["later"] for line in digest.facts["tasks"]} == {
        "battlecard:kite": False,
        "battlecard:osprey": True,
        "research": False,
    }
    dates = {(line["planned_start"], line["due"]) for line in digest.facts["tasks"]}
    assert ("2027-01-14", "2027-02-05") in dates


def test_a_person_with_tasks_for_later_only_is_noted_when_they_are_handed_out(
    store: Store,
) -> None:
    kit = kit_with(only=["positioning", "legal_review"]) | {"handout": None}
    opened(store, brief_with(kit=kit))
    done(store, SLUG, "positioning", now=NOW)

    def noted() -> list[str]:
        with store.read() as session:
            return list(session.exec(select(DigestDue.person)).all())

    assert LEGAL not in noted()
    advance(store, SLUG, now=at("01-14", 0))
    assert LEGAL in noted()


def test_reminders_of_the_day_go_into_its_digest(falcon: Store) -> None:
    send_all(falcon)
    now = at("02-09")
    enqueue_digests(falcon, now=now)
    advance(falcon, SLUG, now=now)
    (digest,) = digests(falcon, PMM)
    nudges = [notice for notice in notices(falcon, "nudge") if notice.to == PMM]
    assert {(notice.status, notice.error) for notice in nudges} == {
        ("dropped", digest.key)
    }
    assert len(nudges) == 2


def test_reminders_after_the_digest_was_sent_are_in_it_already(falcon: Store) -> None:
    send_all(falcon)
    enqueue_digests(falcon, now=at("02-09", 9))
    send_all(falcon, now=at("02-09", 9))
    advance(falcon, SLUG, now=at("02-09", 9, 5))
    assert {
        notice.status for notice in notices(falcon, "nudge") if notice.to == PMM
    } == {"dropped"}
    assert (
        len([notice for notice in notices(falcon, "digest") if notice.to == PMM]) == 1
    )


def test_several_escalations_are_one_digest(store: Store) -> None:
    kit = kit_with(only=["positioning", "research"])
    opened(store, brief_with(kit=kit))
    begin(store, SLUG, "research", now=NOW)
    send_all(store)
    advance(store, SLUG, now=at("02-12"))
    (digest,) = [
        notice
        for notice in notices(store, "digest", status="pending")
        if notice.to == OPS
    ]
    assert sorted(line["task"] for line in digest.facts["help"]) == [
        "positioning",
        "research",
    ]
    assert {each.error for each in notices(store, "escalation") if each.to == OPS} == {
        digest.key
    }


def test_a_person_who_has_no_work_left_hears_nothing(falcon: Store) -> None:
    send_all(falcon)
    cancel(falcon, SLUG, now=NOW)
    enqueue_digests(falcon, now=at("01-12", 9))
    assert notices(falcon, "digest") == []


def test_a_digest_comes_in_a_persons_own_morning(store: Store) -> None:
    singapore = ZoneInfo("Asia/Singapore")
    kit = kit_with(
        only=["training", "research"],
        training={"after": []},
        research={"role": "sales"},
    )
    opened(store, brief_with(kit=kit))
    enqueue_digests(store, now=at("02-03", 8, zone=singapore))
    assert digests(store, SALES) == []
    enqueue_digests(store, now=at("02-03", 9, zone=singapore))
    assert len(digests(store, SALES)) == 1


def test_a_digest_comes_only_with_something_new_and_never_repeats_the_last(
    falcon: Store,
) -> None:
    send_all(falcon)
    days = [f"01-{day:02}" for day in range(12, 30)] + [
        "02-01",
        "02-02",
        "02-03",
        "02-04",
        "02-05",
        "02-08",
    ]
    for day in days:
        enqueue_digests(falcon, now=at(day, 9))
        send_all(falcon, now=at(day, 9))
    said = [set(digest.facts["said"]) for digest in digests(falcon, PMM)]
    assert (
        [digest.facts["day"] for digest in digests(falcon, PMM)]
        == [
            "2027-01-13",  # positioning is planned to be done; research was told of the day before
            "2027-01-27",  # positioning is due in three days,
            "2027-02-01",  # today,
            # and late for two days: there were two digests that week, and one named the day
            "2027-02-03",
            "2027-02-08",  # research is due; the digest of Wednesday listed it as due soon
        ]
    )
    assert all(after - before for before, after in pairwise(said))


def test_a_late_task_is_told_again_after_five_working_days(falcon: Store) -> None:
    send_all(falcon)
    found = []
    for day in range(9, 27):
        if date(2027, 2, day).weekday() < 5:
            now = at(f"02-{day:02}", 9)
            enqueue_digests(falcon, now=now)
            advance(falcon, SLUG, now=now)
            found += [now.day] if digests(falcon, PMM, status="pending") else []
            send_all(falcon, now=now)
    assert found == [9, 16, 23]
    nudges = [each for each in notices(falcon, "nudge") if each.to == PMM]
    assert len(nudges) > 10
    assert {each.status for each in nudges} == {"dropped"}
    sent = {digest.key for digest in digests(falcon, PMM)}
    assert {each.error for each in nudges} <= sent


def test_calls_for_help_after_the_digest_wait_for_the_next_morning(
    store: Store,
) -> None:
    kit = kit_with(only=["positioning", "research"])
    opened(store, brief_with(kit=kit))
    send_all(store)
    with store.write() as session:
        session.add(
            Notice(
                key="digest:x",
                kind="digest",
                launch=SLUG,
                to=OPS,
                status="sent",
                sent_at=at("02-12", 9),
                filed_at=at("02-12", 9),
                send_after=at("02-12", 9),
                facts={"day": "2027-02-12", "said": []},
            )
        )
    advance(store, SLUG, now=at("02-12", 10))
    calls = [each for each in notices(store, "escalation") if each.to == OPS]
    assert {(each.status, each.send_after) for each in calls} == {
        ("pending", at("02-15", 9))
    }
    enqueue_digests(store, now=at("02-15", 9))
    (digest,) = digests(store, OPS, status="pending")
    assert len(digest.facts["help"]) == 2


def test_a_reader_of_digests_is_reminded_of_an_overdue_task_each_five_working_days(
    store: Store,
) -> None:
    alone(store)
    digest = Notice(key="digest:x", kind="digest", launch=SLUG, to=PMM, status="sent")
    digest.facts = {"day": "2027-02-01", "said": []}
    digest.filed_at = digest.send_after = digest.sent_at = at("02-01", 9)
    with store.write() as session:
        session.add(digest)
    found = []
    for day in range(9, 27):
        now = at(f"02-{day:02}", 9)
        if now.weekday() < 5:
            advance(store, SLUG, now=now)
            pending = notices(store, "nudge", status="pending")
            found += [day for each in pending if each.to == PMM]
            send_all(store, now=now)
    assert found == [9, 15, 22]


def test_a_call_about_a_task_that_a_digest_just_named_waits_a_morning(
    falcon: Store,
) -> None:
    send_all(falcon)
    late = {"launch": SLUG, "task": "research", "kind": "late"}
    digest = Notice(key="digest:x", kind="digest", launch=SLUG, to=OPS, status="sent")
    digest.facts = {"day": "2027-02-12", "said": [], "seen": [late]}
    digest.filed_at = digest.send_after = digest.sent_at = at("02-12", 9)
    call = Notice(key="escalation:x", kind="escalation", launch=SLUG, to=OPS)
    call.task = "research"
    call.filed_at = at("02-15", 10)
    call.send_after = call.filed_at
    hours = Hours(Calendar(), NEW_YORK)
    with falcon.write() as session:
        session.add_all([digest, call])
        session.flush()
        bundle(session, OPS, hours=hours, now=at("02-15", 10))
    (call,) = notices(falcon, "escalation")
    assert (call.status, call.send_after) == ("pending", at("02-16", 9))
    with falcon.write() as session:  # it waits once
        bundle(session, OPS, hours=hours, now=at("02-16", 9))
    (call,) = notices(falcon, "escalation")
    assert (call.status, call.send_after) == ("pending", at("02-16", 9))


def test_a_task_told_on_its_own_today_is_left_to_that_message(falcon: Store) -> None:
    send_all(falcon)
    reassign(falcon, SLUG, "legal_review", to="pmm", now=at("02-02"))
    done(falcon, SLUG, "positioning", now=at("02-03", 9))
    enqueue_digests(falcon, now=at("02-03", 9))
    (digest,) = digests(falcon, PMM)
    assert [line["task"] for line in digest.facts["tasks"]] == ["research"]
    assert any("legal_review" in mark for mark in digest.facts["said"])


def test_the_lead_reads_what_turned_late_once(falcon: Store) -> None:
    send_all(falcon)
    now = at("02-09", 9)
    advance(falcon, SLUG, now=now)
    enqueue_digests(falcon, now=now)
    (digest,) = digests(falcon, LEAD)
    late = {line["task"] for line in digest.facts["seen"] if line["kind"] == "late"}
    helped = {line["task"] for line in digest.facts["help"]}
    assert {"positioning", "research"} <= late | helped
    assert "research" in late
    assert late & helped == set(), "a call for help is the line of a late task"
    (launch,) = digest.facts["launches"]
    assert (launch["launch_on"], launch["state"]) == ("2027-02-09", "at_risk")
    send_all(falcon, now=now)
    enqueue_digests(falcon, now=at("02-10", 9))
    again = digests(falcon, LEAD)[1:]
    assert not any(
        line["task"] in late and line["kind"] == "late"
        for digest in again
        for line in digest.facts["seen"]
    )


def test_answers_that_a_person_owes_are_in_their_digest(falcon: Store) -> None:
    send_all(falcon)
    until = date(2027, 2, 19)
    extend(falcon, SLUG, "research", until=until, by=PMM, now=at("01-12"))
    enqueue_digests(falcon, now=at("01-13", 9))
    assert digests(falcon, LEAD) == [], "its own message is new"
    enqueue_digests(falcon, now=at("01-14", 9))
    (digest,) = digests(falcon, LEAD)
    (ask,) = digest.facts["asks"]
    assert (ask["wanted"], ask["task"], ask["until"]) == (
        "more time",
        "research",
        "2027-02-19",
    )


def test_a_reminder_goes_with_the_digest_of_the_day_only_if_that_lists_its_task(
    falcon: Store,
) -> None:
    send_all(falcon)
    enqueue_digests(falcon, now=at("01-13", 9))
    (digest,) = digests(falcon, PMM)
    send_all(falcon, now=at("01-13", 9))
    with falcon.write() as session:
        sent = session.get(Notice, digest.key)
        assert sent is not None
        lines = [line for line in sent.facts["tasks"] if line["task"] != "research"]
        sent.facts = {**sent.facts, "tasks": lines}
        session.add(sent)
        for key in ("research", "positioning"):
            outbox.enqueue(
                session,
                kind=NoticeKind.NUDGE,
                launch=SLUG,
                task=key,
                to=PMM,
                occasion="late",
                now=at("01-13", 10),
                send_after=at("01-13", 10),
            )
        session.flush()
        hours = Hours(Calendar(), NEW_YORK)
        bundle(session, PMM, hours=hours, now=at("01-13", 10))
    found = {each.task: each.status for each in notices(falcon, "nudge")}
    assert found == {"research": "pending", "positioning": "dropped"}
