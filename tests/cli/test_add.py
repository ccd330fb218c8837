from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import LEAD, NOW, PMM, SLUG, events, task

AT = ("--now", NOW.isoformat())


def test_a_task_is_added(cli: Cli, flying):
    said = cli.ok(
        "add",
        SLUG,
        "--title",
        "Ask two customers",
        "--role",
        "pmm",
        "--after",
        "positioning",
        "--before",
        "training",
        *AT,
    )
    assert said.out.startswith(f"ask_two_customers is added: {PMM}, due ")
    assert events(flying, verb="add")[0].by == LEAD
    assert "did you mean" in cli.refused(
        "add", SLUG, "--title", "X", "--after", "positionin", *AT
    )
    cli.misused("add", SLUG, *AT)


def test_a_due_day_can_be_an_offset(cli: Cli, flying):
    words = (
        "add",
        SLUG,
        "--title",
        "Book the room",
        "--role",
        "sales",
        "--share",
        "0.5",
    )
    said = cli.ok(*words, "--due", "T-3d", *AT)
    there = task(flying, "book_the_room")
    assert (there.due_offset, there.due.isoformat(), there.share) == (
        "T-3d",
        "2027-02-05",
        0.5,
    )
    assert (
        "warning: Sat 6 Feb 2027 is a day off of the launch; Fri 5 Feb 2027 is meant"
        in said.err
    )
    assert "is past" in cli.refused("add", SLUG, "--title", "X", "--due", "T-30", *AT)


def test_a_task_that_asks_for_too_many_days_is_added_with_a_warning(cli: Cli, flying):
    words = ("add", SLUG, "--title", "Tour", "--role", "pmm", "--due", "2027-02-08")
    said = cli.ok(*words, "--days", "20", *AT)
    assert said.out.startswith(f"tour is added: {PMM}, due Mon 8 Feb 2027")
    assert "people are short of time: work is planned after its due days" in said.err
    assert "the earliest launch day on which people have time" in said.err
