from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import (
    approve,
    begin,
    block,
    done,
    drop,
    note,
    reject,
    reopen,
    submit,
    unblock,
)
from launch_kits.views.last_acts import NO_ACTS, ON_IT, LastActs, read_last_acts
from tests.launches import LEAD, LEGAL, NEW_YORK, NOW, PMM, SLUG, at


def acts(store: Store, key: str) -> LastActs:
    with store.read() as session:
        return read_last_acts(session, SLUG).get(key, NO_ACTS)


def test_the_last_block_and_the_last_on_it_are_read(falcon: Store) -> None:
    assert acts(falcon, "research") == NO_ACTS
    block(falcon, SLUG, "research", now=NOW, note="No access")
    note(falcon, SLUG, "research", now=NOW, note="Some remark")
    assert acts(falcon, "research") == LastActs(blocked_by="No access", heard_at=NOW)
    note(falcon, SLUG, "research", now=at("01-12"), note=ON_IT)
    assert acts(falcon, "research").on_it == ((PMM, at("01-12")),)


def test_work_that_was_sent_back_says_so_until_it_is_approved(
    falcon: Store,
) -> None:
    card = "battlecard:kite"
    done(falcon, SLUG, "positioning", now=NOW)
    begin(falcon, SLUG, card, now=NOW)
    submit(falcon, SLUG, card, now=NOW)
    reject(falcon, SLUG, card, now=NOW, note="No source")
    assert acts(falcon, card).sent_back == (LEGAL, "No source")
    submit(falcon, SLUG, card, now=NOW)
    assert acts(falcon, card).sent_back == (LEGAL, "No source")
    approve(falcon, SLUG, card, now=NOW)
    assert acts(falcon, card).sent_back is None
    assert acts(falcon, card).closed_by == LEGAL
    reopen(falcon, SLUG, card, now=NOW)
    assert acts(falcon, card).sent_back is None
    assert acts(falcon, "positioning").closed_by == PMM


def test_the_last_drop_has_its_person_and_reason(falcon: Store) -> None:
    drop(falcon, SLUG, "training", by=LEAD, note="No time", now=NOW)
    assert acts(falcon, "training") == LastActs(
        closed_by=LEAD, dropped_why="No time", heard_at=NOW
    )
    reopen(falcon, SLUG, "training", now=NOW)
    assert acts(falcon, "training").dropped_why is None


def test_work_goes_on_once_it_is_handed_in_sent_back_or_unblocked(
    falcon: Store,
) -> None:
    card = "battlecard:kite"
    went_on = []
    done(falcon, SLUG, "positioning", now=NOW)
    verbs = (begin, block, unblock, submit, reject, block)
    for hour, verb in enumerate(verbs, 10):
        verb(falcon, SLUG, card, now=at("01-12", hour))
        at_hour = acts(falcon, card).went_on_at
        went_on.append(at_hour and at_hour.astimezone(NEW_YORK).hour)
    assert went_on == [None, None, 12, 13, 14, 14]
