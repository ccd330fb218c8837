from __future__ import annotations

from datetime import date

import pytest

from launch_kits.plan import Anchor, PlanInput, Predecessor, Work
from launch_kits.plan.launched import launched_on
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

LAUNCH_ON = date(2027, 3, 2)
TODAY = date(2027, 3, 5)


def day(number: int) -> date:
    return date(2027, 3, number)


def launched(*work: Work, due: dict[str, date], today: date = TODAY) -> date | None:
    given = PlanInput(
        work,
        calendar=Calendar(),
        begin_on=date(2027, 2, 1),
        release_on=LAUNCH_ON,
        launch_on=LAUNCH_ON,
    )
    return launched_on(given, due=due, today=today)


def live(done_on: date | None, key: str = "live", **changes: object) -> Work:
    return Work(key, 0, due=Offset(0), done_on=done_on, **changes)


def test_a_launch_took_place_when_the_last_milestone_of_its_day_was_done() -> None:
    due = {"live": LAUNCH_ON, "told": LAUNCH_ON}
    assert launched(live(day(2)), live(day(4), "told"), due=due) == day(4)
    assert launched(live(day(2)), live(None, "told"), due=due) is None


def test_a_milestone_that_was_put_off_is_waited_for() -> None:
    assert launched(live(None), due={"live": day(9)}) is None


@pytest.mark.parametrize(
    ("today", "on"), [(day(1), None), (day(2), None), (day(3), day(2))]
)
def test_without_a_milestone_the_launch_takes_place_on_its_day(
    today: date, on: date | None
) -> None:
    copy = Work("copy", 2, done_on=date(2027, 2, 20))
    assert launched(copy, due={"copy": day(1)}, today=today) == on


def test_without_a_milestone_late_work_makes_the_launch_late() -> None:
    work = [Work("copy", 2, done_on=day(4)), Work("retro", 1, done_on=day(5))]
    assert launched(*work, due={"copy": day(1), "retro": day(9)}) == day(4)


def test_a_milestone_of_the_release_is_not_the_launch() -> None:
    released = live(None, "out", anchor=Anchor.RELEASE)
    assert launched(released, live(day(2)), due=dict.fromkeys(("out", "live"), day(2)))


@pytest.mark.parametrize(
    ("published", "ticked", "on"),
    [(2, 2, 2), (2, 4, 2), (3, 4, 3), (1, 4, 2), (1, 1, 1), (4, 3, 3)],
)
def test_a_launch_takes_place_when_its_work_is_done_and_its_day_has_come(
    published: int, ticked: int, on: int
) -> None:
    """Its milestone may be ticked later, or earlier than its day."""
    work = [
        Work("publish", 1, done_on=day(published)),
        live(day(ticked), after=(Predecessor("publish"),), not_before=Offset(0)),
    ]
    due = {"publish": LAUNCH_ON, "live": LAUNCH_ON}
    assert launched(*work, due=due) == day(on)


def test_milestones_before_the_launch_took_place_with_their_work() -> None:
    work = [
        Work("build", 1, done_on=day(1)),
        live(day(5), "out", after=(Predecessor("build"),), anchor=Anchor.RELEASE),
        live(day(5), after=(Predecessor("out", lag=1),)),
    ]
    assert launched(*work, due=dict.fromkeys(("build", "out", "live"), day(2))) == day(
        2
    )


def test_a_launch_whose_work_was_reopened_took_place_when_it_was_said() -> None:
    work = [Work("publish", 1), live(day(3), after=(Predecessor("publish"),))]
    assert launched(*work, due={"publish": LAUNCH_ON, "live": LAUNCH_ON}) == day(3)
