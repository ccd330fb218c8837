from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import TaskEdit, drop, edit, tick
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    STRANGER,
    already,
    changed,
    events,
    task,
)


@pytest.fixture
def listed(falcon: Store) -> Store:
    points = TaskEdit(checklist=("Ask five", "Write it up", "3"))
    edit(falcon, SLUG, "research", points, by=LEAD, now=NOW)
    return falcon


def test_points_are_ticked_by_number_or_text_in_their_order(listed: Store) -> None:
    outcome = changed(tick(listed, SLUG, "research", points=["2", "Ask five"], now=NOW))
    assert outcome.message == "2 of 3 points of research are ticked"
    assert task(listed, "research").ticked == ["Ask five", "Write it up"]
    (event,) = events(listed, verb="tick")
    assert (event.by, event.note) == (PMM, "☑ Ask five; ☑ Write it up")


def test_a_text_goes_before_a_number(listed: Store) -> None:
    tick(listed, SLUG, "research", points=["3"], now=NOW)
    assert task(listed, "research").ticked == ["3"]


def test_a_tick_is_taken_back(listed: Store) -> None:
    tick(listed, SLUG, "research", points=["1", "2"], now=NOW)
    changed(tick(listed, SLUG, "research", undo=["1"], by=LEAD, now=NOW))
    assert task(listed, "research").ticked == ["Write it up"]
    assert events(listed, verb="tick")[-1].note == "☐ Ask five"


def test_ticking_twice_changes_nothing(listed: Store) -> None:
    for _ in range(2):
        outcome = tick(listed, SLUG, "research", points=["1"], now=NOW)
    already(outcome)
    assert len(events(listed, verb="tick")) == 1


def test_a_point_that_was_edited_away_is_no_longer_ticked(listed: Store) -> None:
    tick(listed, SLUG, "research", points=["1"], now=NOW)
    edit(listed, SLUG, "research", TaskEdit(checklist=("Ask six",)), now=NOW)
    tick(listed, SLUG, "research", points=["Ask six"], now=NOW)
    assert task(listed, "research").ticked == ["Ask six"]


def test_an_unknown_point_is_refused_with_those_there_are(listed: Store) -> None:
    with pytest.raises(NotFound) as refused:
        tick(listed, SLUG, "research", points=["9"], now=NOW)
    assert str(refused.value) == (
        'task "research" has no point "9"; points: 1 Ask five, 2 Write it up, 3 3'
    )


def test_only_those_who_work_on_it_tick(listed: Store) -> None:
    with pytest.raises(NotYours):
        tick(listed, SLUG, "research", points=["1"], by=STRANGER, now=NOW)


def test_a_closed_task_is_not_ticked(listed: Store) -> None:
    drop(listed, SLUG, "research", now=NOW)
    with pytest.raises(Refused, match="is dropped; `reopen` it"):
        tick(listed, SLUG, "research", points=["1"], now=NOW)
