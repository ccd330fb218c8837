from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.views.notices.compose import compose
from tests.slack.views import READER, launch, notice, task

BEHIND = [{"title": "Pricing", "owner": "legal@example.com", "due": "2027-02-04"}]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {"event": "at risk", "launch_on": "2027-03-02", "lands_on": "2027-03-04"},
            "Valkey 9.0 is at risk: as things stand it lands on Thu 4 Mar, not on Tue 2 Mar.",
        ),
        (
            {
                "event": "at risk",
                "launch_on": "2027-03-02",
                "lands_on": "2027-03-02",
                "late": 2,
                "behind": BEHIND,
            },
            (
                "Valkey 9.0 is at risk, though its launch day can still be kept. 2 tasks are "
                'overdue; not in time: "Pricing" (Counsel, due Thu 4 Feb).'
            ),
        ),
        (
            {
                "event": "at risk",
                "launch_on": "2027-03-02",
                "lands_on": None,
                "behind": [{**BEHIND[0], "with": "lead@example.com"}],
            },
            (
                "Valkey 9.0 is at risk: its launch day, Tue 2 Mar, cannot be kept. Not in time: "
                '"Pricing" (waits for Product lead to approve it, due Thu 4 Feb).'
            ),
        ),
        (
            {"event": "at risk", "launch_on": "2027-03-02", "lands_on": None},
            "Valkey 9.0 is at risk: its launch day, Tue 2 Mar, cannot be kept.",
        ),
        (
            {"event": "launch day passed", "launch_on": "2027-03-02"},
            (
                "Please finish 1 open task of Valkey 9.0, or move the launch, whose launch day "
                'was Tue 2 Mar: "Battlecard: Redis Open Source".'
            ),
        ),
        (
            {
                "event": "extension lapsed",
                "until": "2027-02-11",
                "due": "2027-02-04",
                "by": "lead@example.com",
            },
            (
                'Valkey 9.0: No answer is needed any more about "Battlecard: Redis Open '
                'Source" until Thu 11 Feb: it is due Thu 4 Feb now.'
            ),
        ),
    ],
)
def test_a_turn_is_told_from_its_facts(facts: dict[str, object], sentence: str) -> None:
    about = notice("news", **facts)
    assert compose(about, launch(task()), reader=READER).sentence == sentence


def test_a_gate_names_the_checks_that_are_still_open_and_ends_with_the_last() -> None:
    checks = [
        CheckState(
            1, "Cards are read", False, key="cards", checked_by="sales@example.com"
        ),
        CheckState(2, "Sellers know it", False, key="known"),
    ]
    gate = GateState(
        stage="launch",
        title="Go",
        owner="sales@example.com",
        hard=True,
        before_launch=True,
        checks=tuple(checks),
    )
    told = ["Cards are read", "Sellers know it"]
    facts = {"event": "gate passed", "gate": "Go", "day": "2027-01-29", "checks": told}
    late = task(stage="launch", due=date(2027, 1, 29))

    def says(gate: GateState) -> str:
        shown = launch(late, gates=(gate,))
        return compose(notice("news", None, **facts), shown, reader=READER).sentence

    assert says(gate) == (
        'Please tick 1 check of the gate "Go" (Valkey 9.0), whose day was Fri 29 Jan, '
        'or let it pass: "Sellers know it".'
    )
    met = replace(checks[1], checked_by="sales@example.com")
    assert says(replace(gate, checks=(checks[0], met))) == (
        'Nothing is left to do for the gate "Go" (Valkey 9.0).'
    )
