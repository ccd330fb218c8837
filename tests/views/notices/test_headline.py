from __future__ import annotations

from datetime import date

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.views.notices.headline import headline
from tests.slack.said import BATTLECARD, POSITIONING, TRAINING, said
from tests.slack.views import NOW, READER, launch, notice, task

HEADLINE = (
    "Valkey 9.0: at risk, 1 task late; 25% ready, launch day Tue 2 Mar, "
    "in 21 working days."
)


def test_the_headline_shows_the_state_of_the_launch():
    late = task(
        "pricing",
        "Pricing page",
        owner_name="Counsel",
        overdue=True,
        due=date(2027, 1, 28),
        float_days=-2,
    )
    decision = task(
        "go",
        "Go or no-go",
        owner_name="Product lead",
        decides="launch",
        status=TaskStatus.WAITING,
        due=date(2027, 3, 1),
    )
    assert said(
        notice("headline", None, "#valkey-9-launch"),
        launch(POSITIONING, BATTLECARD, late, TRAINING, decision),
    ) == (
        HEADLINE.replace("25%", "20%"),
        [
            HEADLINE.replace("25%", "20%"),
            "████░░░░░░░░░░░░░░░░ 20%, 1 of 5 tasks done",
            "Late",
            '"Pricing page" (Counsel): was due Thu 28 Jan',
            "[Open]",
            "To decide",
            '"Go or no-go" (Product lead), by Mon 1 Mar',
            "[Open]",
            "Next",
            '"Battlecard: Redis Open Source" (Product marketing): due Thu 4 Feb',
            "[Open]",
            "Launch day: Tue 2 Mar",
            "Release: Tue 16 Feb",
            "Lead: Product lead",
        ],
    )


def test_the_headline_of_a_launch_that_ended_looks_back():
    text, shown = said(
        notice("headline", None, "#x"),
        launch(POSITIONING, status=LaunchStatus.DONE, ended_at=NOW),
    )
    assert text == "Valkey 9.0: done on Mon 1 Feb."
    assert "████████████████████ 100%, 1 of 1 task done" in shown


def test_nearly_done_is_not_shown_as_done():
    tasks = [
        task(f"t{at}", status=TaskStatus.DONE, done_at=NOW, float_days=None)
        for at in range(299)
    ]
    _, shown = said(notice("headline", None, "#x"), launch(*tasks, task("last")))
    assert shown[1] == "███████████████████░ 99%, 299 of 300 tasks done"


def test_the_state_of_the_gates_is_told_without_the_words_of_planners() -> None:
    def lines(check: CheckState) -> list[str]:
        gate = GateState(
            stage="sales",
            title="Sales are ready",
            owner="pmm@example.com",
            hard=True,
            before_launch=True,
            checks=(check,),
        )
        message = headline(launch(task(), gates=(gate,)), reader=READER)
        (row,) = [row for row in message.rows if row.label == "Go or no-go"]
        return list(row.value)

    until = date(2027, 1, 29)
    lapsed = CheckState(1, "Cards are read", False, key="cards", waived_until=until)
    assert lines(lapsed) == [
        "1 check before it is open",
        "Sales are ready: Cards are read (its waiver ended on Fri 29 Jan)",
    ]
    ticked = CheckState(
        1, "Cards are read", False, key="cards", checked_by="lead@example.com"
    )
    assert lines(ticked) == ["Every check before it is done"]
