from __future__ import annotations

from datetime import UTC, datetime

from launch_kits.database.records import TaskStatus
from launch_kits.views.notices.week import week
from tests.slack.views import READER, launch, task
from tests.views.notices.test_digest import in_blocks


def test_the_week_asks_first_and_has_five_lines_with_risks() -> None:
    tasks = [
        task(
            "a",
            "Positioning",
            status=TaskStatus.DONE,
            done_at=datetime(2027, 1, 28, 12, tzinfo=UTC),
            float_days=None,
        ),
        task("b", "Pricing", overdue=True, float_days=-2, status=TaskStatus.DOING),
        task(
            "c",
            "Legal review",
            status=TaskStatus.BLOCKED,
            blocked_by="No contract",
            float_days=1,
        ),
        task("d", "Training", asked_until=READER.today, float_days=3),
    ]
    found = week(launch(*tasks), reader=READER, to="Lead@example.com")
    head, body = in_blocks(found).split("\n", 1)
    assert head == (
        "2 decisions for you (Valkey 9.0). First: Product marketing asks for more time "
        'for "Training": until Mon 1 Feb, not Thu 4 Feb (answer by Wed 3 Feb). '
        "This week: at risk, 25% ready, 1 task late."
    )
    assert body.splitlines() == [
        "For you to decide",
        (
            'Product marketing asks for more time for "Training": until Mon 1 Feb, '
            "not Thu 4 Feb (answer by Wed 3 Feb)"
        ),
        '"Legal review" (Product marketing), due Thu 4 Feb, is blocked: No contract',
        "█████░░░░░░░░░░░░░░░ 25% ready, launch day Tue 2 Mar.",
        'Done in the last week: "Positioning" (Product marketing).',
        (
            'Due in the week to come: "Pricing" (Product marketing); '
            '"Legal review" (Product marketing) is blocked: No contract; '
            '"Training" (Product marketing).'
        ),
        (
            'At risk: "Pricing" (Product marketing); "Legal review" (Product marketing) is '
            "blocked: No contract."
        ),
        "Others decide: nothing.",
    ]


def test_the_week_stays_five_lines_whatever_was_written() -> None:
    stuck = task(
        "c",
        "Legal review",
        status=TaskStatus.BLOCKED,
        blocked_by="No contract\n\nand no lawyer",
        float_days=1,
    )
    assert (
        len(
            in_blocks(
                week(launch(stuck), reader=READER, to="a@example.com")
            ).splitlines()
        )
        == 6
    ), "a head and five lines"


def test_a_quiet_week_says_so() -> None:
    lines = in_blocks(week(launch(), reader=READER, to="a@example.com")).splitlines()[
        1:
    ]
    assert [each.rpartition(": ")[2] for each in lines[1:]] == [
        "nothing.",
        "nothing.",
        "nothing.",
        "nothing.",
    ]


def test_decisions_of_others_are_one_line_with_those_who_take_them() -> None:
    legal = "legal@example.com"
    sponsor = "sponsor@example.com"
    tasks = [
        task("a", "Pricing", asked_until=READER.today),
        task("b", "Training", asked_until=READER.today),
        task("c", "Terms", status=TaskStatus.REVIEW, approver=legal, awaited=legal),
        task(
            "d", "Budget", status=TaskStatus.REVIEW, approver=sponsor, awaited=sponsor
        ),
    ]
    read = {
        to: in_blocks(week(launch(*tasks[:last]), reader=READER, to=to)).splitlines()
        for to, last in ((sponsor, 4), ("other@example.com", 1))
    }
    assert read[sponsor][0].startswith(
        '1 decision for you (Valkey 9.0): Approve "Budget" of Product marketing, by '
    )
    asks = "Product lead: Product marketing asks for more time for"
    until = "until Mon 1 Feb, not Thu 4 Feb (answer by Wed 3 Feb)"
    assert read[sponsor][1:3] == [
        "For you to decide",
        'Approve "Budget" of Product marketing, by Thu 4 Feb',
    ]
    assert read[sponsor][-1] == (
        f'Others decide: {asks} "Pricing": {until}; {asks} "Training": {until}; '
        'Counsel: Approve "Terms" of Product marketing, by Thu 4 Feb.'
    )
    assert read["other@example.com"][0].endswith(", no decision for you.")
    assert read["other@example.com"][-1] == f'Others decide: {asks} "Pricing": {until}.'
