from __future__ import annotations

from launch_kits.database.records import NoticeKind, NoticeStatus
from launch_kits.database.store import Store
from launch_kits.verbs.transaction import Change, changing
from tests.launches import LEAD, NOW, PMM, SLUG, at

LATER = at("01-12")


def news(change: Change, to: str, occasion: str) -> None:
    change.filed.enqueue(
        NoticeKind.NEWS,
        to,
        task=None,
        occasion=occasion,
        send_after=change.now,
        facts=None,
    )


def test_people_are_told_once_in_the_order_of_their_notices(falcon: Store) -> None:
    with changing(falcon, SLUG, now=LATER) as change:
        for number, to in enumerate((PMM, LEAD, PMM, "#falcon")):
            news(change, to, f"test-{number}")
        assert change.told == (PMM, LEAD)


def test_a_notice_that_is_taken_back_tells_no_one(falcon: Store) -> None:
    with changing(falcon, SLUG, now=LATER) as change:
        notice = change.tell(NoticeKind.NEWS, PMM, facts={"text": "Hello"})
        notice.status = NoticeStatus.DROPPED
        assert change.told == ()


def test_a_notice_that_a_waiting_digest_tells_is_told(falcon: Store) -> None:
    with changing(falcon, SLUG, now=LATER) as change:
        notice = change.tell(NoticeKind.NEWS, PMM, facts={"text": "Hello"})
        notice.status = NoticeStatus.DROPPED
        notice.error = f"digest:{SLUG}:-:{PMM}:2027-01-12"
        assert change.told == (PMM,)


def test_a_notice_of_an_earlier_transaction_is_not_told_again(falcon: Store) -> None:
    with changing(falcon, SLUG, now=NOW) as change:
        news(change, PMM, "once")
    with changing(falcon, SLUG, now=LATER) as change:
        news(change, PMM, "once")
        assert change.told == ()
