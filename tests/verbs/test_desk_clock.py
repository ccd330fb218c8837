from __future__ import annotations

from datetime import datetime

import pytest

from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from launch_kits.verbs import advance, answer, ask, cancel, changing, delegate, drop
from launch_kits.verbs.desk_clock import (
    due_at,
    look_at_questions,
    people_of,
    remind_of_questions,
)
from tests.desk import NEW, SELLER, SUPPORT, desk_brief, question, with_desk
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    SLUG,
    at,
    launch,
    notices,
    opened,
    send_all,
    sentence_of,
    statuses,
)

#: two working hours for an answer, and a step of the ladder each further hour
DUE = at("01-11", 12)
BACKUP = at("01-11", 13)
LAST = at("01-11", 14)
#: the end of the last person's time
OVER = at("01-11", 15)
#: five times the time for an answer after the last was asked
WEEK = at("01-12", 16)
CHANNEL = "#falcon-2-launch"


def asked(store: Store) -> Store:
    with_desk(store, answer_within=2)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    return store


def late(
    store: Store, *, now: datetime = LAST, slug: str = SLUG
) -> list[tuple[str, str]]:
    return [
        (each.to, sentence_of(store, each, now=now))
        for each in notices(store, "question", slug=slug)
        if "-late-" in each.key and each.status == NoticeStatus.PENDING
    ]


def test_each_of_the_ladder_is_asked_in_turn(store: Store) -> None:
    store = asked(store)
    late_by = "it was due Mon 11 Jan, 12:00"
    until = "Mon 11 Jan, 14:00"
    missed = "Sue has not answered"
    told = {
        at("01-11", 11): None,
        DUE: (SUPPORT, f'Please answer by Mon 11 Jan, 13:00; {late_by}: "{NEW}"'),
        BACKUP: (
            OPS,
            f'Please help, and answer by {until}: {missed}; {late_by}: "{NEW}"',
        ),
        LAST: (LEAD, f'Please help: {missed}; {late_by}: "{NEW}"'),
        OVER: None,
    }
    for now, expected in told.items():
        advance(store, SLUG, now=now)
        assert late(store, now=now) == ([expected] if expected else [])
        send_all(store, now=now)


def test_no_step_of_the_ladder_is_skipped_after_a_pause_of_the_sweep(
    store: Store,
) -> None:
    store = asked(store)
    told = []
    for now in (at("01-12", 10), at("01-12", 11), at("01-12", 12)):
        advance(store, SLUG, now=now)
        told += [to for to, _ in late(store, now=now)]
        send_all(store, now=now)
    assert told == [SUPPORT, OPS, LEAD]


def test_each_has_the_time_in_their_own_working_hours(store: Store) -> None:
    """The backup begins three hours after the owner."""
    with_desk(store, answer_within=2)
    given = desk_brief().model_dump(mode="json", by_alias=True)["team"]
    team = {**given, "ops": {**given["ops"], "timezone": "America/Los_Angeles"}}
    opened(store, desk_brief(launch="west", answer_within=2, team=team))
    ask(store, "west", NEW, by=SELLER, now=at("01-12", 15))
    row = question(store)
    assert row.due_at == at("01-12", 17)
    told = []
    for hour in range(9, 18):
        now = at("01-13", hour)
        advance(store, "west", now=now)
        told += [(to, hour) for to, _ in late(store, now=now, slug="west")]
        send_all(store, now=now)
    # the backup is told at 10:00 and reads it from 12:00, which is 9:00 in Los Angeles
    assert told == [(SUPPORT, 9), (OPS, 10), (LEAD, 13)]


def test_after_the_ladder_the_last_is_asked_again_each_week(store: Store) -> None:
    store = asked(store)
    for now in (DUE, DUE, BACKUP, BACKUP, LAST):
        advance(store, SLUG, now=now)
        send_all(store, now=now)
    told = []
    for day in range(12, 27):
        now = at(f"01-{day}", 16)
        advance(store, SLUG, now=now)
        told += [(day, to) for to, _ in late(store, now=now)]
        send_all(store, now=now)
    # five times the two hours for an answer
    assert [to for _, to in told] == [LEAD] * len(told)
    assert len(told) > 5
    (last,) = said_to(store, LEAD, now=at("01-26", 16))[-1:]
    assert last.startswith("Please help: Sue has not answered")


def test_no_one_is_called_to_help_themselves(store: Store) -> None:
    with_desk(store, answer_within=2)
    until = at("01-22").date()
    delegate(store, person=OPS, to=SUPPORT, until=until, by=LEAD, now=NOW)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    told = []
    for now in (DUE, BACKUP, LAST):
        advance(store, SLUG, now=now)
        told += [to for to, _ in late(store, now=now)]
        send_all(store, now=now)
    assert told == [SUPPORT, LEAD]


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
    for now, following in ((NOW, DUE), (DUE, BACKUP), (BACKUP, LAST), (LAST, WEEK)):
        with changing(store, SLUG, now=now) as change:
            remind_of_questions(change)
            assert look_at_questions(change) == following


def said_to(store: Store, to: str, *, now: datetime) -> list[str]:
    return [
        sentence_of(store, each, now=now)
        for each in notices(store, "question")
        if each.to == to and each.status != NoticeStatus.DROPPED
    ]


@pytest.mark.parametrize(
    ("now", "who"),
    [
        (DUE, "Sue is to answer by Mon 11 Jan, 13:00."),
        (BACKUP, "Ola is to answer by Mon 11 Jan, 14:00."),
        (LAST, "Lee has it now."),
        (OVER, "Lee has it now."),
    ],
)
def test_the_asker_and_the_channel_know_who_has_an_overdue_question(
    store: Store, now: datetime, who: str
) -> None:
    store = asked(store)
    assert said_to(store, CHANNEL, now=NOW) == [
        f'seller@example.com asks: "{NEW}" Sue answers by Mon 11 Jan, 12:00.'
    ]
    for each in (DUE, BACKUP, LAST, OVER):
        if each <= now:
            advance(store, SLUG, now=each)
    late = f'"{NEW}" An answer was due Mon 11 Jan, 12:00. {who}'
    assert said_to(store, CHANNEL, now=now) == [f"seller@example.com asks: {late}"]
    (told,) = said_to(store, SELLER, now=now)
    assert told == f"Your question is not answered yet: {late}"


def test_an_answer_closes_the_news_to_the_asker(store: Store) -> None:
    store = asked(store)
    advance(store, SLUG, now=DUE)
    send_all(store, now=DUE)
    answer(store, question(store).id, text="Yes", now=BACKUP)
    assert said_to(store, SELLER, now=BACKUP) == [f'Answered by Sue: "{NEW}"']


def test_an_asker_with_a_question_to_themself_hears_of_it_once(store: Store) -> None:
    with_desk(store, answer_within=2)
    ask(store, SLUG, NEW, by=SUPPORT, now=NOW)
    advance(store, SLUG, now=DUE)
    (told,) = said_to(store, SUPPORT, now=DUE)
    assert told.startswith("Please answer by Mon 11 Jan, 13:00; it was due")


def test_an_asker_who_is_away_hears_of_it_themself(store: Store) -> None:
    with_desk(store, answer_within=2)
    ask(store, SLUG, NEW, by=OPS, now=NOW)
    until = at("01-22").date()
    delegate(store, person=OPS, to=LEAD, until=until, by=LEAD, now=NOW)
    advance(store, SLUG, now=DUE)
    assert len(said_to(store, OPS, now=DUE)) == 1


def test_a_missed_first_step_makes_the_first_message_true(store: Store) -> None:
    store = asked(store)
    advance(store, SLUG, now=BACKUP)
    (told,) = said_to(store, SUPPORT, now=BACKUP)
    assert told.startswith("Please answer by Mon 11 Jan, 14:00; it was due ")


def test_the_deputy_of_the_owner_has_one_message(store: Store) -> None:
    with_desk(store, answer_within=2)
    until = at("01-22").date()
    delegate(store, person=SUPPORT, to=OPS, until=until, by=LEAD, now=NOW)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    advance(store, SLUG, now=question(store).due_at)
    assert len(said_to(store, OPS, now=DUE)) == 1


def test_a_cancelled_launch_needs_no_answer_and_tells_those_who_asked(
    store: Store,
) -> None:
    store = asked(store)
    send_all(store, now=NOW)
    cancel(store, SLUG, now=NOW)
    needless = f'Falcon 2 is cancelled, so no answer is needed: "{NEW}"'
    for to in (SUPPORT, CHANNEL):
        assert said_to(store, to, now=NOW) == [needless]
    told = {
        each.to: sentence_of(store, each, now=NOW)
        for each in notices(store, "cancelled")
    }
    ended = "Falcon 2 is cancelled by Lee. Nothing is left to do for it."
    assert told[SELLER] == f'{ended} Your question will not be answered: "{NEW}".'
    assert told[CHANNEL] == ended


def test_an_answer_is_told_although_the_launch_is_cancelled(store: Store) -> None:
    store = asked(store)
    answer(store, question(store).id, text="Yes", now=NOW)
    cancel(store, SLUG, now=NOW)
    assert [each.status for each in notices(store, "answer")] == ["pending"]


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
