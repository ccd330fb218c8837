from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.verbs import add_to_faq, answer, ask, block, cancel, flag
from launch_kits.verbs import propose_for_faq as propose
from launch_kits.views.asks import people_asked
from launch_kits.views.launch import LaunchView, read_launch
from launch_kits.views.owed import owed_by
from launch_kits.worker.step import sweep_due
from tests.desk import LINK, NEW, OTHER, SELLER, SUPPORT, with_desk
from tests.launches import LEAD, NOW, OPS, PMM, SALES, SLUG, at, brief_with


def view(store: Store, now=NOW) -> LaunchView:
    with store.read() as session:
        return read_launch(session, SLUG, now=now, documents=Path())


def owed(store: Store, person: str, now=NOW) -> list[tuple[str, str]]:
    return [
        (each.wanted, each.key) for each in owed_by(view(store, now), person).answers
    ]


def test_a_question_is_owed_by_its_owner_until_it_is_answered(store: Store) -> None:
    with_desk(store)
    asked = ask(store, SLUG, NEW, by=SELLER, now=NOW)
    assert owed(store, SUPPORT) == [("question", str(asked.id))]
    answer(store, asked.id, text="Yes", by=SUPPORT, now=NOW)
    assert owed(store, SUPPORT) == []


def test_an_overdue_question_is_owed_by_the_next_person_too(store: Store) -> None:
    with_desk(store)
    asked = ask(store, SLUG, NEW, by=SELLER, now=NOW)
    for day in ("01-12", "01-13", "01-14"):
        sweep_due(store, now=at(day, 16))
    late = at("01-14", 16)
    assert owed(store, SUPPORT, late) == [("question", str(asked.id))]
    assert owed(store, LEAD, late) == [("question", str(asked.id))]
    assert owed(store, OPS, late) == [], "it went on to the lead"
    (each, *_) = owed_by(view(store, late), LEAD).answers
    assert (each.late, each.owner) == (True, "Sue")


def test_an_answer_for_the_faq_is_owed_by_the_lead(store: Store) -> None:
    with_desk(store)
    asked = ask(store, SLUG, NEW, by=SELLER, now=NOW)
    answer(store, asked.id, text="Yes", source=LINK, by=SUPPORT, now=NOW)
    propose(store, asked.id, by=SUPPORT, now=NOW)
    assert owed(store, LEAD) == [("faq", str(asked.id))]
    add_to_faq(store, asked.id, by=LEAD, now=NOW)
    assert owed(store, LEAD) == []


def test_a_flagged_line_is_owed_by_the_owner_of_its_card(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, "osprey.y1", by=SELLER, now=NOW)
    assert ("flag", "osprey.y1") in owed(store, PMM)
    flag(store, SLUG, "osprey.y1", by=OTHER, now=NOW)
    assert ("flag", "osprey.y1") not in owed(store, PMM)
    assert [kind for kind, _ in owed(store, PMM)] == ["doubt"]


def test_a_card_is_owed_a_week_before_its_review_is_due(store: Store) -> None:
    with_desk(store)
    due = at("04-04") - timedelta(7)  # verified on 4 January, for 90 days
    assert ("card", "osprey") in owed(store, PMM, due)
    assert ("card", "osprey") not in owed(store, PMM, due - timedelta(1))


def test_a_person_who_can_help_owes_it_while_the_task_is_blocked(store: Store) -> None:
    with_desk(store)
    block(store, SLUG, "research", now=NOW, note="No data", waits_on="sales")
    assert owed(store, SALES) == [("unblock", "research")]
    assert owed(store, LEAD) == [("blocked", "research")]


def test_nothing_is_owed_to_a_launch_that_is_cancelled(store: Store) -> None:
    with_desk(store)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    cancel(store, SLUG, now=NOW)
    assert owed(store, SUPPORT) == []


def test_the_backup_the_manager_and_the_lead_follow_the_owner_of_a_question() -> None:
    brief = brief_with()
    assert people_asked(brief, PMM) == [PMM, OPS, LEAD]
    assert people_asked(brief, SELLER) == [SELLER, LEAD]
