"""Notices and the order of announcements, compared with their definitions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.kit import KitTask
from launch_kits.plan.announcements import (
    DatedAnnouncement,
    notice_of,
    out_of_order,
    short_notice,
)

ANCHOR = date(2027, 2, 9)
CIRCLES = list(Audience)


def task(key: str, **parts: object) -> KitTask:
    written = {"key": key, "title": "Terms", "role": "lead", "days": 1, **parts}
    return KitTask.model_validate(written)


@pytest.mark.parametrize(("written", "days"), [("14d", 14), ("3w", 21), (None, None)])
def test_a_declared_notice_is_counted_in_days(written: str, days: int) -> None:
    assert notice_of(task("terms", notice_period=written)) == days


@given(st.integers(1, 40), st.integers(-5, 50))
def test_a_notice_is_too_short_if_fewer_days_are_left(needed: int, left: int) -> None:
    on = ANCHOR - timedelta(left)
    found = short_notice(task("terms", notice_period=f"{needed}d"), on, anchor=ANCHOR)
    assert (found is not None) == (left < needed)
    if found:
        assert (found.needed, found.left) == (needed, max(left, 0))
        assert found.code == "notice-too-short"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(CIRCLES), st.integers(0, 9)), max_size=6))
def test_a_circle_is_told_too_early_if_a_narrower_one_is_told_later(
    told: list[tuple[Audience, int]],
) -> None:
    dated = [
        DatedAnnouncement(
            f"t{place}",
            task(f"t{place}", audience=circle, due="T-5"),
            ANCHOR - timedelta(before),
            "a day",
        )
        for place, (circle, before) in enumerate(told)
    ]
    expected = {
        f"t{place}": max(days)
        for place, (circle, before) in enumerate(told)
        if (
            days := [
                before - other
                for narrower, other in told
                if CIRCLES.index(narrower) < CIRCLES.index(circle) and other < before
            ]
        )
    }
    found = out_of_order(dated, followed=(), until=ANCHOR)
    assert {each.telling.key: each.days for each in found} == expected
