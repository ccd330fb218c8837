from dataclasses import replace
from datetime import date, timedelta

import pytest

from launch_kits.inputs.kit import Kit
from launch_kits.inputs.loading import load_kit
from launch_kits.inputs.search import BUILT_IN_KITS
from launch_kits.inputs.starter.answers import Answers
from launch_kits.plan.suggest import first_rollout, launch_day

TODAY = date(2026, 11, 25)
ATLAS = Answers(
    "Atlas 2.0",
    "major_release",
    date(2027, 3, 9),
    "Lee",
    "lee@example.com",
    "Grows",
)


def one_task(days: int, **more: object) -> Kit:
    work = {"key": "work", "title": "Work", "role": "lead", "days": days, **more}
    stages = [{"key": "all", "title": "All", "tasks": [work]}]
    return Kit.model_validate({"kit": "odd", "title": "Odd", "stages": stages})


def test_the_first_day_that_holds_follows_the_work():
    # from Wednesday the 25th three working days last until Friday
    earliest, suggested = launch_day(ATLAS, one_task(3), today=TODAY)
    assert (earliest, suggested) == (date(2026, 11, 30), date(2026, 12, 15))


def test_holidays_move_the_first_day_that_holds():
    answers = replace(ATLAS, holidays="US")
    kit = one_task(12)
    today = date(2026, 11, 24)
    # 26 November is Thanksgiving
    assert launch_day(ATLAS, kit, today=today)[0] == date(2026, 12, 10)
    assert launch_day(answers, kit, today=today)[0] == date(2026, 12, 11)


@pytest.mark.parametrize("path", sorted(BUILT_IN_KITS.glob("*.yaml")))
def test_a_tuesday_two_weeks_or_more_after_the_first_day_is_suggested(path):
    kit = load_kit(path)
    answers = replace(ATLAS, kit=path.stem)
    earliest, suggested = launch_day(answers, kit, today=TODAY)
    assert earliest is not None
    assert f"{suggested:%A}" == "Tuesday"
    assert (suggested - earliest).days >= 14

    def is_short(on: date) -> bool:
        plan = first_rollout(replace(answers, launch_on=on), kit, today=TODAY)
        return bool(plan.load.levelled.short_days)

    assert not is_short(suggested)
    week_before = suggested - timedelta(7)
    assert (week_before - earliest).days < 14 or is_short(week_before)


def test_a_day_is_suggested_if_no_day_is_known_to_hold():
    kit = one_task(20, not_before="T-12", due="T-10")
    assert launch_day(ATLAS, kit, today=TODAY) == (None, date(2027, 2, 23))
