from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import State
from prefect.exceptions import Pause
from prefect.states import Cancelled, Running, Suspended

from launch_kits.board import suspension
from launch_kits.board.suspension import refresh, suspend
from launch_kits.errors import PrefectError
from tests.launches import NOW


class Prefect:
    """One run with its states, the last of which is its present one."""

    def __init__(self, *states: State) -> None:
        self.states = list(states)
        #: states that others set just before the next one of ours
        self.between: list[State] = []

    @property
    def state(self) -> State:
        return self.states[-1]

    def read_flow_run(self, _: object) -> Prefect:
        return self

    def read_flow_run_states(self, _: object) -> list[State]:
        return list(reversed(self.states))

    def set_flow_run_state(self, _: object, state: State, *, force: bool) -> None:
        assert force
        self.states += [*self.between, state]
        self.between = []


def waiting(message: str = "on track", *, days_ago: int = 1) -> State:
    at = NOW - timedelta(days=days_ago)
    return Suspended(pause_key="k", message=message, timestamp=at)


def told(prefect: Prefect) -> bool:
    return refresh(prefect, uuid4(), "2 days behind", zone="UTC", now=NOW)


def test_a_message_of_yesterday_is_renewed_with_the_same_key() -> None:
    prefect = Prefect(waiting())
    assert told(prefect)
    assert prefect.state.message == "2 days behind"
    assert prefect.state.name == "Suspended"
    assert prefect.state.state_details.pause_key == "k"
    assert prefect.state.state_details.pause_reschedule


@pytest.mark.parametrize(
    "state",
    [waiting("2 days behind"), waiting(days_ago=0), Running(), Cancelled()],
    ids=["same", "of today", "at work", "cancelled"],
)
def test_other_states_are_left_alone(state: State) -> None:
    prefect = Prefect(state)
    assert not told(prefect)
    assert prefect.states == [state]


def test_a_cancel_at_the_same_moment_is_kept() -> None:
    prefect = Prefect(waiting())
    cancelled = Cancelled(timestamp=NOW - timedelta(milliseconds=1))
    prefect.between = [cancelled]
    told(prefect)
    assert prefect.state == cancelled


def test_suspend_ends_the_process_with_its_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proposed: list[State] = []

    def accept(_: object, state: State, **__: object) -> State:
        proposed.append(state)
        return state

    monkeypatch.setattr(suspension, "propose_state_sync", accept)
    for _ in range(2):
        with pytest.raises(Pause):
            suspend(Prefect(), uuid4(), "on track")
    assert {state.message for state in proposed} == {"on track"}
    assert len({state.state_details.pause_key for state in proposed}) == 2


def test_suspend_names_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspension, "propose_state_sync", lambda *_, **__: Running())
    with pytest.raises(PrefectError, match="Prefect answered Running"):
        suspend(Prefect(), uuid4(), "on track")
