from __future__ import annotations

from dataclasses import replace
from datetime import date

from launch_kits.database.records import Decision, LaunchStatus, TaskStatus
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.decisions import gate_day, to_decide
from tests.slack.views import NOW, launch, task

LEAD = "lead@example.com"
GATE = GateState(
    stage="sales_readiness",
    title="Sales can sell it",
    owner="sales@example.com",
    hard=True,
    before_launch=True,
    checks=(CheckState(1, "Sellers are trained", evidence=False, key="trained"),),
)


def found(*tasks: object, **other: object) -> list[tuple[str, str, str]]:
    return [
        (each.wanted, each.key, each.who) for each in to_decide(launch(*tasks, **other))
    ]


def test_every_kind_of_answer_about_a_task_is_a_decision() -> None:
    legal = "legal@example.com"
    review = {"status": TaskStatus.REVIEW, "approver": legal, "awaited": legal}
    assert found(
        task("go", decides="launch", status=TaskStatus.WAITING, awaited=None),
        task("scope", decides="release", owner=LEAD, awaited=LEAD),
        task("copy", **review),
        task("price", status=TaskStatus.BLOCKED, blocked_by="No data"),
        task("card", asked_until=date(2027, 2, 11)),
        task("done", status=TaskStatus.DONE, decides="launch"),
    ) == [
        ("more time", "card", LEAD),
        ("blocked", "price", LEAD),
        ("review", "copy", legal),
        ("decision", "scope", LEAD),
        ("decision ahead", "go", "pmm@example.com"),
    ]


def test_a_launch_that_has_ended_waits_for_no_decision() -> None:
    waiting = task("card", asked_until=date(2027, 2, 11))
    assert found(waiting, status=LaunchStatus.CANCELLED) == []


def test_a_check_is_to_be_ticked_once_its_work_is_done_or_its_day_is_over() -> None:
    early = task("card", due=date(2027, 2, 4))
    assert found(early, gates=(GATE,)) == []
    (check,) = GATE.checks
    offered = replace(GATE, checks=(replace(check, tasks=("card",)),))
    wanted = [("gate", "sales_readiness", "sales@example.com")]
    assert found(early, gates=(offered,)) == wanted
    late = task("card", due=date(2027, 1, 29))
    assert found(late, gates=(GATE,)) == wanted
    (asked,) = to_decide(launch(late, gates=(GATE,)))
    assert asked == ToDecide(
        wanted=AnswerKind.GATE,
        who="sales@example.com",
        title="Sales can sell it",
        key="sales_readiness",
        due=date(2027, 1, 29),
        checks=("Sellers are trained",),
    )
    assert not asked.about_task


def test_a_waiver_is_a_decision_from_three_days_before_its_end() -> None:
    (check,) = GATE.checks

    def waived(until: date) -> list[tuple[str, str, str]]:
        gate = replace(GATE, checks=(replace(check, waived_until=until),))
        return found(task("card"), gates=(gate,))

    assert waived(date(2027, 2, 5)) == []
    assert waived(date(2027, 2, 4)) == [("waiver", "sales_readiness", LEAD)]
    assert waived(date(2027, 1, 29)) == [("waiver", "sales_readiness", LEAD)]


def test_a_gate_before_the_go_is_not_a_decision_once_the_go_is_given() -> None:
    (check,) = GATE.checks
    lapsed = replace(GATE, checks=(replace(check, waived_until=date(2027, 1, 29)),))
    after = replace(lapsed, stage="after", after_launch=True, before_launch=False)
    go = Decision(launch="valkey-9", go=True, by=LEAD, at=NOW)
    decided = task("go", decides="launch", status=TaskStatus.DONE)
    shown = {"gates": (lapsed, after), "decision": go}
    assert found(decided, **shown) == [("waiver", "after", LEAD)]
    again = task("go", decides="launch", status=TaskStatus.READY, awaited=LEAD)
    assert ("waiver", "sales_readiness", LEAD) in found(again, **shown)


def test_the_day_of_a_gate_is_the_last_due_day_of_its_stage() -> None:
    dropped = task("b", due=date(2027, 3, 1), status=TaskStatus.DROPPED)
    shown = launch(task("a", due=date(2027, 2, 9)), task("c"), dropped)
    assert gate_day(shown, GATE) == date(2027, 2, 9)
    assert gate_day(shown, replace(GATE, stage="other")) is None
