from __future__ import annotations

from dataclasses import replace
from datetime import date

from launch_kits.plan.readiness import CheckState, GateState, verdict

TODAY = date(2027, 2, 1)
OPEN = CheckState(1, "Trained sellers ≥ 80%", evidence=True)
CHECKED = replace(
    OPEN,
    checked_by="sales@example.com",
    checked_on=TODAY,
    link="https://example.com/results",
)
WAIVED = replace(
    OPEN,
    waived_by="lead@example.com",
    waived_until=TODAY,
    waived_why="Training is next week",
)


def gate(*checks: CheckState, hard: bool = True, before: bool = True) -> GateState:
    return GateState(
        "sales", "Sales can sell it", "sales@example.com", hard, before, checks
    )


def test_an_open_check_of_a_hard_gate_is_not_a_go() -> None:
    found = verdict([gate(CHECKED, OPEN)], today=TODAY)
    assert (found.go, found.reasons) == (
        False,
        ("Sales can sell it: Trained sellers ≥ 80%",),
    )


def test_an_open_check_of_a_soft_gate_is_a_concern() -> None:
    found = verdict([gate(OPEN, hard=False)], today=TODAY)
    assert (found.go, found.concerns) == (
        True,
        ("Sales can sell it: Trained sellers ≥ 80%",),
    )


def test_checked_and_waived_checks_are_a_go() -> None:
    assert verdict([gate(CHECKED)], today=TODAY).concerns == ()
    found = verdict([gate(WAIVED)], today=TODAY)
    assert found.go
    assert found.concerns == (
        "Sales can sell it: Trained sellers ≥ 80% is waived until 2027-02-01 by lead@example.com",
    )


def test_a_waiver_ends_with_its_day() -> None:
    found = verdict([gate(WAIVED)], today=date(2027, 2, 2))
    assert found.reasons == (
        "Sales can sell it: Trained sellers ≥ 80% (its waiver ended on 2027-02-01)",
    )


def test_a_gate_after_the_launch_does_not_hold_it() -> None:
    assert verdict([gate(OPEN, before=False)], today=TODAY).go


def test_late_work_is_a_concern() -> None:
    assert verdict([], overdue=["Pricing"], today=TODAY).concerns == (
        "overdue: Pricing",
    )


def test_a_gate_without_checks_is_passed() -> None:
    assert gate().passed(TODAY)
    assert not gate(CHECKED, OPEN).passed(TODAY)
    assert gate(CHECKED, OPEN).open_checks(TODAY) == (OPEN,)


def test_a_gate_that_is_passed_although_its_work_is_open_is_to_be_known() -> None:
    titles = ("Research", "Positioning", "Messages", "Quotes")
    early = replace(gate(CHECKED), open_work=titles)
    assert verdict([gate(CHECKED)], today=TODAY).concerns == ()
    found = verdict([early], today=TODAY)
    assert found.go
    assert found.early == (early,)
    left = '"Research", "Positioning", "Messages" and 1 more task'
    (concern,) = found.concerns
    assert concern == f"{early.title} is passed, but its work is open: {left}"
    opened = replace(early, checks=(OPEN,))
    assert verdict([opened], today=TODAY).early == ()
