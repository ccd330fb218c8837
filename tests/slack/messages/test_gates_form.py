from __future__ import annotations

from datetime import date

from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.slack.messages.gates_form import (
    GateOffer,
    GateWords,
    gates_message,
    gates_modal,
)
from tests.slack.block_kit import problems, problems_of_view
from tests.slack.office import words
from tests.slack.views import READER

LINK = "https://x.example/results"
WORDS = GateWords("falcon-2", "Falcon 2", date(2027, 2, 1), READER, {"card": "Card"})


def gate(*checks: CheckState, hard: bool = True, after: bool = False) -> GateState:
    return GateState(
        "sales",
        "Sales can sell it",
        "pmm@example.com",
        hard=hard,
        before_launch=not after,
        checks=checks,
        after_launch=after,
    )


def open_check(number: int, title: str = "Read") -> CheckState:
    return CheckState(number, title, evidence=False, key=f"c{number}")


def test_a_gate_says_whether_the_launch_waits_for_it() -> None:
    one = open_check(1)
    assert "must be met before the launch can go" in WORDS.state(gate(one))
    assert "can go without them" in WORDS.state(gate(one, hard=False))
    assert "must be met after the launch" in WORDS.state(gate(one, after=True))
    ticked = CheckState(1, "Read", evidence=False, key="c1", checked_by="x@y.example")
    assert WORDS.state(gate(ticked)).startswith("All checks are met.")


def test_a_check_says_what_it_needs() -> None:
    proved = CheckState(1, "Read", evidence=True, key="c1", tasks=("card",))
    assert WORDS.line(proved) == '☐ Read ("Card" is done, so it can be ticked)'
    both = CheckState(1, "Read", evidence=True, key="c1", tasks=("card", "card"))
    assert WORDS.line(both) == '☐ Read ("Card", "Card" are done, so it can be ticked)'
    waits = CheckState(
        1, "Read", evidence=True, key="c1", tasks=("card",), waits_for=("card",)
    )
    assert WORDS.line(waits) == '☐ Read (waits for "Card")'


def test_evidence_is_a_link() -> None:
    ticked = CheckState(
        1, "Read", evidence=True, key="c1", checked_by="x@y.example", link=LINK
    )
    offer = GateOffer(gate(ticked), {"c1": ("gate_uncheck",)})
    view = gates_modal(WORDS, [offer], verdict="Ready.", private="{}")
    assert problems_of_view(view) == []
    assert f"Evidence: <{LINK}>" in words(view)
    assert words(view)[-1] == "[Take back]"


def test_many_checks_are_cut_to_the_limits_of_slack() -> None:
    checks = [open_check(at, "Read " * 80) for at in range(1, 41)]
    gates = [gate(*checks)] * 20
    actions = {check.key: ("gate_check", "gate_waive") for check in checks}
    offers = [GateOffer(each, actions) for each in gates]
    view = gates_modal(WORDS, offers, verdict="Not yet.", private="{}")
    assert problems_of_view(view) == []
    assert words(view)[-1] == "There are more: open one gate alone."
    said = gates_message(WORDS, gates, verdict="Not yet.", decides=True)
    assert problems(list(said.blocks)) == []


def test_a_launch_without_gates_says_so() -> None:
    said = gates_message(WORDS, [], verdict="Ready.", decides=True)
    assert said.text == "Falcon 2 has no checks before its launch."
