from __future__ import annotations

import threading

from launch_kits.slack.follow_ups import FollowUps


def test_a_launch_asked_for_many_times_is_seen_to_once_more() -> None:
    begun, go, seen = threading.Event(), threading.Event(), []

    def bring_about(launch: str) -> None:
        seen.append(launch)
        begun.set()
        go.wait(10)

    follow_ups = FollowUps(bring_about)
    follow_ups.ask("a")
    assert begun.wait(10)
    for _ in range(5):
        follow_ups.ask("a")
    go.set()
    _drain(follow_ups)
    assert seen == ["a", "a"]


def test_one_that_fails_holds_up_no_other() -> None:
    seen = []

    def bring_about(launch: str) -> None:
        seen.append(launch)
        if launch == "bad":
            raise ValueError(launch)

    follow_ups = FollowUps(bring_about)
    for launch in ("bad", "good", "bad"):
        follow_ups.ask(launch)
    _drain(follow_ups)
    assert {"bad", "good"} <= set(seen)
    assert follow_ups._at_work == set()


def _drain(follow_ups: FollowUps) -> None:
    follow_ups._threads.shutdown(wait=True)
