from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotYours, Refused
from launch_kits.verbs import (
    answer_extension,
    approve,
    block,
    done,
    drop,
    extend,
    move,
    reassign,
    reject,
    submit,
    unblock,
)
from launch_kits.views.slips import read_slips
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SLUG,
    STRANGER,
    at,
    changed,
    dump,
    events,
    extensions,
    notices,
    pending,
    sentence_of,
    status,
    task,
)
from tests.verbs.more_time import BEYOND, CARD, DUE, ask


def both_asked(store: Store) -> None:
    done(store, SLUG, "positioning", now=NOW)
    submit(store, SLUG, CARD, now=NOW)
    changed(extend(store, SLUG, CARD, until=date(2027, 4, 1), now=NOW))
    assert pending(store, "review", key=CARD) == sorted([LEAD, LEGAL])


def test_the_lead_grants(falcon: Store) -> None:
    ask(falcon)
    changed(approve(falcon, SLUG, "research", now=at("01-12"), note="Fine"))
    assert (task(falcon, "research").due, status(falcon, "research")) == (
        BEYOND,
        "ready",
    )
    (extension,) = extensions(falcon)
    assert (extension.status, extension.answered_by, extension.answered_at) == (
        "granted",
        LEAD,
        at("01-12"),
    )
    assert [(event.by, event.note) for event in events(falcon, verb="extend")] == [
        (PMM, "Waiting for data"),
        (LEAD, "Fine"),
    ]
    assert pending(falcon, "review") == []
    (news,) = notices(falcon, "news")
    assert news.to == PMM
    assert "2027-03-08" in sentence_of(falcon, news) or "8 Mar" in sentence_of(
        falcon, news
    )


def test_the_lead_refuses(falcon: Store) -> None:
    ask(falcon)
    changed(reject(falcon, SLUG, "research", now=at("01-12"), note="No"))
    assert (task(falcon, "research").due, status(falcon, "research")) == (DUE, "ready")
    assert extensions(falcon)[0].status == "refused"
    assert [(event.verb, event.by) for event in events(falcon, key="research")][-1] == (
        "refuse",
        LEAD,
    )
    (news,) = notices(falcon, "news")
    assert (news.to, "No" in sentence_of(falcon, news)) == (PMM, True)


@pytest.mark.parametrize("answer", [approve, reject])
@pytest.mark.parametrize("who", [PMM, OPS, LEGAL, STRANGER])
def test_only_the_lead_answers(
    falcon: Store, answer: Callable[..., object], who: str
) -> None:
    ask(falcon)
    before = dump(falcon)
    with pytest.raises(NotYours):
        answer(falcon, SLUG, "research", by=who, now=NOW)
    assert dump(falcon) == before


def test_an_answer_is_given_once(falcon: Store) -> None:
    ask(falcon)
    approve(falcon, SLUG, "research", now=NOW)
    before = dump(falcon)
    with pytest.raises(Refused):
        approve(falcon, SLUG, "research", now=NOW)
    assert dump(falcon) == before


def test_a_new_due_day_can_be_asked_for_after_a_refusal(falcon: Store) -> None:
    ask(falcon)
    reject(falcon, SLUG, "research", now=NOW)
    ask(falcon)
    assert [each.status for each in extensions(falcon)] == ["refused", "asked"]
    assert pending(falcon, "review") == [LEAD]


@pytest.mark.parametrize("close", [done, drop])
def test_a_request_lapses_with_its_task(
    falcon: Store, close: Callable[..., object]
) -> None:
    ask(falcon)
    close(falcon, SLUG, "research", now=NOW)
    assert [each.status for each in extensions(falcon)] == ["lapsed"]
    assert pending(falcon, "review") == []


def test_a_request_lapses_with_a_move(falcon: Store) -> None:
    ask(falcon)
    move(falcon, SLUG, on=date(2027, 2, 16), now=NOW)
    assert [each.status for each in extensions(falcon)] == ["lapsed"]
    assert pending(falcon, "review") == []


def test_an_approval_ends_both(falcon: Store) -> None:
    both_asked(falcon)
    approve(falcon, SLUG, CARD, now=NOW)
    assert status(falcon, CARD) == "done"
    assert extensions(falcon)[0].status == "lapsed"
    assert pending(falcon, "review", key=CARD) == []


def test_sending_work_back_leaves_the_request_for_more_time(falcon: Store) -> None:
    both_asked(falcon)
    reject(falcon, SLUG, CARD, now=NOW)
    assert (status(falcon, CARD), extensions(falcon)[0].status) == ("doing", "asked")
    assert pending(falcon, "review", key=CARD) == [LEAD]
    changed(approve(falcon, SLUG, CARD, now=NOW))
    assert (status(falcon, CARD), task(falcon, CARD).due) == ("doing", date(2027, 4, 1))


def test_asking_for_another_day_leaves_the_approver_asked(falcon: Store) -> None:
    both_asked(falcon)
    extend(falcon, SLUG, CARD, until=date(2027, 4, 2), now=NOW)
    assert pending(falcon, "review", key=CARD) == sorted([LEAD, LEGAL])


def test_an_answer_about_time_leaves_the_approver_asked(falcon: Store) -> None:
    both_asked(falcon)
    block(falcon, SLUG, CARD, now=NOW)
    approve(falcon, SLUG, CARD, now=NOW)
    unblock(falcon, SLUG, CARD, now=NOW)
    assert (status(falcon, CARD), extensions(falcon)[0].status) == ("review", "granted")
    assert pending(falcon, "review", key=CARD) == [LEGAL]


def test_a_move_leaves_the_approver_asked(falcon: Store) -> None:
    both_asked(falcon)
    move(falcon, SLUG, on=date(2027, 2, 16), now=NOW)
    assert pending(falcon, "review", key=CARD) == [LEGAL]


def test_the_new_owner_keeps_the_request_of_the_old_one(falcon: Store) -> None:
    ask(falcon)
    reassign(falcon, SLUG, "research", to="ops", now=NOW)
    approve(falcon, SLUG, "research", now=NOW)
    assert task(falcon, "research").due == BEYOND
    assert {notice.to for notice in notices(falcon, "news")} == {PMM}


@pytest.mark.parametrize("answer", [approve, reject])
def test_a_request_is_answered_by_its_day_while_work_is_in_review(
    falcon: Store, answer: Callable[..., object]
) -> None:
    both_asked(falcon)
    answer(falcon, SLUG, CARD, until=date(2027, 4, 1), now=NOW, note="So be it")
    granted = answer is approve
    found = task(falcon, CARD)
    assert (status(falcon, CARD), found.due == date(2027, 4, 1)) == ("review", granted)
    assert extensions(falcon)[0].status == ("granted" if granted else "refused")
    assert pending(falcon, "review", key=CARD) == [LEGAL]


def test_a_request_is_answered_by_the_day_off_that_was_asked_for(
    falcon: Store,
) -> None:
    changed(extend(falcon, SLUG, "research", until=date(2027, 3, 7), now=NOW))
    approve(falcon, SLUG, "research", until=date(2027, 3, 7), now=NOW)
    assert task(falcon, "research").due == date(2027, 3, 5)


def test_the_approver_does_not_answer_for_a_day(falcon: Store) -> None:
    both_asked(falcon)
    with pytest.raises(NotYours):
        approve(falcon, SLUG, CARD, until=date(2027, 4, 1), by=LEGAL, now=NOW)


def test_a_day_that_has_passed_meanwhile_is_not_granted(falcon: Store) -> None:
    ask(falcon)
    late = at("03-09")
    before = dump(falcon)
    with pytest.raises(
        Refused,
        match="2027-03-08, the day asked for, has passed; reject it, or give a later day",
    ):
        approve(falcon, SLUG, "research", now=late)
    assert dump(falcon) == before
    changed(reject(falcon, SLUG, "research", now=late))


def test_a_granted_request_is_the_due_day_and_the_expected_finish(
    falcon: Store,
) -> None:
    ask(falcon)
    said = changed(approve(falcon, SLUG, "research", now=NOW))
    assert said.message == (
        "research is due 2027-03-08 instead of 2027-02-08; "
        "work due by the launch day, 2027-02-09, then ends on 2027-03-08"
    )
    found = task(falcon, "research")
    assert (found.due, found.extended_until, found.planned_due) == (BEYOND, BEYOND, DUE)


def test_a_slip_keeps_the_reason_of_the_one_who_asked(falcon: Store) -> None:
    until = date(2027, 3, 5)
    extend(
        falcon,
        SLUG,
        "legal_review",
        until=until,
        note="Counsel moved",
        now=NOW,
    )
    answer_extension(falcon, SLUG, "legal_review", until=until, granted=True, now=NOW)
    with falcon.read() as session:
        found = read_slips(session, SLUG, now=NOW)
    (own,) = (each for each in found.tasks if each.task.key == "legal_review")
    assert [change.why for change in own.slip.changes] == ["Counsel moved"]
