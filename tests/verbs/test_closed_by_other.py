from __future__ import annotations

import pytest

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.verbs import done, drop
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    notices,
    opened,
    sentence_of,
)


def closed(store: Store) -> list[Notice]:
    found = notices(store, "news")
    return [each for each in found if each.facts.get("event") == "closed"]


@pytest.mark.parametrize(
    ("verb", "said"), [(done, "finished"), (drop, "dropped")], ids=["done", "drop"]
)
def test_the_owner_hears_once_that_another_closed_their_task(
    store: Store, verb: object, said: str
) -> None:
    opened(store)
    verb(store, SLUG, "positioning", by=LEAD, note="Old", now=NOW)  # type: ignore[operator]
    verb(store, SLUG, "positioning", by=LEAD, now=NOW)  # type: ignore[operator]
    (told,) = closed(store)
    assert told.to == PMM
    assert told.send_after <= at("01-12", 16), "on the next working morning"
    assert sentence_of(store, told) == (
        f'Falcon 2: Lee {said} "Positioning", so nothing is left for you to do (Old).'
    )


def test_who_closes_their_own_task_is_told_nothing(store: Store) -> None:
    opened(store)
    done(store, SLUG, "positioning", by=PMM, now=NOW)
    assert closed(store) == []


def test_a_dropped_task_is_told_of_before_it_is_handed_out(store: Store) -> None:
    opened(store)
    outcome = drop(store, SLUG, "training", by=LEAD, now=NOW)
    assert [each.to for each in closed(store)] == [SALES]
    assert outcome.effect is not None
    assert outcome.effect.told == (SALES,)


def test_who_acts_for_an_absent_owner_does_not_read_of_their_own_act(
    store: Store,
) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["pmm"] |= {
        "away": [{"from": "2027-01-11", "to": "2027-01-15"}],
        "backup": "ops",
    }
    opened(store, brief_with(team=team))
    done(store, SLUG, "positioning", by=OPS, now=NOW)
    assert closed(store) == []
