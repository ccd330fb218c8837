from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.slack.inbound.responses import Answer, answered_once
from tests.launches import NOW

FAULTS = Answer(200, '{"errors": {"until": "is past"}}', {"content-type": "json"})


def test_a_fault_is_told_again_by_a_process_that_was_started_later(
    store: Store,
) -> None:
    asked: list[int] = []

    def dispatch() -> Answer:
        asked.append(1)
        return FAULTS if len(asked) == 1 else Answer(200, "", {})

    def answer(signature: str) -> Answer:
        return answered_once(store, signature, dispatch, now=lambda: NOW)

    assert answer("v0=x") == FAULTS
    assert answer("v0=x") == FAULTS
    assert asked == [1]
    # sent again by its user, it is another request
    assert answer("v0=y").body == ""


def test_an_answer_that_says_nothing_is_not_kept(store: Store) -> None:
    asked: list[int] = []

    def dispatch() -> Answer:
        asked.append(1)
        return Answer(200, "", {})

    for _ in range(2):
        assert answered_once(store, "v0=x", dispatch, now=lambda: NOW).status == 200
    assert asked == [1, 1]
