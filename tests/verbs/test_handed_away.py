from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import reassign, reassign_role
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    PMM,
    SLUG,
    notices,
    paragraphs_of,
    sentence_of,
)


def test_an_owner_hears_that_another_person_has_their_task(falcon: Store) -> None:
    reassign(falcon, SLUG, "research", to=OPS, by=LEAD, now=NOW, note="Pia is full")
    (told,) = (each for each in notices(falcon, "news") if each.to == PMM)
    assert sentence_of(falcon, told) == (
        "Ola takes over 1 task from you (Falcon 2). Lee arranged it: Pia is full."
    )
    assert paragraphs_of(falcon, told) == ['"Research", due Mon 8 Feb']


def test_many_tasks_of_one_step_are_one_list(falcon: Store) -> None:
    reassign_role(falcon, SLUG, role="pmm", to=OPS, by=LEAD, now=NOW)
    (told,) = (each for each in notices(falcon, "news") if each.to == PMM)
    assert sentence_of(falcon, told).startswith("Ola takes over 4 tasks from you")
    assert len(told.facts["tasks"]) == 4


def test_a_person_who_gives_their_task_away_knows_it(falcon: Store) -> None:
    reassign(falcon, SLUG, "research", to=OPS, by=PMM, now=NOW)
    assert [each for each in notices(falcon, "news") if each.to == PMM] == []


def test_a_person_who_was_never_told_of_a_task_is_not_told_that_it_goes(
    falcon: Store,
) -> None:
    reassign(falcon, SLUG, "battlecard:kite", to=OPS, by=LEAD, now=NOW)
    assert [each for each in notices(falcon, "news") if each.to == PMM] == []
