from __future__ import annotations

from dataclasses import replace
from datetime import date

from launch_kits.database.records import NoticeKind
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.views.notices.ended_waivers import (
    EndedWaiver,
    ended_waivers,
    open_again,
    waivers_over,
)
from launch_kits.views.notices.news_events import News
from tests.slack.views import READER, launch, notice, task

OLD = {"gate": "Sales", "check": "Read", "until": "2027-01-29"}


def gate(title: str, *checks: str) -> GateState:
    return GateState(
        title.lower(),
        title,
        "sales@example.com",
        hard=True,
        before_launch=True,
        checks=tuple(
            CheckState(at, each, evidence=False, key=each)
            for at, each in enumerate(checks, 1)
        ),
    )


def test_news_of_an_older_version_are_about_one_check() -> None:
    assert ended_waivers(OLD) == [EndedWaiver("Sales", "Read", date(2027, 1, 29))]
    both = {"ended": [OLD, {**OLD, "check": "Told"}]}
    assert [each.check for each in ended_waivers(both)] == ["Read", "Told"]


def test_checks_that_are_met_are_asked_for_no_more() -> None:
    both = {"ended": [OLD, {**OLD, "check": "Told"}]}
    view = replace(launch(task()), gates=(gate("Sales", "Told"), gate("Story", "Read")))
    assert [each.check for each in open_again(both, view)] == ["Told"]


def test_each_reader_is_asked_for_what_they_may_do() -> None:
    view = replace(launch(task()), gates=(gate("Sales", "Read"),))
    said = []
    for to in (view.lead, "sales@example.com"):
        told = notice(NoticeKind.NEWS, to=to)
        told.facts = {"event": "waiver ended", **OLD}
        said.append(waivers_over(News.of(told, view, READER)))
    wanted = 'please tick "Read" of the gate "Sales" (Valkey 9.0), or'
    until = "it could stay open until Fri 29 Jan"
    assert said == [
        f"{wanted} let it pass again: {until}",
        f"{wanted} ask Product lead to let it pass again: {until}",
    ]
