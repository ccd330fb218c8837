from __future__ import annotations

import threading
import time

import pytest

from launch_kits.slack.outbound import lanes
from launch_kits.slack.outbound.lanes import run_lanes

#: pieces of a lane that is never done
ENDLESS = 10**9


class Work:
    """Lanes with so many pieces each, the order of the work, and its overlap."""

    def __init__(self, pieces, *, meet=lambda lane: None, takes=0.0, apart=0.0):
        self.pieces = dict(pieces)
        self.meet = meet
        self.takes = takes
        self.apart = apart
        self.done = []
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()

    def find(self):
        return [lane for lane, left in self.pieces.items() if left]

    def step(self, lane):
        with self.lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self.takes)
        self.meet(lane)
        with self.lock:
            self.at_once -= 1
            if not self.pieces[lane]:
                return None
            self.pieces[lane] -= 1
            self.done.append(lane)
        return self.apart

    def run(self, *, most=16, go_on=lambda: True):
        run_lanes(self.find, self.step, most=lambda: most, go_on=go_on)


def test_every_piece_of_every_lane_is_done():
    work = Work({"a": 3, "b": 1, "c": 0})
    work.run()
    assert sorted(work.done) == ["a", "a", "a", "b"]


def test_lanes_go_side_by_side_and_each_in_its_own_time():
    all_at_once = threading.Barrier(8)
    work = Work(
        dict.fromkeys("abcdefgh", 4),
        meet=lambda lane: all_at_once.wait(600),
        apart=0.01,
    )
    work.run()
    assert work.most_at_once == 8
    assert sorted(work.done) == sorted("abcdefgh" * 4)


def test_a_lane_that_waits_holds_no_thread(monkeypatch):
    monkeypatch.setattr(lanes, "WORKERS", 2)
    work = Work(dict.fromkeys("abcdefgh", 2), apart=3600)
    work.run(go_on=lambda: len(work.done) < 8)
    assert sorted(work.done) == list("abcdefgh"), (
        "each waits for an hour now, and none for another"
    )


def test_no_more_is_done_at_once_than_may_be():
    work = Work(dict.fromkeys("abcd", 2), takes=0.01)
    work.run(most=1)
    assert work.most_at_once == 1


def test_what_comes_up_meanwhile_is_done_too(monkeypatch):
    monkeypatch.setattr(lanes, "LOOK_EVERY", 0.05)
    work = Work({"a": 4}, apart=0.1)
    work.meet = lambda lane: work.pieces.setdefault("b", 1)
    work.run(most=1)
    assert "b" in work.done[:-1]


def test_a_busy_lane_takes_turns_with_the_others():
    work = Work({"busy": ENDLESS, "a": 3, "b": 3})
    work.run(most=1, go_on=lambda: work.find() != ["busy"])
    assert work.done.count("a") == work.done.count("b") == 3
    until = len(work.done) - work.done[::-1].index("a")
    assert work.done[:until].count("busy") <= 4


def test_a_busy_lane_keeps_no_other_from_its_end():
    # several threads take no turns: the system may let one of them wait
    work = Work({"busy": ENDLESS, "a": 3, "b": 3})
    work.run(most=4, go_on=lambda: work.find() != ["busy"])
    assert work.done.count("a") == work.done.count("b") == 3


def test_nothing_is_begun_after_the_end():
    work = Work({"a": 100})
    work.run(go_on=lambda: len(work.done) < 3)
    assert len(work.done) == 3


def test_what_a_piece_raises_comes_out():
    def step(lane):
        raise ValueError(lane)

    with pytest.raises(ValueError, match="a"):
        run_lanes(lambda: ["a"], step, most=lambda: 4, go_on=lambda: True)
