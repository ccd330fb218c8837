from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import answer, ask, cancel, drop
from launch_kits.views.concerned import launches_concerning
from tests.launches import LEAD, NOW, OPS, PMM, SLUG, STRANGER, opened, statuses


def found_by(store: Store, person: str) -> list[str]:
    with store.read() as session:
        return list(launches_concerning(session, person))


def test_the_launches_of_a_person_are_those_of_their_team_that_run(
    store: Store,
) -> None:
    opened(store)
    found = {who: found_by(store, who) for who in (PMM.upper(), LEAD, OPS, STRANGER)}
    assert found == {PMM.upper(): [SLUG], LEAD: [SLUG], OPS: [SLUG], STRANGER: []}
    assert found_by(store, "%") == []
    cancel(store, SLUG, now=NOW)
    assert found_by(store, PMM) == []


def test_a_launch_that_is_done_concerns_its_people_while_sellers_wait(
    store: Store,
) -> None:
    opened(store)
    for key in statuses(store):
        drop(store, SLUG, key, now=NOW)
    assert found_by(store, LEAD) == []
    asked = ask(store, SLUG, "Does it run on Plan 9?", by=STRANGER, now=NOW)
    assert found_by(store, LEAD) == [SLUG]
    answer(store, asked.id, text="No", by=LEAD, now=NOW)
    assert found_by(store, LEAD) == []
