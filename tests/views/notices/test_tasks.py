from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from launch_kits.database.records import LaunchStatus, NoticeKind, TaskStatus
from launch_kits.plan.readiness import CheckState, GateState
from tests.slack import views
from tests.slack.said import BATTLECARD, POSITIONING, TRAINING, said
from tests.slack.views import NOW, notice, plan_of, task

NAMED = '"Battlecard: Redis Open Source" (Valkey 9.0)'
DUE = "Due Thu 4 Feb, in 3 working days; planned for 28 Jan-1 Feb."
TODAY = date(2027, 2, 1)
LATE = {"overdue": True, "due": date(2027, 1, 28), "float_days": -2}


def launch(*tasks, **other):
    """A launch in whose plan each task has its float."""
    return views.launch(*tasks, **{"plan": plan_of(tasks), **other})


def test_a_task_tells_its_owner_what_by_when_and_who_waits():
    assert said(notice(), launch(POSITIONING, BATTLECARD, TRAINING)) == (
        f"Please start {NAMED}. {DUE}",
        [
            f"Please start {NAMED}. {DUE}",
            "[Start] [Done] [Blocked] [Need more time] [Open]",
            "Document: battlecard-redis.md",
            'Sales readiness · "Sales training" (Sales enablement) waits for this',
        ],
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"status": TaskStatus.WAITING, "after": ("legal",)},
            f'{NAMED} waits for "Legal review", so there is nothing to do yet. {DUE}',
        ),
        (
            {"status": TaskStatus.WAITING},
            f"{NAMED} waits for its day, Thu 28 Jan, so there is nothing to do yet. {DUE}",
        ),
        ({"status": TaskStatus.DOING}, f"Please finish {NAMED}. {DUE}"),
        (
            {"status": TaskStatus.REVIEW, "approver": "legal@example.com"},
            (
                f"{NAMED} is handed in, and Counsel is asked to approve it. "
                "Due Thu 4 Feb, in 3 working days."
            ),
        ),
        (
            {"status": TaskStatus.BLOCKED, "blocked_by": "No  answer\nyet"},
            (
                f"{NAMED} is blocked: No answer yet. Due Thu 4 Feb, in 3 working days. "
                "Press Unblock when you can go on."
            ),
        ),
    ],
)
def test_a_task_says_its_state(changed, sentence):
    text, shown = said(notice(), launch(task(**changed), task("legal", "Legal review")))
    assert text == sentence
    assert shown[0] == text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"asked_until": date(2027, 2, 11)},
            (
                "More time is asked for, until Thu 11 Feb; "
                "Product lead has not answered yet."
            ),
        ),
        (
            {"requests": ((date(2027, 2, 11), "refused"),)},
            "More time until Thu 11 Feb was refused.",
        ),
        (
            {"sent_back": ("legal@example.com", "No  source")},
            'Counsel sent it back: "No source".',
        ),
        ({"sent_back": ("legal@example.com", None)}, "Counsel sent it back."),
    ],
)
def test_the_owner_reads_the_last_answer_before_the_buttons(changed, told):
    _, shown = said(notice(), launch(task(**changed)))
    assert shown[1] == told
    assert shown[2].startswith("[Start]")


@pytest.mark.parametrize(
    ("start", "finish", "due"),
    [
        (date(2027, 2, 4), date(2027, 2, 4), "Due Thu 4 Feb, in 3 working days."),
        (
            date(2027, 2, 3),
            date(2027, 2, 3),
            "Due Thu 4 Feb, in 3 working days; planned for 3 Feb.",
        ),
        (
            date(2027, 1, 28),
            date(2027, 1, 29),
            "Due Thu 4 Feb, in 3 working days; was planned for 28-29 Jan.",
        ),
    ],
    ids=["on the due day", "on the day before", "past"],
)
def test_the_planned_days_are_told_if_they_say_more_than_the_due_day(
    start, finish, due
):
    found = task(planned_start=start, planned_finish=finish)
    assert said(notice(), launch(found))[0] == f"Please start {NAMED}. {due}"


def test_a_task_for_later_offers_no_start():
    later = task(handed_out_at=None, planned_start=date(2027, 2, 3))
    text, shown = said(notice(), launch(later))
    assert text == (
        f"{NAMED} is planned to start Wed 3 Feb, so there is nothing to do yet. "
        "Due Thu 4 Feb, in 3 working days."
    )
    assert shown[1] == "[Need more time] [Open]"


def test_a_reminder_names_the_day_that_it_is_about():
    planned = notice(NoticeKind.NUDGE, planned_finish="2027-02-01")
    begun = task(status=TaskStatus.DOING)
    assert said(planned, launch(begun))[0] == (
        f"Reminder: please finish {NAMED}. "
        "Planned to be finished Mon 1 Feb, today; due Thu 4 Feb."
    )
    # work that is not begun is not about to be finished
    text, _ = said(planned, launch(BATTLECARD))
    assert text == f"Reminder: please start {NAMED}. {DUE}"
    text, _ = said(notice(NoticeKind.NUDGE), launch(BATTLECARD))
    assert text == f"Reminder: please start {NAMED}. {DUE}"


@pytest.mark.parametrize("kind", [NoticeKind.TASK, NoticeKind.NUDGE])
def test_an_overdue_task_says_so_first(kind):
    text, shown = said(
        notice(kind, planned_finish="2027-02-01"), launch(task(**LATE), TRAINING)
    )
    assert text == (
        f"Overdue, was due Thu 28 Jan: please start {NAMED}. "
        "Each further day moves the launch."
    )
    assert shown[0] == text


def test_a_reminder_of_a_review_asks_its_approver():
    legal = "legal@example.com"
    reviewed = task(status=TaskStatus.REVIEW, approver=legal, awaited=legal)
    nudge = notice(NoticeKind.NUDGE, to="legal@example.com")
    assert said(nudge, launch(reviewed))[0] == (
        f"Reminder: please approve {NAMED} by Thu 4 Feb, in 3 working days."
    )


def test_a_done_task_is_one_line():
    done = task(
        status=TaskStatus.DONE,
        begun_at=NOW,
        done_at=NOW,
        float_days=None,
        closed_by="pmm@example.com",
        link="https://x.example/a?b=1&c=2",
    )
    for kind in (NoticeKind.TASK, NoticeKind.NUDGE):
        line = f"Done Mon 1 Feb by you: {NAMED}."
        assert said(notice(kind), launch(done, TRAINING)) == (line, [line])
    line = f"Done Mon 1 Feb by Product marketing: {NAMED}."
    told = notice(NoticeKind.ESCALATION, to="lead@example.com")
    assert said(told, launch(done)) == (line, [line])


def test_a_former_owner_reads_who_has_the_task_now():
    line = f"Product marketing has {NAMED} now, so nothing is left for you to do."
    assert said(notice(to="former@example.com"), launch(BATTLECARD)) == (line, [line])


def test_a_launch_that_ended_takes_its_buttons_back():
    line = (
        "Valkey 9.0 is cancelled, so nothing is left to do for "
        '"Battlecard: Redis Open Source".'
    )
    ended = launch(BATTLECARD, status=LaunchStatus.CANCELLED)
    for kind in (NoticeKind.TASK, NoticeKind.NUDGE, NoticeKind.ESCALATION):
        assert said(notice(kind), ended) == (line, [line])


def test_an_overdue_task_can_be_acknowledged_until_it_is():
    late = task(**LATE)
    offered = "[Start] [Done] [Blocked] [Need more time] [On it] [Open]"
    for kind in (NoticeKind.TASK, NoticeKind.NUDGE):
        assert said(notice(kind), launch(late))[1][1] == offered
        said_so = launch(task(**LATE, on_it=(("pmm@example.com", NOW),)))
        assert "[On it]" not in said(notice(kind), said_so)[1][1]
        # a newer reminder asks again
        earlier = launch(
            task(**LATE, on_it=(("pmm@example.com", NOW - timedelta(days=1)),))
        )
        assert said(notice(kind), earlier)[1][1] == offered
    assert "[On it]" not in said(notice("nudge"), launch(task()))[1][1]


def test_a_person_who_can_help_reads_whom_and_can_act():
    told = notice(NoticeKind.ESCALATION, to="lead@example.com")
    assert said(told, launch(task(**LATE), TRAINING)) == (
        (
            f"Please help Product marketing: {NAMED} was due Thu 28 Jan and is overdue. "
            "It is not started yet."
        ),
        [
            (
                f"Please help Product marketing: {NAMED} was due Thu 28 Jan and is overdue. "
                "It is not started yet."
            ),
            "Each further day moves the launch.",
            "[On it] [Give more time] [Give to someone else] [Open]",
            "Document: battlecard-redis.md",
            'Sales readiness · "Sales training" (Sales enablement) waits for this',
        ],
    )
    reviewed = task(**LATE, status=TaskStatus.REVIEW, approver="legal@example.com")
    assert said(told, launch(reviewed))[0] == (
        f"Please help Counsel: {NAMED} of Product marketing was due Thu 28 Jan and is "
        "overdue. It waits for Counsel to approve it."
    )
    blocked = task(**LATE, status=TaskStatus.BLOCKED, blocked_by="No answer!")
    assert said(told, launch(blocked))[0].endswith("It is blocked: No answer!")


def test_help_is_no_longer_asked_for_a_task_that_is_in_time_again():
    told = notice(NoticeKind.ESCALATION, to="lead@example.com")
    line = f"No help is needed any more: {NAMED} is due Thu 4 Feb."
    assert said(told, launch(task())) == (line, [line])


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({}, f"No help is needed any more: the work on {NAMED} goes on."),
        (
            {"status": TaskStatus.REVIEW, "approver": "legal@example.com"},
            (
                f"No help is needed any more: {NAMED} is handed in, and Counsel is asked to "
                "approve it."
            ),
        ),
    ],
)
def test_help_is_no_longer_asked_for_work_that_goes_on(facts, line):
    told = notice(NoticeKind.ESCALATION, to="lead@example.com")
    later = NOW + timedelta(hours=1)
    assert said(told, launch(task(**LATE, **facts, went_on_at=later))) == (line, [line])
    for other in (
        {"went_on_at": NOW - timedelta(hours=1)},
        {"went_on_at": later, "status": TaskStatus.BLOCKED},
    ):
        assert said(told, launch(task(**LATE, **other)))[0].startswith("Please help")


#: to be started today at the latest, and one that should have been started
LAST = {"float_days": 0, "expected_start": TODAY, "last_start": TODAY}
LOST = {"float_days": -1, "last_start": date(2027, 1, 29)}


class Absent:
    """The owner is away."""

    def of(self, person, *, besides=()):
        return "legal@example.com" if person == "pmm@example.com" else None

    def away_until(self, person):
        return date(2027, 2, 5) if self.of(person) else None


def test_an_owner_who_is_away_reads_who_has_their_task():
    held = task(**LATE, in_hands_of="legal@example.com", awaited="legal@example.com")
    view = launch(held, away=Absent())
    line = f"Counsel has {NAMED} while you are away."
    assert said(notice(), view)[1][:2] == [line, "[Open]"]
    assert said(notice(NoticeKind.NUDGE), view) == (line, [line])
    deputy = notice(to="legal@example.com", **{"for": "pmm@example.com"})
    assert "Please start" not in said(notice(), view)[0]
    assert said(deputy, view)[1][1].startswith("[Start]")
    assert said(notice(), launch(held))[1][1].startswith("[Start]"), "they are back"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (LAST, "Start it today: a later start moves the launch."),
        (
            {
                "expected_start": date(2027, 2, 2),
                "last_start": date(2027, 2, 2),
                "float_days": 0,
            },
            "Start it on Tue 2 Feb: a later start moves the launch.",
        ),
        ({**LAST, **LOST}, "It starts late: each further day moves the launch."),
        (
            {**LAST, "due": date(2027, 3, 11)},
            "Start it today: a later start makes it late.",
        ),
    ],
)
def test_the_last_possible_start_is_said(facts, told):
    for kind in (NoticeKind.TASK, NoticeKind.NUDGE):
        assert said(notice(kind), launch(task(**facts), TRAINING))[0].endswith(told)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (LAST, "Start it today: a later start makes it late."),
        ({**LAST, **LOST}, "It starts late: each further day counts."),
        (LAST | {"due": date(2027, 3, 1)}, "today: a later start moves the launch."),
    ],
)
def test_work_that_nothing_waits_for_does_not_move_the_launch(facts, told):
    """Unless it is due on the last day before the launch."""
    assert said(notice(), launch(task(**facts)))[0].endswith(told)


@pytest.mark.parametrize(
    "facts",
    [
        {**LAST, "last_start": date(2027, 2, 2)},
        {**LAST, "last_start": None},
        {**LAST, "status": TaskStatus.DOING},
        {**LAST, "handed_out_at": None},
    ],
)
def test_no_start_is_pressed_for_otherwise(facts):
    text, _ = said(notice(), launch(task(**facts)))
    assert "today: a later" not in text
    assert "further day" not in text


def test_begun_work_keeps_its_days_however_long_it_takes():
    days = (date(2027, 1, 28), date(2027, 1, 29))
    begun = task(status=TaskStatus.DOING, begun_at=NOW, meant_for=days)
    for last in (date(2027, 2, 1), date(2027, 2, 5)):
        longer = replace(begun, expected_start=days[0], expected_finish=last)
        assert "was planned for 28-29 Jan." in said(notice(), launch(longer))[0]


def test_each_message_about_a_task_names_the_same_days():
    facts = [{}, {"planned_finish": "2027-01-29"}, {"planned_finish": "2027-02-03"}]
    moved = task(due=date(2027, 2, 9), meant_for=(date(2027, 2, 3), date(2027, 2, 5)))
    told = [
        said(notice(kind, **each), launch(moved))[0]
        for kind in (NoticeKind.TASK, NoticeKind.NUDGE)
        for each in facts
    ]
    assert all("9 Feb" in text and "5 Feb" in text for text in told)


def test_a_task_moves_no_launch_that_lands_later_because_of_another():
    """The other task is a day more behind: a further day of this one costs nothing."""
    late = task(**LATE)
    worse = task("legal", "Legal review", **LATE | {"float_days": -3})
    view = launch(late, worse, TRAINING)
    assert said(notice(), view)[0].endswith(
        '"Sales training" (Sales enablement) waits for this.'
    )
    lost = task(**{**LAST, **LOST})
    assert "each further day counts" in said(notice(), launch(lost, worse, TRAINING))[0]
    last = launch(task(**LAST), worse, TRAINING)
    assert "a later start makes it late" in said(notice(), last)[0]
    even = replace(worse, float_days=-2)
    assert "Each further day moves" in said(notice(), launch(late, even, TRAINING))[0]


@pytest.mark.parametrize("kind", [NoticeKind.TASK, NoticeKind.NUDGE])
def test_an_overdue_task_says_what_each_further_day_costs(kind):
    late = task(**LATE | {"float_days": -2})
    assert said(notice(kind), launch(late, TRAINING))[0].endswith(
        "Each further day moves the launch."
    )
    assert "day moves" not in said(notice(kind), launch(late))[0]
    after = replace(late, title="Retrospective")
    waits = replace(TRAINING, after=(after.key,))
    launched = launch(after, waits, launch_on=date(2027, 1, 26))
    assert said(notice(kind), launched)[0].endswith(
        '"Sales training" (Sales enablement) waits for this.'
    )


def test_work_that_is_planned_beyond_its_due_day_names_the_due_day_alone():
    late = task(planned_finish=date(2027, 2, 5))
    assert "planned" not in said(notice(), launch(late))[0]


def test_a_go_or_no_go_offers_the_decision():
    found = task(decides="launch", owner="lead@example.com", document=None)
    told = notice(to="lead@example.com")
    text, shown = said(told, launch(found))
    assert text.startswith(f"Please decide go or no-go: {NAMED}. Due Thu 4 Feb")
    assert shown[1] == "[Decide] [Blocked] [Need more time] [Open]"
    gate = GateState(
        stage="sales",
        title="Sales",
        owner="pmm@example.com",
        hard=True,
        before_launch=True,
        checks=(CheckState(1, "Cards are read", True, key="cards"),),
    )
    _, shown = said(told, launch(found, gates=(gate,)))
    assert shown[1] == "1 check is still open, so a go is not possible yet."


def test_the_owner_hears_what_their_document_lacks():
    lacking = task(
        lacks=("press.place", "quotes", "quotes.us", "press.about", "links.next")
    )
    _, shown = said(notice(), launch(lacking))
    told = (
        "Its document still lacks: the place of the press release, quotes of customers, "
        "a quote of our own, the words about the company, and 1 more. "
    )
    assert f"{told}Send them to Product lead, who updates the brief." in shown
    theirs = replace(lacking, owner="lead@example.com")
    _, mine = said(notice(to="lead@example.com"), launch(theirs))
    update = "Write them into the brief or its ledgers, and update the launch."
    assert f"{told}{update}" in mine
    closed = task(lacks=("press.place",), status=TaskStatus.DONE)
    assert "lacks" not in "".join(said(notice(), launch(closed))[1])
