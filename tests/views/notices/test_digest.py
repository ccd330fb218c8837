from __future__ import annotations

from datetime import date

import pytest

from launch_kits.slack.messages.render import to_slack
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.digest import (
    ASKED,
    DUE_TODAY,
    HELP_WANTED,
    OVERDUE,
    morning,
)
from launch_kits.views.notices.message import NoticeMessage, Subject
from tests.slack.block_kit import problems, texts
from tests.slack.views import READER, launch, notice


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
        line("Long late", "2027-01-15"),
        line("Now", "2027-02-01"),
        line("Soon", "2027-02-02"),
        line("Far", "2027-02-12"),
    ]
    found = morning({"day": "2027-02-01", "tasks": tasks, "help": []}, reader=READER)
    sentence = (
        '5 tasks for you, 2 overdue. First: "Long late": was due Fri 15 Jan, '
        "11 working days ago."
    )
    assert in_blocks(found).splitlines() == [
        sentence,
        "Overdue",
        '"Long late": was due Fri 15 Jan, 11 working days ago',
        '"Late": was due Fri 29 Jan, 1 working day ago',
        "Due today",
        '"Now": due Mon 1 Feb',
        "Due soon",
        '"Soon": due Tue 2 Feb',
        "Later",
        '"Far": due Fri 12 Feb',
        "Answer here, in each task's own message, or in the Home tab.",
    ]
    assert found.sentence == sentence


def test_a_digest_of_one_line_says_it_once() -> None:
    found = morning({"tasks": [line("Far", "2027-02-12")]}, reader=READER)
    assert found.sentence == '1 task for you: "Far": due Fri 12 Feb.'
    assert in_blocks(found).count("Far") == 1
    (group,) = found.groups
    assert group.items[0].subject is not None, "its buttons follow"


def test_tasks_that_are_not_handed_out_come_last_and_are_not_counted_as_work() -> None:
    planned = {"planned_start": "2027-02-08", "planned_finish": "2027-02-10"}
    tasks = [
        {**line("Next", "2027-02-02"), **planned, "later": True},
        {**line("Now", "2027-02-12"), **planned, "later": False},
    ]
    help_wanted = [line("Pricing", "2027-01-28", status="doing")]
    found = morning({"tasks": tasks, "help": help_wanted}, reader=READER)
    assert in_blocks(found).splitlines()[:-1] == [
        (
            "1 task for you, 1 task of others needs your help. "
            'First: "Pricing" of Product marketing: was due Thu 28 Jan, 2 working days ago.'
        ),
        "Others need your help",
        '"Pricing" of Product marketing: was due Thu 28 Jan, 2 working days ago',
        "Later",
        '"Now": planned 8-10 Feb, due Fri 12 Feb at the latest',
        '"Next": due Tue 2 Feb',
    ]


def test_begun_work_has_no_planned_days() -> None:
    planned = {"planned_start": "2027-02-08", "planned_finish": "2027-02-10"}
    task = {**line("Now", "2027-02-12", status="doing"), **planned, "later": False}
    said = in_blocks(morning({"tasks": [task], "help": []}, reader=READER))
    assert '"Now": due Fri 12 Feb' in said
    assert "planned" not in said


def test_a_morning_begins_with_the_answers_of_its_reader() -> None:
    asks = [
        {
            **line("Copy", "2027-02-04"),
            "wanted": "more time",
            "owner": "Ann",
            "until": "2027-02-11",
        },
        {
            **line("Sales can sell it", "2027-02-04"),
            "task": None,
            "wanted": "gate",
            "checks": ["Trained sellers", "Price list"],
        },
        {
            **line("Partners can sell it", "2027-02-04"),
            "task": None,
            "wanted": "waiver",
            "until": "2027-01-29",
            "checks": ["Terms signed"],
        },
        {**line("Go or no-go", "2027-02-04"), "wanted": "decision"},
    ]
    reviews = [line("Contract", "2027-02-02", status="review")]
    found = morning({"tasks": reviews, "asks": asks}, reader=READER)
    assert in_blocks(found).splitlines()[1:-1] == [
        "Your answer, please",
        'Approve "Contract" of Product marketing, by Tue 2 Feb',
        'Ann asks for more time for "Copy": until Thu 11 Feb, not Thu 4 Feb (answer by Wed 3 Feb)',
        'Gate "Sales can sell it": 2 checks to tick by Thu 4 Feb: "Trained sellers", "Price list"',
        (
            'Gate "Partners can sell it": "Terms signed" could stay open until '
            "Fri 29 Jan; let it pass again, or have it ticked"
        ),
        'Decide on "Go or no-go" by Thu 4 Feb',
    ]
    assert found.sentence.startswith("5 answers needed from you. First: Approve")
    assert [item.subject and item.subject.until for item in found.groups[0].items] == [
        None,
        date(2027, 2, 11),
        None,
        None,
        None,
    ]
    checks = [item.subject and item.subject.task for item in found.groups[0].items[2:4]]
    assert checks == ["", ""]


def test_the_longest_overdue_comes_first_be_it_an_answer_or_a_task() -> None:
    question = {
        **line("Does it shard?", "2027-01-28"),
        "task": None,
        "key": "7",
        "wanted": "question",
        "owner": None,
        "due_at": "2027-01-28T15:00:00-05:00",
        "late": True,
    }
    tasks = [line("Late", "2027-01-29"), line("Copy", "2027-01-27", status="review")]
    found = morning({"tasks": tasks, "asks": [question]}, reader=READER)
    assert in_blocks(found).splitlines()[:-1] == [
        (
            "2 answers needed from you, 1 task for you, 3 overdue. First: "
            'Approve "Copy" of Product marketing, was due Wed 27 Jan, 3 working days ago.'
        ),
        "Overdue",
        'Approve "Copy" of Product marketing, was due Wed 27 Jan, 3 working days ago',
        'Answer "Does it shard?", was due Thu 28 Jan, 2 working days ago',
        '"Late": was due Fri 29 Jan, 1 working day ago',
    ]
    (group,) = found.groups
    assert group.items[1].subject == Subject("valkey-9", "7")


def test_the_group_with_the_longest_overdue_line_comes_first_then_the_next_due() -> (
    None
):
    gate = {
        **line("Story", "2027-02-12"),
        "task": None,
        "key": "story",
        "wanted": "gate",
        "checks": ["Told"],
    }
    waiver = {**gate, "wanted": "waiver", "due": None, "until": "2027-02-02"}
    for asks, help_wanted, titles in (
        ([gate], "2027-01-27", [HELP_WANTED, OVERDUE, DUE_TODAY, ASKED]),
        ([gate, waiver], "2027-01-29", [OVERDUE, HELP_WANTED, DUE_TODAY, ASKED]),
    ):
        facts = {
            "tasks": [line("Late", "2027-01-28"), line("Now", "2027-02-01")],
            "asks": asks,
            "help": [line("Deck", help_wanted)],
        }
        found = morning(facts, reader=READER)
        assert [group.title for group in found.groups] == titles
        assert found.groups[0].items[0].text in found.sentence
    first, _ = found.groups[-1].items
    assert first.text.startswith('Gate "Story": "Told" may stay open')


def test_a_lead_reads_what_turned_late_and_where_the_launch_lands() -> None:
    seen = [
        {**line(title, due), "kind": kind}
        for title, due, kind in (
            ("Pricing", "2027-01-29", "late"),
            ("Copy", "2027-02-12", "risk"),
            ("Poster", "2027-02-03", "soon"),
        )
    ]
    launches = [
        {
            "launch": "valkey-9",
            "product": "Valkey 9.0",
            "launch_on": "2027-03-02",
            "lands_on": "2027-03-04",
            "state": "at_risk",
            "late": 1,
        }
    ]
    found = morning({"seen": seen, "launches": launches}, reader=READER)
    assert in_blocks(found).splitlines()[:-1] == [
        (
            '1 task of others late, 1 at risk, 1 due soon. First: "Pricing" of Product marketing: '
            "was due Fri 29 Jan, 1 working day ago."
        ),
        "Late since your last summary",
        '"Pricing" of Product marketing: was due Fri 29 Jan, 1 working day ago',
        "At risk",
        '"Copy" of Product marketing cannot be done by Fri 12 Feb as things stand',
        "Due soon and not begun",
        '"Poster" of Product marketing: due Wed 3 Feb',
        "*Launches*",
        (
            "Valkey 9.0: launch day Tue 2 Mar, lands on Thu 4 Mar as things stand; "
            "at risk, 1 task late"
        ),
    ]


def test_products_are_named_where_there_are_several() -> None:
    tasks = [
        line("One", "2027-02-02"),
        line("Two", "2027-02-02", product="Falcon 2", slug="falcon-2"),
    ]
    said = in_blocks(morning({"tasks": tasks, "help": []}, reader=READER))
    assert '"One" (Valkey 9.0): due Tue 2 Feb' in said
    assert '"Two" (Falcon 2): due Tue 2 Feb' in said


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


def test_a_digest_is_a_morning_or_a_week_by_its_facts() -> None:
    daily = notice(
        "digest", None, day="2027-02-01", tasks=[line("Soon", "2027-02-02")], help=[]
    )
    weekly = notice("digest", None, week="2027-W05")
    assert "1 task for you" in compose(daily, launch(), reader=READER).sentence
    assert "this week" in compose(weekly, launch(), reader=READER).sentence
