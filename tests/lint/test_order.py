from __future__ import annotations

import pytest

from tests.lint.kit_codes import codes, task


@pytest.mark.parametrize(
    ("before", "behind", "found"),
    [
        ({"due": "T-12"}, {"due": "T-10", "days": 2}, []),
        (
            {"due": "T-11"},
            {"due": "T-10", "days": 2},
            [("due-after-successor", "before")],
        ),
        ({"due": "T-11"}, {"due": "T-10", "days": 1}, []),
        ({"due": "T-10"}, {"due": "T-10", "days": 0}, []),
        ({"due": "T-2w"}, {"due": "T-10", "days": 0}, []),
        ({"due": "T-13d"}, {"due": "T-10", "days": 0}, []),
        (
            {"due": "T-1d"},
            {"due": "T-10", "days": 0},
            [("due-after-successor", "before")],
        ),
        ({"due": "T-5", "anchor": "release"}, {"due": "T-10"}, []),
        ({"not_before": "T-10", "days": 3}, {"due": "T-7"}, []),
        (
            {"not_before": "T-10", "days": 4},
            {"due": "T-7"},
            [("due-too-early", "behind")],
        ),
        (
            {"not_before": "T-10"},
            {"due": "T-15", "not_before": "T-20"},
            [("due-too-early", "behind")],
        ),
        (
            {},
            {"not_before": "T-5", "due": "T-4", "days": 3},
            [("due-too-early", "behind")],
        ),
    ],
)
def test_due_days_are_compared_with_successors_and_predecessors(before, behind, found):
    behind = {"after": ["before"], **behind}
    assert codes(task("before", **before), task("behind", **behind)) == found
    assert codes(task("behind", **behind), task("before", **before)) == found


def test_lags_and_tasks_between_count():
    between = [task("between", days=3, after=[{"task": "before", "lag": 2}])]
    behind = task("behind", due="T-10", days=2, after=["between"])
    assert codes(task("before", due="T-17"), *between, behind) == []
    assert codes(task("before", due="T-16"), *between, behind) == [
        ("due-after-successor", "before")
    ]
