from __future__ import annotations

import pytest

from launch_kits.views.brief_values import list_change, value_in_words

FREEZE = {"from": "2026-12-24", "to": "2027-01-01", "why": "freeze"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        ([], ""),
        (True, "yes"),
        (False, "no"),
        (7, "7"),
        ("Tell the story", "Tell the story"),
        ("2027-02-01", "Mon 1 Feb 2027"),
        ("2027-02-31", "2027-02-31"),
        (["2027-02-01", "b"], "Mon 1 Feb 2027, b"),
        (FREEZE, "24 Dec 2026-1 Jan 2027 (freeze)"),
        ({"from": "2027-02-01", "to": "2027-02-02"}, "1-2 Feb 2027"),
        ({"from": "here", "to": "there"}, "from here to there"),
        ({"release_on": "2027-02-01"}, "release day Mon 1 Feb 2027"),
    ],
)
def test_values_are_written_for_people(value, said):
    assert value_in_words(value) == said


def test_a_list_tells_what_it_lost_and_gained():
    assert list_change([1, 2], [2, 3]) == ([1], [3])
    assert list_change([1], [1, 2]) == ([], [2])


@pytest.mark.parametrize(
    ("before", "after"),
    [([1], [2]), (None, [1]), ([1, 2], [2, 1]), ("a", "b"), ([], [1])],
)
def test_other_changes_are_told_as_a_whole(before, after):
    assert list_change(before, after) == ([], [])
