"""Extensions in a chain with a lag and in one of milestones, and their effects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from launch_kits.database.store import Store
from launch_kits.plan import Forecast, Missed
from launch_kits.verbs import approve, extend
from launch_kits.verbs.extension_effects import Effect, LateAnchor, TaskOutlook
from launch_kits.verbs.plan_doubts import running_plan
from launch_kits.verbs.transaction import Change, reading
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SLUG,
    at,
    brief_with,
    changed,
    notices,
    opened,
    paragraphs_of,
    sentence_of,
    task,
)

NO_EFFECT = "no other task becomes late because of it"


def started(store: Store, *tasks: dict[str, Any], **brief: Any) -> Store:
    stage = {"key": "all", "title": "All", "tasks": list(tasks)}
    kit = {"kit": "own", "version": 1, "title": "Own", "stages": [stage]}
    return opened(store, brief_with(kit=kit, **brief))


@pytest.fixture
def printed(store: Store) -> Store:
    """A text, its check, and its print three days later, which has to be at the fair.

    The fair is on Tuesday 9 February. The print is due that day, the check three free days before
    its start, which is 5 February: on 1 February; and the text on 28 January.
    """
    return started(
        store,
        {"key": "text", "title": "Text", "role": "pmm", "days": 4},
        {
            "key": "check",
            "title": "Check",
            "role": "legal",
            "days": 2,
            "after": ["text"],
        },
        {
            "key": "print",
            "title": "Print",
            "role": "sales",
            "days": 3,
            "after": [{"task": "check", "lag": 3}],
        },
        {
            "key": "fair",
            "title": "Fair",
            "role": "lead",
            "days": 0,
            "after": ["print"],
            "not_before": "T-0",
            "due": "T-0",
        },
    )


def test_the_latest_finish_of_a_chain_is_its_due_day(printed: Store) -> None:
    assert [task(printed, key).due for key in ("text", "check", "print")] == [
        date(2027, 1, 28),
        date(2027, 2, 1),
        date(2027, 2, 9),
    ]


def test_float_is_not_granted_once_more_after_the_due_day(printed: Store) -> None:
    """As far from the due day as the task could have been late before, were it counted twice."""
    changed(extend(printed, SLUG, "text", until=date(2027, 1, 28), now=NOW))
    assert notices(printed, "review") == []
    until = date(2027, 2, 18)
    said = changed(extend(printed, SLUG, "text", until=until, by=PMM, now=NOW))
    assert f"{LEAD} is asked for {until}" in said.message
    assert task(printed, "text").due == date(2027, 1, 28)
    (asked,) = notices(printed, "review")
    assert sentence_of(printed, asked) == (
        "Please grant or refuse by Wed 27 Jan, in 12 working days: Pia asks for more time "
        'for "Text" (Falcon 2), until Thu 18 Feb instead of Thu 28 Jan.'
    )
    (effect,) = paragraphs_of(printed, asked)
    assert effect == (
        '"Check", "Print" and "Fair" can then be 15 days late. '
        "Work due by the launch day, Tue 9 Feb, then ends on Thu 18 Feb. "
        "The launch then lands on Tue 2 Mar."
    )


def test_lags_count_in_the_effect_of_an_extension(printed: Store) -> None:
    until = date(2027, 2, 2)
    changed(extend(printed, SLUG, "check", until=until, by=LEGAL, now=NOW))
    (asked,) = notices(printed, "review")
    assert asked.to == LEAD
    assert asked.facts["missed"] == [
        {"task": "print", "days": 1},
        {"task": "fair", "days": 1},
    ]
    (effect,) = paragraphs_of(printed, asked)
    assert '"Print" and "Fair" can then be 1 day late.' in effect
    changed(approve(printed, SLUG, "check", now=NOW))
    assert task(printed, "check").due == until
    assert task(printed, "print").due == date(2027, 2, 9)


def floats(change: Change) -> Mapping[str, Forecast]:
    return running_plan(change).forecast


def landing_of(store: Store) -> date | None:
    with reading(store, SLUG, now=NOW) as change:
        standing = running_plan(change).standing
        return standing.lands_on if standing else None


@pytest.mark.parametrize("lag", [0, 3, 9])
def test_a_request_its_grant_and_the_standing_name_the_same_day(
    printed: Store, lag: int
) -> None:
    """One function finds the day on which a launch lands, with more time and without."""
    until = date(2027, 2, 2) + timedelta(lag)
    said = changed(extend(printed, SLUG, "check", until=until, by=LEGAL, now=NOW))
    asked = notices(printed, "review")[-1].facts["lands_on"]
    assert f"the launch then lands on {asked}" in said.message
    assert landing_of(printed) == date(2027, 2, 9)
    granted = changed(approve(printed, SLUG, "check", now=NOW))
    assert f"the launch then lands on {asked}" in granted.message
    assert landing_of(printed) == date.fromisoformat(asked)
    assert granted.effect is not None


@pytest.fixture
def frozen(store: Store) -> Store:
    """A beta that is due on 26 January, before a freeze of the code on 2 February."""
    return started(
        store,
        {
            "key": "beta",
            "title": "Beta",
            "role": "pmm",
            "days": 3,
            "due": "T-2w",
        },
        {
            "key": "freeze",
            "title": "Freeze",
            "role": "ops",
            "days": 0,
            "after": ["beta"],
            "not_before": "T-1w",
            "due": "T-1w",
        },
        {
            "key": "out",
            "title": "Out",
            "role": "lead",
            "days": 0,
            "after": ["freeze"],
            "not_before": "T-0",
            "due": "T-0",
        },
    )


def test_the_day_of_a_milestone_may_be_shared(frozen: Store) -> None:
    said = changed(extend(frozen, SLUG, "beta", until=date(2027, 2, 2), now=NOW))
    assert said.message == (
        f"{LEAD} is asked for 2027-02-02: {NO_EFFECT}; "
        "until the answer beta stays due 2027-01-26"
    )


def test_the_day_after_a_milestone_makes_it_late(frozen: Store) -> None:
    said = changed(extend(frozen, SLUG, "beta", until=date(2027, 2, 3), now=NOW))
    assert "freeze can then be 1 day late" in said.message


def test_a_task_that_is_late_anyway_is_not_counted(printed: Store) -> None:
    late = at("02-01")
    said = changed(extend(printed, SLUG, "text", until=date(2027, 2, 4), now=late))
    assert (
        "no further task becomes late because of it; "
        "3 other tasks cannot make their due day anyway" in said.message
    )
    said = changed(extend(printed, SLUG, "text", until=date(2027, 2, 5), now=late))
    assert "check, print and fair can then be 6 days late" in said.message


def test_less_time_than_was_granted_leaves_fewer_tasks_late(printed: Store) -> None:
    """Tasks that the longer grant makes late are in time again with the shorter one."""
    with reading(printed, SLUG, now=NOW) as change:
        task = change.task("text")
        task.extended_until = date(2027, 2, 8)
        assert sum(each.float_days < 0 for each in floats(change).values()) == 4
        found = TaskOutlook(change, task).effect(date(2027, 1, 22))
        assert (found.missed, found.late) == ((), 0)


def test_an_effect_names_the_release_and_the_launch_day(store: Store) -> None:
    started(
        store,
        {"key": "build", "title": "Build", "role": "ops", "days": 2}
        | {"anchor": "release", "due": "T-1"},
        {"key": "tell", "title": "Tell", "role": "pmm", "days": 2, "after": ["build"]},
        release_on="2027-02-02",
    )
    with reading(store, SLUG, now=NOW) as change:
        outlook = TaskOutlook(change, change.task("build"))
        release = LateAnchor("release", date(2027, 2, 2), date(2027, 2, 3))
        assert outlook.effect(date(2027, 2, 3)) == Effect((), (release,))
        found = outlook.effect(date(2027, 2, 10))
        assert outlook.expected() == date(2027, 1, 12)
    assert found.missed == (Missed("tell", 4),)
    assert found.anchors == (
        LateAnchor("release", date(2027, 2, 2), date(2027, 2, 10)),
        LateAnchor("launch", date(2027, 2, 9), date(2027, 2, 10)),
    )
    assert found.harms
    assert str(found) == (
        "tell can then be 4 days late; "
        "work due by the release day, 2027-02-02, then ends on 2027-02-10; "
        "work due by the launch day, 2027-02-09, then ends on 2027-02-10; "
        "the launch then lands on 2027-02-15"
    )
