from __future__ import annotations

from datetime import date

from launch_kits.database.records import LaunchStatus, TaskStatus
from tests.slack.said import BATTLECARD, POSITIONING, TRAINING, said
from tests.slack.views import NOW, launch, notice, task

HEADLINE = (
    "Valkey 9.0: at risk, 2 working days behind, 1 task late; 25% ready, launch day Tue 2 Mar, "
    "in 21 working days; late: Pricing page (Counsel), Thu 28 Jan, 2 working days ago."
)


def test_the_headline_shows_where_the_launch_stands():
    late = task(
        "pricing",
        "Pricing page",
        owner_name="Counsel",
        overdue=True,
        due=date(2027, 1, 28),
        float_days=-2,
    )
    assert said(
        notice("headline", None, "#valkey-9-launch"),
        launch(POSITIONING, BATTLECARD, late, TRAINING),
    ) == (
        HEADLINE,
        [
            "Valkey 9.0",
            "█████░░░░░░░░░░░░░░░ 25%, 1 of 4 tasks done",
            "State: At risk, 2 working days behind, 1 task late",
            "Launch day: Tue 2 Mar, in 21 working days",
            "Release: Tue 16 Feb",
            "Lead: Product lead",
            "Late: Pricing page (Counsel), Thu 28 Jan, 2 working days ago",
            "Next: Battlecard: Redis Open Source (Product marketing), Thu 4 Feb, in 3 working days",
        ],
    )


def test_the_headline_of_a_launch_that_ended_looks_back():
    text, shown = said(
        notice("headline", None, "#x"), launch(POSITIONING, status=LaunchStatus.DONE)
    )
    assert text == "Valkey 9.0: done; 100% ready, launch day Tue 2 Mar."
    assert "████████████████████ 100%, 1 of 1 task done" in shown


def test_nearly_done_is_not_shown_as_done():
    tasks = [
        task(f"t{at}", status=TaskStatus.DONE, done_at=NOW, float_days=None)
        for at in range(299)
    ]
    _, shown = said(notice("headline", None, "#x"), launch(*tasks, task("last")))
    assert shown[1] == "███████████████████░ 99%, 299 of 300 tasks done"
