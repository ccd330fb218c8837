from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.verbs import advance, cancel, done, extend, note, submit
from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.last_acts import ON_IT
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.tasks import about_task
from launch_kits.views.personal_queue import (
    PersonalQueue,
    QueuedTask,
    read_queue,
    task_notice_of,
)
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    at,
    brief_with,
    opened,
)
from tests.slack.views import READER, launch, notice, queued_answer, task


@pytest.fixture
def falcon(store: Store) -> Store:
    """The small launch, the only one that runs."""
    return opened(store)


def queue(store: Store, email: str, *, now: datetime = NOW) -> PersonalQueue:
    contexts = ContextLoader(store, documents=Path("/nowhere"))
    return read_queue(store, contexts, email, now=now)


def keys(entries) -> list[str]:
    return [entry.task_notice.task.key for entry in entries]


def test_the_owner_has_work_for_now_and_for_later_by_due_day(falcon: Store):
    found = queue(falcon, PMM)
    assert (keys(found.answers), keys(found.now)) == ([], ["positioning", "research"])
    assert sorted(keys(found.later)) == ["battlecard:kite", "battlecard:osprey"]
    dues = [entry.task_notice.task.due for entry in found.now]
    assert dues == sorted(dues)


def test_work_that_was_waited_for_moves_the_next_to_now(falcon: Store):
    done(falcon, SLUG, "positioning", now=NOW)
    found = queue(falcon, PMM)
    assert set(keys(found.now)) == {"research", "battlecard:kite", "battlecard:osprey"}
    assert found.later == []


def test_a_task_that_is_not_handed_out_is_for_later(falcon: Store):
    slow = KIT | {"handout": None}
    opened(falcon, brief_with(launch="eagle-1", product="Eagle 1", kit=slow))
    done(falcon, "eagle-1", "positioning", now=NOW)
    done(falcon, SLUG, "positioning", now=NOW)
    found = queue(falcon, PMM)
    cards = {"battlecard:kite", "battlecard:osprey"}
    later = [(e.task_notice.launch.slug, e.task_notice.task.key) for e in found.later]
    assert set(later) == {("eagle-1", card) for card in cards}
    assert found.sentence.endswith("2 tasks for later.")
    advance(falcon, "eagle-1", now=at("01-14", 0))
    assert queue(falcon, PMM, now=at("01-14", 0)).later == []


def test_capitals_of_an_email_make_no_difference(falcon: Store):
    found = queue(falcon, PMM.upper())
    assert keys(found.now) == ["positioning", "research"]
    assert {entry.task_notice.notice.to for entry in found.now} == {PMM}


def test_an_approver_has_an_answer_to_give_and_the_owner_waits(falcon: Store):
    done(falcon, SLUG, "positioning", now=NOW)
    submit(falcon, SLUG, "battlecard:kite", now=NOW)
    found = queue(falcon, LEGAL)
    assert [(e.ask.key, e.ask.wanted) for e in found.answers] == [
        ("battlecard:kite", AnswerKind.REVIEW)
    ]
    assert keys(found.now) == ["legal_review"]
    assert queue(falcon, SALES).answers == []


def test_the_lead_answers_for_more_time(falcon: Store):
    extend(falcon, SLUG, "research", until=date(2027, 3, 8), now=NOW)
    found = queue(falcon, LEAD)
    assert [(e.ask.key, e.ask.wanted, e.ask.until) for e in found.answers] == [
        ("research", AnswerKind.MORE_TIME, date(2027, 3, 8))
    ]
    assert "research" in keys(queue(falcon, PMM).now)
    assert queue(falcon, LEGAL).answers == []


def test_tasks_of_all_launches_that_run_are_in_one_list(falcon: Store):
    opened(falcon, brief_with(launch="eagle-1", product="Eagle 1"))
    found = queue(falcon, PMM)
    assert [(e.task_notice.launch.slug, e.task_notice.task.key) for e in found.now][
        :2
    ] == [("eagle-1", "positioning"), (SLUG, "positioning")]
    cancel(falcon, "eagle-1", now=at("01-12"), note="Not now")
    assert {e.task_notice.launch.slug for e in queue(falcon, PMM).now} == {SLUG}


@pytest.mark.parametrize("most", [0, 1, 2, 3, 50])
def test_a_queue_of_the_first_counts_the_others(falcon: Store, most: int):
    for slug in ("eagle-1", "hawk-1"):
        opened(falcon, brief_with(launch=slug, product=slug.title()))
    done(falcon, "hawk-1", "positioning", now=NOW)
    submit(falcon, "hawk-1", "battlecard:kite", now=NOW)
    late = at("03-30")
    contexts = ContextLoader(falcon, documents=Path("/nowhere"))
    for email in (PMM, LEAD, LEGAL, SALES, OPS):
        whole = queue(falcon, email, now=late)
        first = read_queue(falcon, contexts, email, now=late, most=most)
        assert first.sentence == whole.sentence
        for name in ("answers", "now", "later"):
            found = getattr(first, name)
            every = getattr(whole, name)
            assert [each.place for each in found] == [
                each.place for each in every[:most]
            ]
            assert len(found) + getattr(first.rest, name) == len(every)


def test_nothing_waits_for_a_stranger(falcon: Store):
    found = queue(falcon, STRANGER)
    assert found == PersonalQueue()
    assert found.sentence == "Nothing waits for you."


@pytest.mark.parametrize(
    ("answers", "now", "later", "sentence"),
    [
        (1, 0, 0, "You have 1 answer to give."),
        (0, 1, 2, "You have 1 task to do and 2 tasks for later."),
        (
            2,
            2,
            1,
            "You have 2 answers to give, 2 tasks to do and 1 task for later.",
        ),
    ],
)
def test_a_queue_says_how_much_it_is(answers, now, later, sentence):
    found = task()
    seen = TaskNotice(notice(), launch(found), found, READER)
    entry = QueuedTask(seen)
    answer = queued_answer(seen, AnswerKind.REVIEW)
    queued = PersonalQueue([answer] * answers, [entry] * now, [entry] * later)
    assert queued.sentence == sentence


def test_a_task_is_seen_without_a_notice_as_its_reader_sees_it(falcon: Store):
    context = ContextLoader(falcon, documents=Path("/nowhere")).of(SLUG, now=NOW)
    seen = task_notice_of(context, "training", to=SALES, now=at("01-11", 20))
    assert seen is not None
    assert (seen.task.owner, seen.notice.to, seen.facts) == (SALES, SALES, {})
    # it is the next morning in Singapore
    assert seen.reader.today == date(2027, 1, 12)
    assert task_notice_of(context, "gone", to=SALES, now=NOW) is None


def test_a_deputy_has_the_work_and_the_answers_that_they_hold(store: Store):
    away = {"from": "2027-01-11", "to": "2027-01-22"}
    absences = [
        {"who": PMM, "backup": OPS, **away},
        {"who": LEGAL, "backup": SALES, **away},
        {"who": LEAD, "backup": SALES, **away},
    ]
    opened(store, brief_with(absences=absences))
    held = queue(store, OPS).now
    assert set(keys(held)) == {"positioning", "research"}
    asked = [about_task(entry.task_notice).sentence for entry in held]
    assert all(
        each.endswith("You act for Pia, who is away until Fri 22 Jan.")
        for each in asked
    )
    done(store, SLUG, "positioning", now=NOW)
    submit(store, SLUG, "battlecard:kite", now=NOW)
    extend(store, SLUG, "research", until=date(2027, 3, 12), now=NOW)
    assert keys(queue(store, OPS).now) == ["battlecard:osprey", "research"]
    assert set(keys(queue(store, SALES).answers)) == {"battlecard:kite", "research"}
    advance(store, SLUG, now=at("01-25"))
    assert queue(store, SALES, now=at("01-25")).answers == []


def test_on_it_is_offered_again_once_the_pause_is_over(falcon: Store):
    """Two working days: Wednesday and Thursday after a Tuesday."""
    note(falcon, SLUG, "research", by=PMM, note=ON_IT, now=at("02-09"))
    offered = {}
    for day in ("02-09", "02-10", "02-11", "02-12"):
        (found,) = [
            each.task_notice
            for each in queue(falcon, PMM, now=at(day)).now
            if each.task_notice.task.key == "research"
        ]
        assert found.task.overdue
        offered[day] = "On it" in [each.label for each in about_task(found).actions]
    assert offered == {"02-09": False, "02-10": False, "02-11": False, "02-12": True}
