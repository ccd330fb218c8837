from __future__ import annotations

import pytest

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.errors import NotYours, Refused
from launch_kits.slack.api.faults import SlackFault
from launch_kits.views import answers
from tests.slack.views import READER, launch, task

VIEW = launch(task())
PEOPLE = ["pmm@example.com", "legal@example.com", "lead@example.com"]


def test_a_link_of_the_web_has_no_fault():
    assert answers.link_fault("https://x.example/a") is None


@pytest.mark.parametrize("written", ["ftp://x.example", "x.example/a", "https://x y"])
def test_the_fault_of_a_link_is_a_sentence(written):
    said = answers.link_fault(written)
    assert said is not None
    assert (said[0], said[-1]) == (said[0].upper(), ".")


@pytest.mark.parametrize(
    ("number", "who"),
    [
        (1, "Product marketing"),
        (2, "Product marketing or Counsel"),
        (3, "Product marketing, Counsel or Product lead"),
    ],
)
def test_a_person_who_may_not_reads_who_may(number, who):
    said = answers.not_yours(VIEW, VIEW.tasks[0], PEOPLE[:number], reader=READER)
    assert said == (
        f"Nothing was changed: only {who} can do this for "
        '"Battlecard: Redis Open Source" (Valkey 9.0). '
        "If it should be yours, ask Product lead to give it to you."
    )


@pytest.mark.parametrize("status", TaskStatus)
def test_only_a_closed_task_is_over(status):
    found = task(status=status)
    assert (answers.over(launch(found), found) is None) == found.open


def test_why_a_task_is_over():
    done = task(status=TaskStatus.DONE)
    dropped = task(status=TaskStatus.DROPPED)
    assert answers.over(VIEW, done) == (
        '"Battlecard: Redis Open Source" is done already. Nothing was changed.'
    )
    assert answers.over(VIEW, dropped) == (
        '"Battlecard: Redis Open Source" was left out, so there is nothing left to do.'
    )
    ended = launch(task(), status=LaunchStatus.CANCELLED)
    assert answers.over(ended, task()) == (
        "Valkey 9.0 is cancelled, so there is nothing left to do for it."
    )


def test_a_refusal_is_told_in_the_words_of_people():
    error = Refused(
        'task "battlecard:redis" of PMM@example.com is due 2027-02-04 (not before)'
    )
    assert answers.refusal(error, VIEW, reader=READER) == (
        'Not done: "Battlecard: Redis Open Source" of Product marketing is due Thu 4 Feb '
        "(not before)."
    )


def test_who_may_is_told_in_the_same_words_whatever_was_asked():
    error = NotYours("not for people", act='begin "Cards"', people=PEOPLE[:2])
    said = answers.refusal(error, VIEW, reader=READER)
    assert said == (
        'Nothing was changed: only Product marketing or Counsel can begin "Cards".'
    )


def test_a_refusal_without_a_launch_keeps_its_words():
    assert answers.refusal(NotYours("pmm@example.com may not!"), None, reader=None) == (
        "Sorry: pmm@example.com may not!"
    )
    assert answers.refusal(Refused("no  launch"), None, reader=None) == (
        "Not done: no launch."
    )


def test_a_fault_of_slack_is_told_without_its_details():
    said = answers.refusal(SlackFault("fatal_error: token xoxb"), VIEW, reader=READER)
    assert said == "Slack did not answer as it should. Please try again."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("battlecard:redis waits", '"Battlecard: Redis Open Source" waits'),
        ('task "battlecard:redis"', '"Battlecard: Redis Open Source"'),
        ('task "gone" waits', 'task "gone" waits'),
        (
            "LEAD@example.com, then ann@example.org",
            "Product lead, then ann@example.org",
        ),
        ("valkey-9: go", "Valkey 9.0: go"),
        ('launch "valkey-9" is done', "Valkey 9.0 is done"),
        ("it is pmm@example.com's now", "it is Product marketing's now"),
        ("give the --link where it is", "give the link where it is"),
        (
            "no go:\n- Battlecard: Redis Open Source (battlecard:redis) is late\n- Cards",
            'no go: "Battlecard: Redis Open Source" is late; Cards',
        ),
        ('task "x" is review; `begin` needs ready', 'task "x" is in review'),
        ("`launch-kits status` shows it", "launch-kits status shows it"),
        ("it waits while a hard gate is open", "it waits while a gate is open"),
        ("question 12 is open", "the question is open"),
        ("answers by 2027-02-04T23:30+00:00.", "answers by Thu 4 Feb, 18:30."),
        ("by 2027-02-04; then 2028-02-04.", "by Thu 4 Feb; then Fri 4 Feb 2028."),
    ],
)
def test_keys_emails_and_days_become_titles_names_and_days(text, expected):
    assert answers.for_people(text, VIEW, reader=READER) == expected
