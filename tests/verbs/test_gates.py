from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.plan.readiness import GateState
from launch_kits.verbs import cancel, check, decide, drop, uncheck, waive
from launch_kits.views.launch import LaunchView, read_launch
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    already,
    at,
    brief_with,
    changed,
    dump,
    events,
    notices,
    opened,
    sentence_of,
)

GATES: dict[str, dict[str, Any]] = {
    "story": {"title": "The story stands", "checks": [{"title": "Everybody tells it"}]},
    "sales": {
        "title": "Sales can sell it",
        "role": "sales",
        "hard": True,
        "checks": [
            {"title": "Trained sellers ≥ 80%", "evidence": "required"},
            {"title": "Cards are read"},
        ],
    },
    "launch": {
        "title": "We know how it went",
        "hard": True,
        "checks": [{"title": "Goals are measured"}],
    },
}


def gated(store: Store, **changes: Any) -> Store:
    stages = [stage | {"gate": GATES[stage["key"]]} for stage in KIT["stages"]]
    return opened(store, brief_with(kit=KIT | {"stages": stages}, **changes))


@pytest.fixture
def gate(store: Store) -> Store:
    """The small launch with a gate at each stage.

    That of sales is hard, and so is the one after the launch.
    """
    return gated(store)


def view(store: Store, now: Any = NOW) -> LaunchView:
    with store.read() as session:
        return read_launch(session, SLUG, now=now, documents=Path("/nowhere"))


def at_stage(store: Store, stage: str) -> GateState:
    return next(each for each in view(store).gates if each.stage == stage)


def pass_sales(store: Store) -> None:
    check(store, SLUG, "sales", 1, link="https://example.com/results", now=NOW)
    check(store, SLUG, "sales", 2, now=NOW)


def test_gates_are_those_of_stages_with_tasks(gate: Store) -> None:
    assert [(each.stage, each.owner, each.hard) for each in view(gate).gates] == [
        ("story", LEAD, False),
        ("sales", SALES, True),
        ("launch", LEAD, True),
    ]
    for key in ("positioning", "research"):
        drop(gate, SLUG, key, now=NOW)
    assert [each.stage for each in view(gate).gates] == ["sales", "launch"]


def test_the_gate_of_a_stage_that_begins_on_the_launch_day_comes_after_it(
    gate: Store,
) -> None:
    assert [each.before_launch for each in view(gate).gates] == [True, True, False]


def test_a_gate_that_the_kit_puts_after_the_launch_holds_no_go(store: Store) -> None:
    gates = GATES | {"sales": GATES["sales"] | {"after_launch": True}}
    stages = [stage | {"gate": gates[stage["key"]]} for stage in KIT["stages"]]
    opened(store, brief_with(kit=KIT | {"stages": stages}))
    assert view(store).verdict.go
    changed(decide(store, SLUG, go=True, now=NOW))


def test_a_check_has_who_when_and_evidence(gate: Store) -> None:
    outcome = changed(
        check(gate, SLUG, "sales", 1, link="https://example.com/results", now=NOW)
    )
    assert outcome.message == (
        'check 1 of "sales" (Trained sellers ≥ 80%) is checked; '
        "1 check of its gate is still open"
    )
    found = at_stage(gate, "sales").checks[0]
    assert (found.checked_by, found.checked_on, found.link) == (
        SALES,
        NOW.date(),
        "https://example.com/results",
    )
    assert events(gate, verb="check")[0].data["link"] == "https://example.com/results"
    already(check(gate, SLUG, "sales", 1, link="https://example.com/other", now=NOW))


def test_the_last_check_passes_the_gate(gate: Store) -> None:
    check(gate, SLUG, "sales", 1, link="https://example.com/results", now=NOW)
    outcome = check(gate, SLUG, "sales", 2, by=OPS, now=NOW)
    left = '"Battlecard: Osprey", "Battlecard: Kite", "Legal review" and 1 more task'
    assert outcome.message.endswith(
        f"the gate is passed: Sales can sell it, but its work is open: {left}"
    )
    assert at_stage(gate, "sales").passed(NOW.date())


def test_without_the_evidence_that_is_asked_for_nothing_is_checked(gate: Store) -> None:
    before = dump(gate)
    for link in (None, " "):
        with pytest.raises(Refused, match="needs evidence"):
            check(gate, SLUG, "sales", 1, link=link, now=NOW)
    assert dump(gate) == before


@pytest.mark.parametrize("who", [PMM, LEGAL, STRANGER])
def test_others_may_not_check(gate: Store, who: str) -> None:
    with pytest.raises(NotYours, match="not theirs"):
        check(gate, SLUG, "sales", 2, by=who, now=NOW)


def test_no_one_attests_work_that_was_theirs_alone(store: Store) -> None:
    stages = [
        stage | {"gate": GATES[stage["key"]] | {"role": "pmm"}}
        for stage in KIT["stages"]
    ]
    opened(store, brief_with(kit=KIT | {"stages": stages}))
    with pytest.raises(
        NotYours,
        match=f"so someone else must check it; these may: {OPS}, {LEAD}",
    ):
        check(store, SLUG, "story", 1, now=NOW)
    changed(check(store, SLUG, "story", 1, by=LEAD, now=NOW))


def test_in_a_team_of_one_there_is_no_one_else(store: Store) -> None:
    gated(store, team={"lead": {"name": "Lee", "email": LEAD}})
    changed(check(store, SLUG, "story", 1, now=NOW))


def test_a_check_can_be_taken_back(gate: Store) -> None:
    already(uncheck(gate, SLUG, "sales", 2, now=NOW))
    check(gate, SLUG, "sales", 2, now=NOW)
    changed(
        uncheck(gate, SLUG, "sales", 2, by=LEAD, now=NOW, note="Half of them are old")
    )
    assert not at_stage(gate, "sales").checks[1].holds(NOW.date())
    with pytest.raises(NotYours):
        uncheck(gate, SLUG, "sales", 2, by=PMM, now=NOW)


def test_an_unknown_stage_or_number_is_named(gate: Store) -> None:
    with pytest.raises(NotFound, match='did you mean "sales"'):
        check(gate, SLUG, "sale", 1, now=NOW)
    with pytest.raises(
        NotFound,
        match='has no check "3"; checks: 1 trained-sellers-80, 2 cards-are-read',
    ):
        check(gate, SLUG, "sales", 3, now=NOW)


def test_a_go_is_impossible_while_a_hard_gate_is_open(gate: Store) -> None:
    before = dump(gate)
    with pytest.raises(
        Refused, match="Trained sellers ≥ 80%\n- Sales can sell it: Cards are read"
    ):
        decide(gate, SLUG, go=True, now=NOW)
    assert dump(gate) == before
    pass_sales(gate)
    outcome = changed(decide(gate, SLUG, go=True, now=NOW, note="All is ready"))
    left = '"Battlecard: Osprey", "Battlecard: Kite", "Legal review" and 1 more task'
    assert outcome.warnings == (
        "The story stands: Everybody tells it",
        f"Sales can sell it is passed, but its work is open: {left}",
    )
    decision = view(gate).decision
    assert decision is not None
    assert (decision.go, decision.by, decision.at, decision.note) == (
        True,
        LEAD,
        NOW,
        "All is ready",
    )
    (news,) = notices(gate, "news")
    assert (news.to, sentence_of(gate, news)) == (
        "#falcon-2-launch",
        "Falcon 2: Lee decided: go: All is ready.",
    )


def test_the_last_decision_holds_and_all_are_kept(gate: Store) -> None:
    changed(decide(gate, SLUG, go=False, now=NOW, note="Sales is not trained"))
    already(decide(gate, SLUG, go=False, now=NOW))
    pass_sales(gate)
    changed(decide(gate, SLUG, go=True, now=NOW))
    assert [event.data["go"] for event in events(gate, verb="decide")] == [False, True]


def test_only_the_lead_or_the_sponsor_decides(gate: Store, store: Store) -> None:
    with pytest.raises(NotYours):
        decide(gate, SLUG, go=False, by=PMM, now=NOW)
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["sponsor"] = {"name": "Sue", "email": "sponsor@example.com"}
    opened(store, brief_with(launch="kestrel", team=team))
    changed(decide(store, "kestrel", go=True, by="sponsor@example.com", now=NOW))


def test_a_waiver_has_who_why_and_until_when(gate: Store) -> None:
    check(gate, SLUG, "sales", 2, now=NOW)
    changed(
        waive(
            gate,
            SLUG,
            "sales",
            1,
            until=date(2027, 1, 12),
            note="Training is next week",
            now=NOW,
        )
    )
    found = at_stage(gate, "sales").checks[0]
    assert (found.waived_by, found.waived_until, found.waived_why) == (
        LEAD,
        date(2027, 1, 12),
        "Training is next week",
    )
    already(
        waive(
            gate,
            SLUG,
            "sales",
            1,
            until=date(2027, 1, 12),
            note="Training is next week",
            now=NOW,
        )
    )
    assert view(gate, at("01-12")).verdict.go
    assert not view(gate, at("01-13")).verdict.go
    changed(
        waive(
            gate,
            SLUG,
            "sales",
            1,
            until=date(2027, 1, 20),
            note="Again",
            now=at("01-13"),
        )
    )
    assert view(gate, at("01-20")).verdict.go


def test_a_waiver_needs_a_person_who_may_a_day_to_come_and_an_open_check(
    gate: Store,
) -> None:
    with pytest.raises(NotYours):
        waive(
            gate,
            SLUG,
            "sales",
            1,
            until=date(2027, 2, 1),
            note="Why",
            by=SALES,
            now=NOW,
        )
    with pytest.raises(Refused, match="is past"):
        waive(gate, SLUG, "sales", 1, until=date(2027, 1, 10), note="Why", now=NOW)
    check(gate, SLUG, "sales", 2, now=NOW)
    with pytest.raises(Refused, match="nothing to waive"):
        waive(gate, SLUG, "sales", 2, until=date(2027, 2, 1), note="Why", now=NOW)


def test_after_the_end_there_is_nothing_to_decide(gate: Store) -> None:
    cancel(gate, SLUG, now=NOW)
    with pytest.raises(Refused):
        decide(gate, SLUG, go=False, now=NOW)
    with pytest.raises(Refused):
        check(gate, SLUG, "sales", 2, now=NOW)
