from __future__ import annotations

from datetime import date, timedelta

from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from launch_kits.verbs import advance, begin, delegate, done, extend, reject
from launch_kits.verbs.delegated_parts import DelegationRequest, hand_on
from launch_kits.verbs.delegation_notices import readers
from launch_kits.verbs.transaction import reading
from tests.launches import (
    LEAD,
    LEGAL,
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
    task,
)
from tests.verbs.statuses import REVIEWED

UNTIL = date(2027, 1, 22)


def hearing(store: Store, *, to: str, by: str | None) -> list[str]:
    asked = DelegationRequest(PMM, to, UNTIL, by)
    with reading(store, SLUG, now=NOW) as change:
        parts = hand_on(change, asked, by=by or LEAD)
        return list(readers({change: parts}, asked, by={change: by or LEAD}))


def test_the_deputy_and_the_lead_hear_of_it_but_not_the_one_who_asks(
    falcon: Store,
) -> None:
    assert hearing(falcon, to=SALES, by=None) == [SALES]
    assert hearing(falcon, to=SALES, by=PMM) == [SALES, LEAD]
    assert hearing(falcon, to=OPS, by=OPS) == [LEAD]
    assert hearing(falcon, to=LEAD, by=PMM) == [LEAD]


def test_a_pending_message_to_the_person_is_taken_back(falcon: Store) -> None:
    delegate(falcon, person=PMM, to=SALES, until=UNTIL, launch=SLUG, now=NOW)
    there = {each.to: each for each in notices(falcon, "task", key="research")}
    assert there[PMM].status == NoticeStatus.DROPPED
    assert there[SALES].error == notices(falcon, "news")[0].key


def test_the_one_who_asks_and_acts_gets_the_messages_themselves(falcon: Store) -> None:
    send_all(falcon)
    delegate(falcon, person=PMM, to=OPS, until=UNTIL, launch=SLUG, by=OPS, now=NOW)
    mine = [each for each in notices(falcon, "task") if each.to == OPS]
    assert {each.status for each in mine} == {NoticeStatus.PENDING}


def test_a_review_is_put_into_the_list_too(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    done(falcon, SLUG, "battlecard:kite", now=NOW)
    send_all(falcon)
    delegate(falcon, person=LEGAL, to=SALES, until=UNTIL, launch=SLUG, now=NOW)
    *_, review = notices(falcon, "review")
    (news,) = notices(falcon, "news")
    assert (review.to, review.status, review.error) == (
        SALES,
        NoticeStatus.DROPPED,
        news.key,
    )


def test_tasks_that_are_handed_out_by_it_are_put_into_the_list(store: Store) -> None:
    """Away, the owner has fewer days left, so that a task kept for later is due to begin."""
    kit = {**kit_with(research={"due": "T-12"}), "handout": None}
    opened(store, brief_with(kit=kit), level=True)
    send_all(store)
    assert notices(store, "task", key="positioning") == []
    until = date(2027, 1, 29)
    delegate(store, person=PMM, to=SALES, until=until, launch=SLUG, now=NOW)
    (news,) = notices(store, "news")
    told = {each.task: each for each in notices(store, "task") if each.to == SALES}
    assert "positioning" in told
    assert {(each.status, each.error) for each in told.values()} == {
        (NoticeStatus.DROPPED, news.key)
    }
    listed = [part["task"] for part in news.facts["tasks"]]
    assert set(told) <= set(listed)
    assert len(listed) == len(set(listed))


def test_a_task_of_the_list_gets_a_message_of_its_own_once_it_is_begun(
    falcon: Store,
) -> None:
    send_all(falcon)
    delegate(falcon, person=PMM, to=SALES, until=UNTIL, launch=SLUG, now=NOW)
    begin(falcon, SLUG, "positioning", by=SALES, now=NOW)
    waiting = notices(falcon, "task", key="positioning", status=NoticeStatus.PENDING)
    assert [each.to for each in waiting] == [SALES]


def test_questions_about_more_time_are_lines_of_the_list_and_go_back_once(
    falcon: Store,
) -> None:
    extend(falcon, SLUG, "research", until=date(2027, 3, 8), now=NOW)
    extend(falcon, SLUG, "training", until=date(2027, 3, 8), now=NOW)
    send_all(falcon)
    delegate(falcon, person=LEAD, to=OPS, until=UNTIL, launch=SLUG, by=LEAD, now=NOW)
    (told,) = (each for each in notices(falcon, "news") if each.to == OPS)
    asked = [(row["field"], row["until"]) for row in told.facts["tasks"]]
    assert asked == [("more time", "2027-03-08")] * 2
    days = ("01-12", "01-13")
    for day in days:
        send_all(falcon, now=at(day, 9))
        advance(falcon, SLUG, now=at(day, 9))
    reached = [
        each.to for each in notices(falcon, "review") if each.status != "dropped"
    ]
    assert reached == [LEAD, LEAD]
    advance(falcon, SLUG, now=at("01-25", 9))
    reached = [
        each.to for each in notices(falcon, "review") if each.status == "pending"
    ]
    assert reached == [LEAD, LEAD]


def test_work_that_a_deputy_handed_in_is_sent_back_to_them(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", by=PMM, now=NOW)
    send_all(falcon)
    delegate(falcon, person=PMM, to=SALES, until=UNTIL, launch=SLUG, now=NOW)
    done(falcon, SLUG, REVIEWED, by=SALES, now=NOW)
    reject(falcon, SLUG, REVIEWED, by=LEAD, note="No price in it", now=NOW)
    send_all(falcon)
    assert task(falcon, REVIEWED).in_hands_of == SALES
    *_, told = notices(falcon, "news", key=REVIEWED)
    assert (told.to, told.status) == (SALES, NoticeStatus.SENT)
    advance(falcon, SLUG, now=NOW + timedelta(14))
    news = notices(falcon, "news", status=NoticeStatus.PENDING)
    (back,) = (each for each in news if each.facts.get("back"))
    assert back.to == PMM
    assert (REVIEWED, "doing") in {
        (part["task"], part["status"]) for part in back.facts["tasks"]
    }
    assert task(falcon, REVIEWED).in_hands_of is None
