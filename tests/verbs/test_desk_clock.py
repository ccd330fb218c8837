from __future__ import annotations

from datetime import datetime

import pytest

from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from launch_kits.verbs import advance, answer, ask, changing, delegate, drop
from launch_kits.verbs.desk_clock import (
    due_at,
    look_at_questions,
    people_of,
    remind_of_questions,
)
from tests.desk import NEW, SELLER, SUPPORT, question, with_desk
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    SLUG,
    at,
    launch,
    notices,
    sentence_of,
    statuses,
)

#: two working hours for an answer, and a step of the ladder each further hour
DUE, BACKUP, LAST = at("01-11", 12), at("01-11", 13), at("01-11", 14)


def asked(store: Store) -> Store:
    with_desk(store, answer_within=2)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    return store


def late(store: Store) -> list[tuple[str, str]]:
    return [
        (each.to, sentence_of(store, each, now=LAST))
        for each in notices(store, "question")
        if "-late-" in each.key and each.status == NoticeStatus.PENDING
    ]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (at("01-11", 11), []),
        (DUE, [(SUPPORT, "Please answer now, it was due Mon 11 Jan, 12:00: ")]),
        (BACKUP, [(OPS, "Please help: Sue has not answered, it was due ")]),
        (LAST, [(LEAD, "Please help: Sue has not answered, it was due ")]),
    ],
)
def test_of_the_ladders_steps_the_last_that_passed_is_told(
    store: Store, now: datetime, told: list[tuple[str, str]]
) -> None:
    store = asked(store)
    advance(store, SLUG, now=now)
    found = late(store)
    assert [to for to, _ in found] == [to for to, _ in told]
    for (_, sentence), (_, begins) in zip(found, told, strict=True):
        assert sentence.startswith(begins)


def test_the_ladder_is_climbed_step_by_step_and_each_is_told_once(
    store: Store,
) -> None:
    store = asked(store)
    for now in (DUE, DUE, BACKUP, BACKUP, LAST, at("01-12"), at("01-13")):
        advance(store, SLUG, now=now)
    keys = [each.key for each in notices(store, "question") if "-late-" in each.key]
    assert len(keys) == 3
    assert question(store).reminded == 3


def test_a_reminder_takes_the_place_of_the_message_before(store: Store) -> None:
    store = asked(store)
    advance(store, SLUG, now=DUE)
    (first, *_) = [each for each in notices(store, "question") if each.to == SUPPORT]
    assert first.status == NoticeStatus.DROPPED
    assert sentence_of(store, first) == f'There is a newer reminder about "{NEW}"'


def test_an_answered_question_reminds_no_one(store: Store) -> None:
    store = asked(store)
    answer(store, question(store).id, text="Yes", now=at("01-11", 11))
    advance(store, SLUG, now=LAST)
    assert late(store) == []


def test_the_next_look_is_at_the_next_step(store: Store) -> None:
    store = asked(store)
    for now, following in ((NOW, DUE), (DUE, BACKUP), (BACKUP, LAST), (LAST, None)):
        with changing(store, SLUG, now=now) as change:
            remind_of_questions(change)
            assert look_at_questions(change) == following


def test_questions_are_asked_and_late_after_the_work_is_done(store: Store) -> None:
    store = with_desk(store, answer_within=2)
    for key in statuses(store):
        drop(store, SLUG, key, now=NOW)
    assert launch(store).status == "done"
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    assert launch(store).look_at == DUE
    advance(store, SLUG, now=DUE)
    assert [to for to, _ in late(store)] == [SUPPORT]
    assert launch(store).look_at == BACKUP
    answer(store, question(store).id, text="Yes", now=BACKUP)
    advance(store, SLUG, now=LAST)
    assert launch(store).look_at is None


def test_the_people_behind_an_owner_are_their_backup_manager_and_lead(
    store: Store,
) -> None:
    with changing(with_desk(store), SLUG, now=NOW) as change:
        behind = {"backup": OPS, "manager": LEAD, "lead": LEAD}
        assert people_of(change, SUPPORT) == behind
        assert people_of(change, SELLER) == {**behind, "backup": None, "manager": None}
        assert due_at(change, SUPPORT) == at("01-12", 10)


def test_while_the_owner_is_away_their_deputy_is_asked(store: Store) -> None:
    with_desk(store)
    until = at("01-22").date()
    delegate(store, person=SUPPORT, to=OPS, until=until, by=LEAD, now=NOW)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    row = question(store)
    assert (row.owner, row.due_at) == (SUPPORT, at("01-12", 10))
    to = [each.to for each in notices(store, "question")]
    assert to == ["#falcon-2-launch", OPS]
    assert answer(store, question(store).id, text="Yes", by=OPS, now=NOW).changed
