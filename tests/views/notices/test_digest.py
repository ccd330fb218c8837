from __future__ import annotations

from datetime import UTC, datetime

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.slack.messages.render import to_slack
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.digest import morning, week
from launch_kits.views.notices.message import NoticeMessage
from tests.slack.block_kit import problems, texts
from tests.slack.views import READER, launch, notice, task


def line(
    title: str,
    due: str,
    *,
    status: str = "ready",
    product: str = "Valkey 9.0",
    slug: str = "valkey-9",
) -> dict:
    return {
        "launch": slug,
        "product": product,
        "task": title.lower(),
        "title": title,
        "owner": "pmm@example.com",
        "due": due,
        "status": status,
    }


def in_blocks(message: NoticeMessage) -> str:
    """The texts of the message in Slack, a line each; its blocks are valid."""
    blocks = list(to_slack(message).blocks)
    assert problems(blocks) == []
    return "\n".join(text["text"] for text in texts(blocks))


def test_a_morning_is_sorted_by_what_presses() -> None:
    tasks = [
        line("Late", "2027-01-29"),
        line("Soon", "2027-02-02"),
        line("Later", "2027-02-12"),
    ]
    found = morning({"day": "2027-02-01", "tasks": tasks, "help": []}, reader=READER)
    assert in_blocks(found).splitlines() == [
        "Mon 1 Feb: 3 tasks for you, 1 overdue",
        "*Overdue*",
        "Late: Fri 29 Jan, 1 working day ago",
        "*Due soon*",
        "Soon: Tue 2 Feb, tomorrow",
        "*Due later*",
        "Later: Fri 12 Feb, in 9 working days",
        "Answer in each task's own message, or in the Home tab.",
    ]
    assert (
        found.sentence
        == "3 tasks for you, 1 overdue. First: Late: Fri 29 Jan, 1 working day ago"
    )


def test_tasks_that_are_not_handed_out_come_last_and_are_not_counted_as_work() -> None:
    planned = {"planned_start": "2027-02-08", "planned_finish": "2027-02-10"}
    tasks = [
        {**line("Next", "2027-02-02"), **planned, "later": True},
        {**line("Now", "2027-02-12"), **planned, "later": False},
    ]
    help_wanted = [line("Pricing", "2027-01-28", status="doing")]
    found = morning({"tasks": tasks, "help": help_wanted}, reader=READER)
    assert in_blocks(found).splitlines()[:-1] == [
        "Mon 1 Feb: 1 task for you, 1 task of others overdue, 1 task for later",
        "*Due later*",
        "Now: planned 8-10 Feb, due Fri 12 Feb at the latest, in 9 working days",
        "*Others need help*",
        "Pricing, Product marketing: Thu 28 Jan, 2 working days ago",
        "*Later*",
        "Next: Tue 2 Feb, tomorrow",
    ]


def test_a_morning_says_what_is_to_be_approved_and_who_needs_help() -> None:
    facts = {
        "tasks": [line("Contract", "2027-02-02", status="review")],
        "help": [line("Pricing", "2027-01-28", status="doing")],
    }
    said = in_blocks(morning(facts, reader=READER))
    assert "Approve: Contract: Tue 2 Feb, tomorrow" in said
    assert "Pricing, Product marketing: Thu 28 Jan, 2 working days ago" in said


def test_products_are_named_where_there_are_several() -> None:
    tasks = [
        line("One", "2027-02-02"),
        line("Two", "2027-02-02", product="Falcon 2", slug="falcon-2"),
    ]
    said = in_blocks(morning({"tasks": tasks, "help": []}, reader=READER))
    assert "One (Valkey 9.0): Tue 2 Feb" in said
    assert "Two (Falcon 2): Tue 2 Feb" in said


def test_a_very_full_morning_fits_a_message() -> None:
    tasks = [
        line("T" * 300, "2027-02-02", product="P" * 200, slug=f"l-{number}")
        for number in range(200)
    ]
    assert in_blocks(morning({"tasks": tasks, "help": tasks}, reader=READER))


@pytest.mark.parametrize(
    "facts", [{}, {"tasks": "odd"}, {"tasks": [{"title": None}], "help": [3]}]
)
def test_odd_facts_make_a_message_all_the_same(facts: dict[str, object]) -> None:
    assert in_blocks(morning(facts, reader=READER))


def test_the_week_is_five_lines_with_risks_and_asks() -> None:
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
    found = week(launch(*tasks), reader=READER)
    head, body = in_blocks(found).split("\n", 1)
    assert head == "Valkey 9.0: the week"
    assert body.splitlines() == [
        "█████░░░░░░░░░░░░░░░ 25% ready, launch day Tue 2 Mar, in 21 working days.",
        "Done in the last week: Positioning (Product marketing).",
        (
            "Due in the week to come: Pricing (Product marketing); "
            "Legal review (Product marketing); "
            "Training (Product marketing)."
        ),
        "At risk: Pricing (Product marketing), 2 working days behind.",
        "To decide: Legal review is blocked: No contract; Training asks for time until Mon 1 Feb.",
    ]


def test_the_week_stays_five_lines_whatever_was_written() -> None:
    stuck = task(
        "c",
        "Legal review",
        status=TaskStatus.BLOCKED,
        blocked_by="No contract\n\nand no lawyer",
        float_days=1,
    )
    assert len(in_blocks(week(launch(stuck), reader=READER)).splitlines()) == 6, (
        "a head and five lines"
    )


def test_a_quiet_week_says_so() -> None:
    lines = in_blocks(week(launch(), reader=READER)).splitlines()[1:]
    assert [each.rpartition(": ")[2] for each in lines[1:]] == [
        "nothing.",
        "nothing.",
        "nothing.",
        "nothing.",
    ]


def test_a_digest_is_a_morning_or_a_week_by_its_facts() -> None:
    daily = notice(
        "digest", None, day="2027-02-01", tasks=[line("Soon", "2027-02-02")], help=[]
    )
    weekly = notice("digest", None, week="2027-W05")
    assert "1 task for you" in compose(daily, launch(), reader=READER).sentence
    assert "this week" in compose(weekly, launch(), reader=READER).sentence
