from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, NotFound, NotYours, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import (
    NewTask,
    add,
    advance,
    begin,
    done,
    drop,
    move,
    revise,
)
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    changed,
    dump,
    ledger_of,
    notices,
    opened,
    status,
    task,
    waits,
)


def rival(*keys: str) -> Brief:
    """The small brief against other competitors."""
    alternatives = [
        {"key": key, "name": key.title(), "claims": ledger_of(key)} for key in keys
    ]
    return brief_with(positioning={"alternatives": alternatives})


def test_a_task_is_put_between_others(falcon: Store) -> None:
    wanted = NewTask(
        "Ask two customers",
        role="pmm",
        days=2,
        after=("positioning",),
        before=("training",),
    )
    outcome = changed(add(falcon, SLUG, wanted, now=NOW, note="The board asked"))
    new = task(falcon, "ask_two_customers")
    assert (new.owner, new.stage, new.status, new.added_at) == (
        PMM,
        "story",
        "waiting",
        NOW,
    )
    assert new.start_by <= new.due < task(falcon, "training").start_by
    assert (
        outcome.message == f"ask_two_customers is added: {PMM}, due {new.due}, waiting"
    )
    assert waits(falcon)["training"] >= {"ask_two_customers"}
    done(falcon, SLUG, "positioning", now=at("01-12"))
    assert status(falcon, "ask_two_customers") == "ready"


@pytest.mark.parametrize("title", ["", "\u200b\u3164", "x" * 501])
def test_a_title_that_no_one_can_read_is_refused(falcon: Store, title: str) -> None:
    before = dump(falcon)
    with pytest.raises(Refused, match="a title has 1 to 500 characters"):
        add(falcon, SLUG, NewTask(title, role="pmm", days=1, key="new"), now=NOW)
    assert dump(falcon) == before


def test_a_task_with_a_due_day_keeps_its_distance_when_the_launch_moves(
    falcon: Store,
) -> None:
    changed(
        add(
            falcon,
            SLUG,
            NewTask("Book the room", role="sales", due=date(2027, 2, 2)),
            now=NOW,
        )
    )
    assert (task(falcon, "book_the_room").due, task(falcon, "book_the_room").owner) == (
        date(2027, 2, 2),
        SALES,
    )
    move(falcon, SLUG, on=date(2027, 2, 16), now=NOW)
    assert task(falcon, "book_the_room").due == date(2027, 2, 9)


def test_a_task_put_in_by_hand_outlives_an_update(falcon: Store) -> None:
    add(falcon, SLUG, NewTask("Book the room", before=("training",)), now=NOW)
    found = revise(falcon, SLUG, rival("osprey", "kite", "merlin"), now=NOW)
    assert found.dropped == []
    assert "book_the_room" in waits(falcon)["training"]


def test_a_task_that_makes_the_launch_late_has_to_be_accepted(falcon: Store) -> None:
    wanted = NewTask("Rewrite it all", days=60, before=("training",))
    before = dump(falcon)
    with pytest.raises(InfeasiblePlan, match="--accept-late"):
        add(falcon, SLUG, wanted, now=NOW)
    assert dump(falcon) == before
    changed(add(falcon, SLUG, wanted, now=NOW, accept_late=True))


def test_a_task_cannot_wait_for_itself_or_for_what_is_not_there(falcon: Store) -> None:
    before = dump(falcon)
    with pytest.raises(Refused, match="would wait for each other"):
        add(
            falcon,
            SLUG,
            NewTask("Odd", after=("training",), before=("legal_review",)),
            now=NOW,
        )
    with pytest.raises(NotFound, match='did you mean "training"'):
        add(falcon, SLUG, NewTask("Odd", after=("trainig",)), now=NOW)
    with pytest.raises(NotFound, match='no role "sale"'):
        add(falcon, SLUG, NewTask("Odd", role="sale"), now=NOW)
    with pytest.raises(NotFound, match='no stage "nowhere"'):
        add(falcon, SLUG, NewTask("Odd", stage="nowhere"), now=NOW)
    with pytest.raises(Refused, match="already"):
        add(falcon, SLUG, NewTask("Research"), now=NOW)
    with pytest.raises(Refused, match="is not a key"):
        add(falcon, SLUG, NewTask("…"), now=NOW)
    with pytest.raises(Refused, match="is past"):
        add(falcon, SLUG, NewTask("Odd", due=date(2027, 1, 1)), now=NOW)
    with pytest.raises(NotYours):
        add(falcon, SLUG, NewTask("Odd"), by=PMM, now=NOW)
    assert dump(falcon) == before


def test_nothing_is_put_before_what_has_begun(falcon: Store) -> None:
    begin(falcon, SLUG, "research", now=NOW)
    with pytest.raises(Refused, match="has begun"):
        add(falcon, SLUG, NewTask("Odd", before=("research",)), now=NOW)


def test_what_was_ready_waits_for_a_task_put_before_it(falcon: Store) -> None:
    add(falcon, SLUG, NewTask("First this", before=("research",)), now=NOW)
    assert status(falcon, "research") == "waiting"
    assert notices(falcon, "task", key="research")[0].status == "dropped"
    done(falcon, SLUG, "first_this", now=NOW)
    assert status(falcon, "research") == "ready"


def test_a_reviewer_and_a_checklist_come_along(store: Store) -> None:
    opened(store)
    add(
        store,
        SLUG,
        NewTask("Quote", review="legal", checklist=("Permission is there",), days=0),
        now=NOW,
    )
    new = task(store, "quote")
    assert (new.approver, new.checklist, new.days) == (
        LEGAL,
        ["Permission is there"],
        0,
    )
    advance(store, SLUG, now=NOW)
    drop(store, SLUG, "quote", by=LEAD, now=NOW)
