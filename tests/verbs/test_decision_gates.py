from __future__ import annotations

from copy import deepcopy

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotReady
from launch_kits.verbs import changing, check
from launch_kits.verbs.decision_gates import decision_verdict, must_pass_gates
from tests.launches import KIT, NOW, SLUG, at, brief_with, opened

STORY = "The story stands: Everybody tells it"
SALES = "Sales can sell it: Sellers are trained"
LAUNCH = "Nothing burns: No open incident"


def gated(store: Store) -> Store:
    """The small launch with a hard gate at each stage; training decides on the launch."""
    kit = deepcopy(KIT)
    for stage, text in zip(kit["stages"], (STORY, SALES, LAUNCH), strict=True):
        title, _, condition = text.partition(": ")
        stage["gate"] = {"title": title, "hard": True, "checks": [{"title": condition}]}
    kit["stages"][1]["tasks"][2]["decides"] = "launch"
    return opened(store, brief_with(kit=kit))


def test_the_gates_of_the_stages_up_to_its_own_count(store: Store) -> None:
    with changing(gated(store), SLUG, now=NOW) as change:
        found = decision_verdict(change, change.task("training"))
        assert (found.go, found.reasons) == (False, (STORY, SALES))
        first = decision_verdict(change, change.task("research"))
        assert first.reasons == (STORY,)
        assert decision_verdict(change, None).reasons == (STORY, SALES)


def test_the_task_itself_is_not_a_concern_if_it_is_overdue(store: Store) -> None:
    with changing(gated(store), SLUG, now=at("02-09")) as change:
        concerns = decision_verdict(change, change.task("training")).concerns
        assert "overdue: Research" in concerns
        assert "overdue: Training" not in concerns


def test_only_a_task_that_decides_needs_its_gates_passed(store: Store) -> None:
    with changing(gated(store), SLUG, now=NOW) as change:
        must_pass_gates(change, change.task("research"), verb="done")
        with pytest.raises(NotReady, match="`done` is refused") as refused:
            must_pass_gates(change, change.task("training"), verb="done")
        assert refused.value.reasons == (STORY, SALES)
    for stage in ("story", "sales"):
        check(store, SLUG, stage, 1, now=NOW)
    with changing(store, SLUG, now=NOW) as change:
        must_pass_gates(change, change.task("training"), verb="done")
