from __future__ import annotations

from datetime import date
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.verbs.digest_lines import ask_line, launch_line, seen_line
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.landing import causes
from launch_kits.views.launch import read_launch
from launch_kits.views.notices.text import quoted
from tests.launches import SLUG, at
from tests.slack.views import launch, task


def test_a_launch_says_more_to_its_lead() -> None:
    line = {
        "launch": "valkey-9",
        "product": "Valkey 9.0",
        "launch_on": "2027-03-02",
        "lands_on": "2027-03-02",
        "because": [],
    }
    shown = launch(task(overdue=True))
    assert launch_line(shown, leads=False) == line
    assert launch_line(shown, leads=True) == {
        **line,
        "state": "at_risk",
        "late": 1,
    }


def test_lines_hold_facts_alone() -> None:
    seen = seen_line(task("copy", "Copy"), launch(), "late", "late:x")
    assert (seen["task"], seen["due"], seen["kind"], seen["mark"]) == (
        "copy",
        "2027-02-04",
        "late",
        "late:x",
    )
    gate = ToDecide(
        wanted=AnswerKind.GATE,
        who="sales@example.com",
        title="Sales can sell it",
        key="sales_readiness",
        due=date(2027, 2, 4),
        checks=("Sellers are trained",),
    )
    line = ask_line(gate, launch())
    assert (line["task"], line["wanted"], line["checks"], line["until"]) == (
        None,
        "gate",
        ["Sellers are trained"],
        None,
    )


def test_the_causes_of_a_slip_are_those_that_status_names(falcon: Store) -> None:
    with falcon.read() as session:
        view = read_launch(session, SLUG, now=at("02-04"), documents=Path())
    assert view.lands_on != view.launch_on
    found = launch_line(view, leads=True)["because"]
    said = [(each["cause"], each["days"]) for each in found]
    assert said == list(causes(view, title=quoted))
    assert said
