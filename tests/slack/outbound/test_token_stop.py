from __future__ import annotations

from datetime import timedelta

from launch_kits.database.store import Store
from launch_kits.slack.outbound.token_stop import AGAIN_AFTER, problem_of, stop
from tests.launches import NOW


def test_a_token_is_stopped_for_a_while_and_others_are_not(store: Store) -> None:
    assert problem_of(store, "xoxb-1", now=NOW) is None
    with store.write() as session:
        stop(session, "xoxb-1", now=NOW)
    said = problem_of(store, "xoxb-1", now=NOW + AGAIN_AFTER - timedelta(seconds=1))
    assert said
    assert "xoxb-1" not in said
    assert problem_of(store, "xoxb-2", now=NOW) is None
    assert problem_of(store, "xoxb-1", now=NOW + AGAIN_AFTER) is None
