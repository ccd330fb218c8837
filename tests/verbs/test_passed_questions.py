from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus, Question
from launch_kits.database.store import Store
from launch_kits.verbs import advance, ask, delegate, flag, reassign
from tests.desk import OTHER, SELLER, SUPPORT, with_desk
from tests.launches import LEAD, LEGAL, NOW, OPS, PMM, SLUG, notices, sentence_of

LINE = "osprey.y1"
LATER = NOW + timedelta(minutes=5)


def owner(store: Store) -> str:
    with store.read() as session:
        return session.exec(select(Question)).one().owner


def asked(store: Store, person: str, *, now: datetime = LATER) -> list[str]:
    """What a person is asked at the desk now."""
    return [
        sentence_of(store, each, now=now)
        for each in notices(store, "question")
        if each.to == person and each.status != NoticeStatus.DROPPED
    ]


def flags(store: Store, person: str, claim: str = "osprey.s1") -> list[Notice]:
    return [
        each
        for each in notices(store, NoticeKind.NEWS)
        if each.to == person and each.facts.get("claim") == claim
    ]


def test_the_new_owner_of_a_card_is_asked_about_its_doubted_lines(store: Store) -> None:
    with_desk(store)
    for person in (SELLER, OTHER):
        flag(store, SLUG, LINE, by=person, now=NOW)
    flag(store, SLUG, "osprey.s1", by=SELLER, now=NOW)
    reassign(store, SLUG, "battlecard:osprey", to=OPS, by=LEAD, now=LATER)
    assert owner(store) == OPS
    (told,) = asked(store, OPS)
    assert told.startswith("Please say by")
    assert asked(store, PMM) == []
    (passed,) = flags(store, OPS)
    (before,) = flags(store, PMM)
    assert passed.status == NoticeStatus.PENDING
    assert before.status == NoticeStatus.DROPPED
    back = LATER + timedelta(minutes=5)
    reassign(store, SLUG, "battlecard:osprey", to=PMM, by=LEAD, now=back)
    assert owner(store) == PMM
    assert flags(store, PMM)[-1].status == NoticeStatus.PENDING


def test_another_task_about_the_competitor_passes_nothing_on(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, "kite.y1", by=SELLER, now=NOW)
    reassign(store, SLUG, "battlecard:osprey", to=OPS, by=LEAD, now=LATER)
    assert flags(store, OPS, "kite.y1") == []


@pytest.mark.parametrize("late", [False, True])
def test_questions_of_a_person_who_left_are_put_to_the_next(
    store: Store, late: bool
) -> None:
    with_desk(store)
    ask(store, SLUG, "Can it be blue?", by=SELLER, now=NOW)
    with store.write() as session:
        (notice,) = session.exec(select(Notice).where(Notice.to == SUPPORT)).all()
        notice.status = NoticeStatus.SENT
        notice.sent_at = NOW
    now = NOW + timedelta(days=2) if late else LATER
    if late:
        advance(store, SLUG, now=now)
    delegate(store, person=SUPPORT, to=PMM, launch=SLUG, by=LEAD, now=now)
    assert owner(store) == PMM
    word = "Please answer now" if late else "Please answer by"
    assert [each.startswith(word) for each in asked(store, PMM, now=now)] == [True]
    first, *_ = asked(store, SUPPORT, now=now)
    assert first == 'Pia has the question now: "Can it be blue?"'


def test_the_person_who_takes_over_from_a_lead_is_told_and_is_asked_instead(
    store: Store,
) -> None:
    with_desk(store)
    ask(store, SLUG, "Can it be blue?", by=SELLER, now=NOW)
    late = NOW
    while not asked(store, LEAD):
        late += timedelta(hours=12)
        advance(store, SLUG, now=late)
    delegate(store, person=LEAD, to=LEGAL, launch=SLUG, now=late)
    (told,) = (each for each in notices(store, "news") if each.to == LEGAL)
    assert sentence_of(store, told).startswith("You take over ")
    (there,) = asked(store, LEAD, now=late)
    assert there == 'Lou has the question now: "Can it be blue?"'
    assert asked(store, SUPPORT, now=late)[-1].endswith("Lou has it now.")
