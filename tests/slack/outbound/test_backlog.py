from __future__ import annotations

from launch_kits.slack.outbound.backlog import Backlog


def drained(owed, lane):
    keys = []
    while (key := owed.next_notice(lane) or owed.next_edit(lane)) is not None:
        keys.append(key)
    return keys


def test_each_reader_has_a_lane_in_which_notices_keep_their_order_and_edits_follow():
    owed = Backlog([("n1", "a"), ("n2", "b"), ("n3", "a")], [("e1", "a"), ("e2", "c")])
    assert owed.lanes() == {"a", "b", "c"}
    assert drained(owed, "a") == ["n1", "n3", "e1"]
    assert owed.lanes() == {"b", "c"}
    assert bool(owed)
    assert (drained(owed, "b"), drained(owed, "c"), drained(owed, "d")) == (
        ["n2"],
        ["e2"],
        [],
    )
    assert not owed


def test_what_is_put_back_comes_first_again():
    owed = Backlog([("n1", "a"), ("n2", "a")], [("e1", "a"), ("e2", "a")])
    assert owed.next_notice("a") == "n1"
    owed.add_notice("n1", "a")
    assert drained(owed, "a") == ["n1", "n2", "e1", "e2"]
    owed.add_edit("e2", "a")
    owed.add_edit("e1", "a")
    assert drained(owed, "a") == ["e1", "e2"]


def test_readers_that_move_into_a_lane_keep_the_order_of_all():
    owed = Backlog([("n1", "a"), ("n2", "#c"), ("n3", "b"), ("n4", "a")], [("e1", "b")])
    owed.move("a", "#c")
    owed.move("b", "#c")
    assert owed.lanes() == {"#c"}
    assert drained(owed, "a") == []
    assert drained(owed, "#c") == ["n1", "n2", "n3", "n4", "e1"]
