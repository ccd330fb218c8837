"""States of launches at random: plans, then facts, some of them older than the plan in force."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from launch_kits.plan import (
    Anchor,
    PlanInput,
    Predecessor,
    Standing,
    Work,
    as_things_stand,
    schedule,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset, Unit
from tests.plan.naive_standing import NaiveStanding
from tests.plan.strategies import works_of

BEGIN = date(2026, 3, 2)


@dataclass(frozen=True)
class State:
    work: list[Work]
    planned: list[Work]
    due: dict[str, date]
    due_set: list[str]
    calendar: Calendar
    begin_on: date
    release_on: date
    launch_on: date
    today: date
    horizon: int = 40

    def standing(self, *, last_first: bool = False) -> Standing:
        return as_things_stand(
            PlanInput(
                self.work,
                calendar=self.calendar,
                begin_on=self.begin_on,
                release_on=self.release_on,
                launch_on=self.launch_on,
            ),
            planned=self.planned,
            due=self.due,
            due_set=self.due_set,
            today=self.today,
            last_first=last_first,
            horizon=self.horizon,
        )

    def naive(self) -> NaiveStanding:
        own = {task.key: works_of(task.calendar) for task in self.work if task.calendar}
        return NaiveStanding(
            self.work,
            self.planned,
            self.due,
            self.due_set,
            works_of(self.calendar),
            own,
            self.begin_on,
            self.release_on,
            self.launch_on,
            self.today,
            self.horizon,
        )


def state(seed: int) -> State:
    """A launch of a few tasks that has run for some days."""
    chance = Random(seed)
    calendar = Calendar(blackouts=[_range(chance)] if chance.random() < 0.3 else ())
    owners = [
        None,
        calendar.without([_range(chance)]),
        calendar.without([_range(chance)], workdays=[_day(chance) for _ in range(3)]),
    ]
    work = [_task(number, chance, owners) for number in range(chance.randint(2, 7))]
    begin_on = BEGIN + timedelta(chance.randint(0, 6))
    launch_on = begin_on + timedelta(chance.randint(8, 50))
    release_on = launch_on - timedelta(chance.choice([0, 0, 7, 3, -4]))
    plan = schedule(
        PlanInput(
            work,
            calendar=calendar,
            begin_on=begin_on,
            release_on=release_on,
            launch_on=launch_on,
        )
    )
    due = {key: span.due for key, span in plan.spans.items()}
    # by hand, some later and some earlier than planned
    due_set = [key for key in due if chance.random() < 0.12]
    due |= {key: due[key] + timedelta(chance.randint(-3, 9)) for key in due_set}
    today = begin_on + timedelta(
        chance.choice([0, chance.randint(0, 12), chance.randint(0, 45)])
    )
    facts = [_fact(task, chance, begin_on, today) for task in work]
    moved = chance.random() < 0.3
    planned = [
        fact if moved and chance.random() < 0.4 else task
        for task, fact in zip(work, facts, strict=True)
    ]
    return State(
        facts, planned, due, due_set, calendar, begin_on, release_on, launch_on, today
    )


def _day(chance: Random) -> date:
    return BEGIN + timedelta(chance.randint(-5, 60))


def _range(chance: Random) -> tuple[date, date]:
    first = _day(chance)
    return first, first + timedelta(chance.randint(0, 6))


def _task(number: int, chance: Random, owners: list[Calendar | None]) -> Work:
    others = chance.sample(range(number), min(number, chance.choice([0, 1, 1, 2])))
    units = chance.choice([Unit.WORKING_DAYS, Unit.DAYS])
    due = Offset(chance.randint(-12, 4), units) if chance.random() < 0.25 else None
    not_before = (
        Offset(chance.randint(-40, -13), units) if chance.random() < 0.15 else None
    )
    if chance.random() < 0.04:
        # days that may leave too few between them, whenever the launch is
        due = Offset(-1)
        not_before = Offset(-3)
    return Work(
        f"t{number}",
        chance.choice([0, 0, 1, 2, 3, 5]),
        tuple(
            Predecessor(f"t{other}", chance.choice([0, 0, 0, 1, 3])) for other in others
        ),
        anchor=chance.choice([Anchor.LAUNCH, Anchor.LAUNCH, Anchor.RELEASE]),
        due=due,
        not_before=not_before,
        calendar=chance.choice(owners),
        workdays=(Offset(chance.randint(-20, 0), Unit.DAYS),)
        if chance.random() < 0.06
        else (),
    )


def _fact(task: Work, chance: Random, begin_on: date, today: date) -> Work:
    since = (today - begin_on).days + 3
    past = today - timedelta(chance.randint(0, max(0, since)))
    until = today + timedelta(chance.randint(0, 12)) if chance.random() < 0.1 else None
    kind = chance.choice(["open", "open", "done", "done", "begun", "review"])
    facts = {
        "open": {"until": until},
        "done": {"done_on": past},
        "begun": {"begun_on": past, "until": until},
        "review": {"begun_on": chance.choice([None, past]), "in_review": True},
    }
    return replace(task, **facts[kind])
