from __future__ import annotations

from datetime import date

import pytest

from launch_kits.views.notices.digest_lines import (
    DigestView,
    Line,
    asked,
    at_risk,
    of_others,
    review,
    subject_of,
    work,
)
from launch_kits.views.notices.message import Subject
from tests.slack.views import READER

LINE: Line = {
    "launch": "valkey-9",
    "product": "Valkey 9.0",
    "task": "copy",
    "title": "Copy",
    "owner": "legal@example.com",
    "due": "2027-02-12",
    "status": "doing",
}


def digest(*lines: Line, **facts: object) -> DigestView:
    return DigestView({"tasks": list(lines), **facts}, READER)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, '"Copy": due Fri 12 Feb'),
        ({"due": "2027-01-29"}, '"Copy": was due Fri 29 Jan, 1 working day ago'),
        ({"due": "2027-01-18"}, '"Copy": was due Mon 18 Jan, 10 working days ago'),
        (
            {"planned_finish": "2027-02-01"},
            '"Copy": planned to be finished today, due Fri 12 Feb at the latest',
        ),
        (
            {"planned_finish": "2027-02-01", "due": "2027-02-01"},
            '"Copy": due Mon 1 Feb',
        ),
        (
            {
                "status": "ready",
                "planned_start": "2027-02-08",
                "planned_finish": "2027-02-10",
            },
            '"Copy": planned 8-10 Feb, due Fri 12 Feb at the latest',
        ),
    ],
)
def test_a_task_says_by_when_it_is_to_be_done(
    facts: dict[str, object], told: str
) -> None:
    assert work({**LINE, **facts}, digest()) == told


def test_lines_of_several_launches_name_theirs() -> None:
    other = {**LINE, "launch": "other", "product": "Other"}
    asked = review(LINE, digest(LINE, other))
    assert asked.text == 'Approve "Copy" of Counsel, by Fri 12 Feb (Valkey 9.0)'
    assert review(LINE, digest(LINE)).text == asked.text.removesuffix(" (Valkey 9.0)")


def test_a_line_says_for_whom_its_reader_acts_and_what_they_answered() -> None:
    held = {"for": "legal@example.com", "away_until": "2027-02-05"}
    assert work({**LINE, **held}, digest()).endswith(
        "; for Counsel, away until Fri 5 Feb"
    )
    late = {**LINE, "due": "2027-01-29", "on_it": "2027-02-01T10:00:00-05:00"}
    assert work(late, digest()) == (
        '"Copy": was due Fri 29 Jan, 1 working day ago; you said "On it" on Mon 1 Feb'
    )


def test_work_that_cannot_be_in_time_says_so_to_its_owner_and_to_the_lead() -> None:
    expected = {**LINE, "expected": "2027-02-16", "planned_start": "2027-02-08"}
    assert work(expected, digest()) == (
        '"Copy": due Fri 12 Feb, and as things stand not done before Tue 16 Feb'
    )
    assert at_risk(expected, digest()) == (
        '"Copy" of Counsel cannot be done by Fri 12 Feb as things stand'
    )


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {"status": "doing"},
            '"Copy" of Counsel: was due Fri 29 Jan, 1 working day ago',
        ),
        (
            {"status": "review", "who": "lead@example.com"},
            '"Copy" of Counsel waits for Product lead to approve it, was due',
        ),
        (
            {"status": "blocked", "why": "No data"},
            '"Copy" of Counsel is blocked: No data, was due',
        ),
        (
            {
                "status": "waiting",
                "who": "lead@example.com",
                "behind": {"title": "Terms", "owner": "pmm@example.com"},
            },
            '"Copy" of Counsel waits for "Terms" of Product marketing, was due',
        ),
        (
            {
                "status": "waiting",
                "who": "lead@example.com",
                "behind": {
                    "title": "Terms",
                    "owner": "pmm@example.com",
                    "status": "review",
                },
            },
            '"Copy" of Counsel waits for Product lead to approve "Terms", was due',
        ),
    ],
)
def test_a_task_of_others_names_the_person_who_owes_its_next_step(
    facts: dict[str, object], told: str
) -> None:
    late = {**LINE, "due": "2027-01-29", **facts}
    assert of_others(late, digest()).startswith(told)


def test_a_gate_after_its_day_says_so_and_leads_to_its_checks() -> None:
    line = {**LINE, "task": None, "wanted": "gate", "title": "Sales", "checks": ["A"]}
    for due, told in (
        ("2027-02-04", 'Gate "Sales": 1 check to tick by Thu 4 Feb: "A"'),
        (
            "2027-01-29",
            'Gate "Sales" is open after its day, Fri 29 Jan: 1 check to tick: "A"',
        ),
    ):
        item = asked({**line, "due": due}, digest())
        assert (item.text, item.subject) == (told, Subject("valkey-9", ""))


def test_a_line_without_a_task_has_no_subject() -> None:
    assert subject_of({**LINE, "task": None}) is None
    day = date(2027, 2, 11)
    assert subject_of(LINE, day) == Subject("valkey-9", "copy", day)
