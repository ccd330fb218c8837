from __future__ import annotations

from dataclasses import replace

import pytest

from launch_kits.plan import Predecessor, Work
from launch_kits.views.why_words import held_by, limit_in_words
from launch_kits.workdays.offsets import Offset
from tests.plan.chains import planned

TITLES = {"a": "Alpha", "b": "Beta"}


def limit(*work: Work) -> str:
    found = planned(*work)
    last = found.steps[-1].task
    return limit_in_words(found.limit, TITLES, last=last, day=lambda on: f"<{on:%a}>")


def test_a_step_names_the_task_that_it_waits_for():
    found = planned(Work("a", 3), Work("b", 2, (Predecessor("a", 2),)))
    first, second = found.steps
    assert held_by(first, TITLES, above=None, day=str) == "work begins"
    said = held_by(second, TITLES, above="a", day=str)
    assert said == "waits for the task above, then 2 working days"
    assert held_by(second, TITLES, above=None, day=str).startswith('waits for "Alpha"')


def test_the_limit_is_a_day_of_the_launch_or_of_a_task():
    free = limit(Work("a", 3), Work("b", 2, (Predecessor("a"),)))
    assert free.startswith("The last of them must be done before the launch day, <")
    own = limit(Work("a", 3), Work("b", 2, (Predecessor("a"),), due=Offset(-1)))
    assert "its own due day (1 working day before the launch day)" in own


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("T-10", "10 working days before the launch day"),
        ("T+3", "3 working days after the launch day"),
        ("T-30d", "30 days before the launch day"),
        ("T-6w", "6 weeks before the launch day"),
        ("T+1w", "1 week after the launch day"),
        ("T-0", "on the launch day"),
    ],
)
def test_an_offset_is_said_in_words(written: str, said: str):
    due = replace(planned(Work("a", 3)).limit, due=Offset.parse(written))
    found = limit_in_words(due, TITLES, last="a", day=str)
    assert found.endswith(f", its own due day ({said}).")
