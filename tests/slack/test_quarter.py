"""Fifteen weeks with nine people: how many messages each got, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from launch_kits.database.store import Store
from tests.slack.quarter import WEEKS, Posted, Quarter


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quarter]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('quarter') / 'launch-kits.db'}")
    lived = Quarter(store)
    lived.live()
    print(table(lived))  # noqa: T201  shown by `pytest -s`
    yield lived
    store.close()


def to_people(quarter: Quarter) -> list[Posted]:
    return [each for each in quarter.box.posted if "@" in each.notice.to]


def table(quarter: Quarter) -> str:
    lines = [str(Counter(each.notice.kind for each in quarter.box.posted))]
    for who in quarter.people:
        mine = [each for each in to_people(quarter) if each.notice.to == who]
        kinds = Counter(each.notice.kind for each in mine)
        beside = Counter(each.at.isocalendar()[:2] for each in besides(mine))
        days = Counter(each.at.date() for each in mine)
        lines.append(
            f"{who:24}{len(mine):4}{sum(beside.values()) / WEEKS:6.2f} a week,"
            f" {max(beside.values(), default=0)} at most,"
            f" {max(days.values(), default=0)} a day; {dict(kinds)}"
        )
    return "\n".join(lines)


def besides(posted: Sequence[Posted]) -> list[Posted]:
    """The messages beside one for each task."""
    seen: set[str | None] = set()
    found = []
    for each in posted:
        own = each.notice.kind in ("task", "review") and each.notice.task not in seen
        if own:
            seen.add(each.notice.task)
        else:
            found.append(each)
    return found


def test_it(quarter: Quarter) -> None:
    pass
