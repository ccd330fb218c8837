from __future__ import annotations

import threading

from launch_kits.slack.inbound.follow_ups import AT_ONCE, FollowUps
from tests.served import eventually


def test_a_launch_asked_for_many_times_is_followed_up_once_more() -> None:
    begun = threading.Event()
    go = threading.Event()
    seen = []

    def follow_up(launch: str) -> None:
        seen.append(launch)
        begun.set()
        go.wait(600)

    follow_ups = FollowUps(follow_up)
    follow_ups.ask("a")
    assert begun.wait(600)
    for _ in range(5):
        follow_ups.ask("a")
    go.set()
    _finish(follow_ups)
    assert seen == ["a", "a"]


def test_a_failed_follow_up_does_not_hold_up_others() -> None:
    seen = []

    def follow_up(launch: str) -> None:
        seen.append(launch)
        if launch == "bad":
            raise ValueError(launch)

    follow_ups = FollowUps(follow_up)
    for launch in ("bad", "good", "bad"):
        follow_ups.ask(launch)
    _finish(follow_ups)
    assert {"bad", "good"} <= set(seen)


def test_a_launch_that_keeps_changing_does_not_hold_up_others() -> None:
    seen: list[str] = []
    quiet = threading.Event()

    def follow_up(launch: str) -> None:
        seen.append(launch)
        if launch == "quiet":
            quiet.set()
        else:
            follow_ups.ask(launch)

    follow_ups = FollowUps(follow_up)
    for number in range(AT_ONCE):
        follow_ups.ask(f"busy-{number}")
    follow_ups.ask("quiet")
    assert quiet.wait(600), "the busy ones hold every thread"
    follow_ups.close()
    assert seen.count("quiet") == 1
    follow_ups.ask("late")
    assert "late" not in seen, "the next sweep sees to it"


def _finish(follow_ups: FollowUps) -> None:
    """Wait until all follow-ups are done, then end the threads."""
    eventually(lambda: not follow_ups._at_work, what="the last of them")
    follow_ups.close()
