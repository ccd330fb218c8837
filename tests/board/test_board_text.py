from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from launch_kits import verbs
from launch_kits.board.board_text import at_risk, counted, headline, row, summary
from launch_kits.database.store import Store
from launch_kits.views.launch import LaunchView, Undelivered
from tests.launches import LEAD, NOW, PMM, SLUG

View = Callable[[datetime], LaunchView]


def test_a_launch_in_one_line(view: View) -> None:
    assert headline(view(NOW)) == "Falcon 2: launch in 29 days, 0% ready, 8 tasks open"
    assert headline(view(NOW + timedelta(days=28))).startswith(
        "Falcon 2: launch tomorrow, "
    )
    assert headline(view(NOW + timedelta(days=29))).startswith(
        "Falcon 2: launch today, "
    )
    assert headline(view(NOW + timedelta(days=31))).startswith(
        "Falcon 2: launch 2 days ago, "
    )
    assert headline(replace(view(NOW), status="cancelled")) == "Falcon 2: cancelled"
    assert headline(replace(view(NOW), status="done", tasks=())) == "Falcon 2: complete"


def test_a_launch_is_at_risk_while_work_cannot_be_done_by_its_due_day(
    view: View,
) -> None:
    assert not at_risk(view(NOW))
    late = view(NOW + timedelta(days=40))
    assert at_risk(late)
    assert headline(late).endswith(", at risk")
    assert not at_risk(replace(late, status="cancelled"))


def test_a_task_in_one_line(view: View) -> None:
    task = view(NOW).task("battlecard:kite")
    assert task is not None
    assert row(task, launch="running") == {
        "Deliverable": "Battlecard: Kite",
        "State": "Waiting",
        "Due": task.due.isoformat(),
        "Float": task.float_days,
        "Owner": PMM,
        "Stage": "Sales readiness",
        "Document": "",
    }
    finished = replace(task, float_days=None, link="https://example.com/card")
    assert (
        row(finished, launch="running")["Float"],
        row(finished, launch="running")["Document"],
    ) == (
        "",
        "https://example.com/card",
    )


def test_the_page_names_what_is_blocked_asked_for_and_next(
    view: View, falcon: Store
) -> None:
    verbs.block(falcon, SLUG, "research", now=NOW, note="No | budget")
    verbs.extend(
        falcon, SLUG, "positioning", until=date(2027, 3, 1), now=NOW, note="ill"
    )
    page = summary(view(NOW))
    assert page.startswith("# Falcon 2: launch in 29 days")
    assert (
        "Launch **9 February 2027** · tier 1 · kit `small` · lead lead@example.com · as of 11 January 2027"
        in page
    )
    assert "| Research | Story | pmm@example.com |" in page
    assert r"| No \| budget |" in page
    assert "Positioning: pmm@example.com asks for 1 March 2027" in page
    assert "## Next" in page
    assert "## Late" not in page
    assert f"`launch-kits status {SLUG}`" in page


def test_the_page_of_a_late_launch_begins_with_what_is_late(view: View) -> None:
    page = summary(view(NOW + timedelta(days=60)))
    assert page.index("## Late") < page.index("## Stages")
    assert "more that wait for these" in page
    assert "## Next" not in page


def test_what_people_wrote_is_never_markup(view: View) -> None:
    page = summary(
        replace(view(NOW), product="<img src=x> [Falcon](http://evil) | `x`")
    )
    assert "<img" not in page.replace(r"\<img", "")
    assert "[Falcon](" not in page.replace(r"\[Falcon", "")


def test_the_page_names_what_could_not_be_told(view: View) -> None:
    assert "Could not be told" not in summary(view(NOW))
    dead = Undelivered(
        key=f"news:{SLUG}:-:{PMM}:1",
        to=PMM,
        attempts=1,
        error="Slack refuses it: <is_archived> | x",
    )
    page = summary(replace(view(NOW), undelivered=(dead,), status="done"))
    assert "## Could not be told" in page
    assert f"| news:{SLUG}:-:{PMM}:1 | {PMM} |" in page.replace("\\", "")
    assert "<is_archived>" not in page.replace(r"\<", "")
    assert f"`launch-kits outbox retry --launch {SLUG}`" in page


def test_readiness_is_counted_without_the_dropped(view: View, falcon: Store) -> None:
    verbs.drop(falcon, SLUG, "research", by=LEAD, now=NOW)
    verbs.done(falcon, SLUG, "positioning", now=NOW)
    assert counted(view(NOW)) == "Falcon 2: 1 of 7 tasks done"


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_a_launch_that_is_over_asks_nothing_of_anybody(view: View, status: str) -> None:
    page = summary(replace(view(NOW + timedelta(days=60)), status=status))
    assert "## Late" not in page
    assert "## Next" not in page
