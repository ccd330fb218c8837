from __future__ import annotations

from datetime import date

from launch_kits.database.store import Store
from launch_kits.verbs import delegate, done
from launch_kits.verbs.delegated_parts import (
    DelegationRequest,
    doubt,
    doubts,
    hand_on,
    open_parts,
)
from launch_kits.verbs.plan_doubts import running_plan
from launch_kits.verbs.transaction import reading
from tests.launches import LEAD, LEGAL, NOW, PMM, SALES, SLUG, at, task


def test_the_parts_of_a_person_are_tasks_reviews_and_gates(falcon: Store) -> None:
    done(falcon, SLUG, "research", now=NOW)
    with reading(falcon, SLUG, now=NOW) as change:
        mine = [(part.key, part.part) for part in open_parts(change, PMM.upper())]
        leads = [(part.key, part.part) for part in open_parts(change, LEAD)]
        reviews = [(part.key, part.part) for part in open_parts(change, LEGAL)]
    assert mine == [
        ("positioning", "owner"),
        ("battlecard:osprey", "owner"),
        ("battlecard:kite", "owner"),
    ]
    assert ("story", "gate") in leads
    assert reviews == [
        ("legal_review", "owner"),
        ("battlecard:osprey", "approver"),
        ("battlecard:kite", "approver"),
        ("legal_review", "approver"),
    ]


def test_a_part_is_a_fact_of_a_notice(falcon: Store) -> None:
    with reading(falcon, SLUG, now=NOW) as change:
        first, *_ = open_parts(change, PMM)
        gate = next(part for part in open_parts(change, LEAD) if part.part == "gate")
    assert first.as_fact() == {
        "launch": SLUG,
        "product": "Falcon 2",
        "task": "positioning",
        "title": "Positioning",
        "due": first.due.isoformat(),
        "field": "owner",
    }
    assert (gate.as_fact()["task"], gate.as_fact()["due"]) == ("story", None)


def test_work_that_begins_after_the_absence_is_not_a_part_of_it(falcon: Store) -> None:
    asked = DelegationRequest(SALES, LEAD, date(2027, 1, 12), by=LEAD)
    with reading(falcon, SLUG, now=NOW) as change:
        assert hand_on(change, asked, by=LEAD) == ()


def test_work_that_a_person_has_in_hand_is_a_part_of_a_shorter_absence(
    falcon: Store,
) -> None:
    """It is planned for later, but no one else would have it until they are back."""
    done(falcon, SLUG, "positioning", now=NOW)
    until = date(2027, 1, 12)
    assert task(falcon, "battlecard:kite").planned_start > until
    found = delegate(falcon, person=PMM, to=SALES, until=until, now=at("01-11", 15))
    assert "battlecard:kite" in [part.key for part in found.parts]
    assert task(falcon, "battlecard:kite").in_hands_of == SALES


def test_work_that_would_be_late_otherwise_is_a_part(falcon: Store) -> None:
    """It is planned for the days after the absence, on which it can no longer be made."""
    with reading(falcon, SLUG, now=NOW) as change:
        late = change.task("training")
        late.planned_start = date(2027, 2, 9)
        late.start_by = date(2027, 1, 12)
        asked = DelegationRequest(SALES, LEAD, date(2027, 1, 12), by=LEAD)
        assert [part.key for part in hand_on(change, asked, by=LEAD)] == ["training"]
        change.session.rollback()


def test_one_more_day_off_is_not_a_doubt_if_the_float_covers_it(falcon: Store) -> None:
    asked = DelegationRequest(PMM, SALES, date(2027, 1, 11), by=LEAD)
    with reading(falcon, SLUG, now=NOW) as change:
        before = running_plan(change)
        hand_on(change, asked, by=LEAD)
        assert (
            list(doubts(change, asked, before=before, after=running_plan(change))) == []
        )


def test_tasks_of_others_are_counted_together(falcon: Store) -> None:
    asked = DelegationRequest(PMM, SALES, date(2027, 2, 5), by=LEAD)
    with reading(falcon, SLUG, now=NOW) as change:
        before = running_plan(change)
        hand_on(change, asked, by=LEAD)
        found = list(doubts(change, asked, before=before, after=running_plan(change)))
    *_, last = [each.message for each in found]
    assert last.startswith(f"{SLUG}: ")
    assert last.endswith("of others cannot be done by the due day then")


def test_a_doubt_has_no_line() -> None:
    found = doubt("away-too", "Sam is away")
    assert found.as_json() == {
        "path": "-",
        "line": None,
        "code": "away-too",
        "message": "Sam is away",
    }
