from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from launch_kits import verbs
from launch_kits.board.board_text import (
    at_risk,
    counted,
    day,
    headline,
    instant,
    standing,
    summary,
)
from launch_kits.database.store import Store
from launch_kits.views.landing import behind_by
from launch_kits.views.launch import LaunchView
from launch_kits.views.undelivered import Undelivered
from tests.launches import LEAD, NOW, PMM, SLUG

View = Callable[[datetime], LaunchView]


def test_headline_states_the_launch_in_one_line(view: View) -> None:
    assert (
        headline(view(NOW))
        == "Falcon 2: launch in 21 working days (29 days), 0% ready, 8 tasks open"
    )
    assert headline(view(NOW + timedelta(days=28))).startswith(
        "Falcon 2: launch tomorrow, "
    )
    assert headline(view(NOW + timedelta(days=29))).startswith(
        "Falcon 2: launch today, "
    )
    assert headline(view(NOW + timedelta(days=31))).startswith(
        "Falcon 2: launch day was Tue 9 Feb 2027, "
    )
    over = {"ended_at": NOW, "tasks": ()}
    ended = {
        status: headline(replace(view(NOW), status=status, **over))
        for status in ("cancelled", "done")
    }
    assert ended == {
        "cancelled": "Falcon 2: cancelled on Mon 11 Jan 2027",
        "done": "Falcon 2: done on Mon 11 Jan 2027",
    }


def test_a_launch_is_at_risk_if_a_task_has_negative_float(
    view: View,
) -> None:
    assert not at_risk(view(NOW))
    behind = view(NOW + timedelta(days=25))
    assert at_risk(behind)
    assert headline(behind).endswith(", at risk")
    late = view(NOW + timedelta(days=40))
    assert at_risk(late)
    assert headline(late).endswith(" overdue, late")
    assert f", {behind_by(late)} working days behind, " in headline(late)
    assert not at_risk(replace(late, status="cancelled"))


def test_standing_says_how_far_behind_how_many_late_and_the_next_task(
    view: View,
) -> None:
    task = view(NOW).next_tasks[0]
    following = f"next: {task.title} ({task.owner_name}), due {day(task.due)}"
    assert standing(view(NOW)) == f"on track, {following}. As of Mon 11 Jan 2027"
    late = view(NOW + timedelta(days=40))
    days = behind_by(late)
    assert standing(late).startswith(
        f"{days} working days behind, {late.late} late, next: "
    )
    assert standing(late).endswith(". As of Sat 20 Feb 2027")


def test_an_instant_has_its_zone() -> None:
    assert instant(NOW, "Asia/Tokyo").endswith(" Asia/Tokyo")


def test_the_page_names_blocked_and_next_tasks_and_requests(
    view: View, falcon: Store
) -> None:
    verbs.block(falcon, SLUG, "research", now=NOW, note="No | budget")
    verbs.extend(
        falcon, SLUG, "positioning", until=date(2027, 3, 1), now=NOW, note="ill"
    )
    page = summary(view(NOW))
    assert page.startswith("# Falcon 2: launch in 21 working days (29 days)")
    assert (
        "Launch **Tue 9 Feb 2027** · tier 1 · kit `small` · lead Lee · "
        "as of Mon 11 Jan 2027" in page
    )
    assert "| Research | Pia |" in page
    assert r"| No \| budget |" in page
    assert "Positioning: Pia asks for Mon 1 Mar 2027" in page
    assert "## Next" in page
    assert "## Late" not in page
    assert f"`launch-kits status {SLUG}`" in page


def test_the_page_begins_with_late_tasks_if_the_launch_is_late(view: View) -> None:
    page = summary(view(NOW + timedelta(days=60)))
    assert page.index("## Late") < page.index("## Stages")
    assert "more that wait for these" in page
    assert "## Next" not in page


def test_the_page_escapes_texts_of_people(view: View) -> None:
    page = summary(
        replace(view(NOW), product="<img src=x> [Falcon](http://evil) | `x`")
    )
    assert "<img" not in page.replace(r"\<img", "")
    assert "[Falcon](" not in page.replace(r"\[Falcon", "")


def test_the_page_names_undelivered_notices(view: View) -> None:
    assert "Not delivered" not in summary(view(NOW))
    dead = Undelivered(
        key=f"news:{SLUG}:-:{PMM}:1",
        to=PMM,
        attempts=1,
        error="Slack refuses it: <is_archived> | x",
    )
    page = summary(replace(view(NOW), undelivered=(dead,), status="done"))
    assert "## Not delivered" in page
    assert f"| news:{SLUG}:-:{PMM}:1 | {PMM} |" in page.replace("\\", "")
    assert "<is_archived>" not in page.replace(r"\<", "")
    assert f"`launch-kits outbox retry --launch {SLUG}`" in page


def test_counted_ignores_dropped_tasks(view: View, falcon: Store) -> None:
    verbs.drop(falcon, SLUG, "research", by=LEAD, now=NOW)
    verbs.done(falcon, SLUG, "positioning", now=NOW)
    assert counted(view(NOW)) == "Falcon 2: 1 of 7 tasks done"


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_the_page_of_an_ended_launch_lists_no_work(view: View, status: str) -> None:
    page = summary(replace(view(NOW + timedelta(days=60)), status=status))
    assert "## Late" not in page
    assert "## Next" not in page
