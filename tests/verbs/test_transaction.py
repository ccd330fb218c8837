from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours
from launch_kits.verbs import begin, done, note
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import changing, reading
from tests.launches import LEAD, NOW, OPS, PMM, SLUG, STRANGER, dump, events, status


def test_verbs_on_a_change_are_one_transaction(falcon: Store) -> None:
    with changing(falcon, SLUG, now=NOW) as change:
        assert begin(change, SLUG, "positioning", now=NOW).changed
        assert done(change, SLUG, "positioning", now=NOW).changed
    assert status(falcon, "positioning") == "done"
    verbs = [each.verb for each in events(falcon, key="positioning")]
    assert verbs == ["ready", "begin", "done"]


def test_a_refused_verb_takes_the_whole_transaction_back(falcon: Store) -> None:
    before = dump(falcon)

    def begin_and_be_refused() -> None:
        with changing(falcon, SLUG, now=NOW) as change:
            begin(change, SLUG, "positioning", now=NOW)
            done(change, SLUG, "positioning", by=STRANGER, now=NOW)

    with pytest.raises(NotYours):
        begin_and_be_refused()
    assert dump(falcon) == before


def test_a_change_is_of_its_own_launch_alone(falcon: Store) -> None:
    with (
        pytest.raises(ValueError, match=f"the change holds {SLUG}, not kestrel"),
        changing(falcon, SLUG, now=NOW) as change,
    ):
        note(change, "kestrel", "positioning", now=NOW, note="Odd")


def test_reading_writes_nothing(falcon: Store) -> None:
    before = dump(falcon)
    with reading(falcon, SLUG, now=NOW) as change:
        change.launch.product = "Another"
        change.session.add(change.launch)
    assert dump(falcon) == before
    with reading(change, SLUG, now=NOW) as same:
        assert same is change


def test_an_unknown_launch_is_not_found(falcon: Store) -> None:
    for enter in (changing, reading):
        with (
            pytest.raises(NotFound, match='did you mean "falcon-2"'),
            enter(falcon, "falcon-3", now=NOW),
        ):
            pass


def test_an_actor_is_spelled_as_the_launch_spells_them(falcon: Store) -> None:
    with reading(falcon, SLUG, now=NOW) as change:
        assert change.actor(None, PMM) == PMM
        assert change.actor(OPS.upper(), PMM) == OPS
        assert change.actor(STRANGER.upper(), PMM) == STRANGER.upper()


def test_the_lead_may_what_no_one_else_may(falcon: Store) -> None:
    with reading(falcon, SLUG, now=NOW) as change:
        change.must(LEAD, Verb.MOVE)
        with pytest.raises(NotYours, match=f"{PMM} may not move Falcon 2"):
            change.must(PMM, Verb.MOVE)


def test_a_change_that_looks_again_sees_what_was_added(falcon: Store) -> None:
    with changing(falcon, SLUG, now=NOW) as change:
        first = change.graph
        assert change.graph is first
        change.look_again()
        assert change.graph is not first
