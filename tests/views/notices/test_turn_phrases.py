from __future__ import annotations

import pytest

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
            {"event": "at risk", "launch_on": "2027-03-02", "lands_on": None},
            "Valkey 9.0 is at risk: its launch day, Tue 2 Mar, cannot be kept.",
        ),
        (
            {"event": "launch day passed", "launch_on": "2027-03-02", "open": 1},
            (
                "The launch day of Valkey 9.0, Tue 2 Mar, is over with 1 task open. "
                "Finish them, or move the launch."
            ),
        ),
        (
            {"event": "gate passed", "gate": "Go", "day": "2027-02-04", "checks": []},
            'Valkey 9.0: Gate "Go" is open after its day, Thu 4 Feb: a check.',
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
