from __future__ import annotations

import pytest

from launch_kits.views.notices.handover import given_clause, given_to
from tests.slack.said import said
from tests.slack.views import READER, launch, notice, task

LEAD, PMM, LEGAL = (f"{role}@example.com" for role in ("lead", "pmm", "legal"))
NOTE = "Counsel is on leave"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"by": LEGAL, "from": LEGAL}, "Counsel gave it to you."),
        (
            {"by": LEAD, "from": LEGAL, "note": NOTE},
            f"Product lead gave it to you: {NOTE}. Counsel had it before.",
        ),
    ],
)
def test_the_message_of_a_task_says_who_gave_it_and_why(given, told):
    text, _ = said(notice(given=given), launch(task()))
    assert text.endswith(f" {told}")


@pytest.mark.parametrize(
    "facts", [{}, {"given": {}}, {"given": {"by": PMM}, "for": LEAD}]
)
def test_nothing_is_said_of_a_task_that_was_always_theirs(facts):
    assert given_to(facts, READER) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({}, ""),
        ({"for": LEGAL}, "; for Counsel, who is away"),
        (
            {"for": LEGAL, "away_until": "2027-02-05"},
            "; for Counsel, away until Fri 5 Feb",
        ),
        ({"given": {"by": LEAD, "from": LEGAL}}, "; Product lead gave it to you"),
        (
            {"given": {"by": LEAD, "from": LEGAL, "note": NOTE}},
            f"; Product lead gave it to you: {NOTE}",
        ),
    ],
)
def test_a_line_of_a_list_says_whose_work_it_is(line, told):
    assert given_clause(line, READER) == told
