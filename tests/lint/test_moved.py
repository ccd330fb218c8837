from __future__ import annotations

from datetime import date

from launch_kits.lint.moved import moved_announcements
from launch_kits.plan.rollout import Rollout
from tests.launches import brief_with, kit_with

TODAY = date(2027, 1, 11)


def rollout(launch_on: date, **notice: object) -> Rollout:
    kit = kit_with(training={"title": "Tell the users", "days": 1, **notice})
    return Rollout(
        brief_with(kit=kit),
        begin_on=TODAY,
        release_on=launch_on,
        launch_on=launch_on,
    )


def test_a_notice_that_becomes_too_short_is_named() -> None:
    wanted = {"due": "T-10", "notice_period": "14d"}
    before = rollout(date(2027, 2, 9), **wanted)
    assert moved_announcements(before, before, today=TODAY) == ()
    shorter = rollout(date(2027, 2, 9), due="T-9", notice_period="14d")
    (fault,) = moved_announcements(before, shorter, today=TODAY)
    assert (fault.path, fault.line, fault.code) == ("-", None, "notice-too-short")


def test_a_notice_that_was_too_short_before_is_not_named_again() -> None:
    before = rollout(date(2027, 2, 9), due="T-9", notice_period="14d")
    after = rollout(date(2027, 2, 16), due="T-9", notice_period="14d")
    assert moved_announcements(before, after, today=TODAY) == ()
