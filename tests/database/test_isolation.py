from __future__ import annotations

import pytest

from launch_kits.database.isolation import each_alone
from launch_kits.errors import DatabaseError, NotFound


def test_one_that_fails_holds_no_other_up() -> None:
    done: list[str] = []

    def work(name: str) -> None:
        if name == "b":
            raise ValueError("of a later\nversion")
        if name == "c":
            raise NotFound("no such launch")
        done.append(name)

    problems = each_alone("abcd", work, doing="could not be advanced")
    assert done == ["a", "d"]
    assert problems == [
        "b could not be advanced: ValueError: of a later version",
        "c could not be advanced: no such launch",
    ]


def test_a_database_that_is_gone_concerns_all() -> None:
    def work(_: str) -> None:
        raise DatabaseError("the database is gone")

    with pytest.raises(DatabaseError):
        each_alone("ab", work, doing="could not be advanced")
