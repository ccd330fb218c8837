"""How often one click reads its launch, validates the launch's brief and makes whole views."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from launch_kits.inputs.brief import Brief
from launch_kits.slack.messages import context as transactions
from launch_kits.views import launch as launches
from launch_kits.views.launch import LaunchView, view_of
from launch_kits.views.notices import context as contexts
from tests.launches import LEAD, LEGAL, PMM, SLUG, events, status
from tests.slack.office import Office

#: the row of a launch with its whole brief; the load of all launches takes parts of theirs
ROW = re.compile(r"SELECT\b.*(?<!JSON_EXTRACT\()\blaunch\.brief\b", re.DOTALL)


def of_the_click() -> bool:
    """Whether this thread works on clicks, and not on the steps that follow them."""
    return threading.current_thread().name.startswith(("slack_", "slack-ack_"))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Counts the rows of launches read, the briefs validated and the views made."""
    counts: Counter[str] = Counter()
    validate = Brief.model_validate

    def counting(*given: object, **named: object) -> Brief:
        counts["validations"] += of_the_click()
        return validate(*given, **named)

    def count(_connection, _cursor, statement: str, *_: object) -> None:
        counts["reads"] += of_the_click() and bool(ROW.match(statement))

    def seeing(*given: Any, **named: Any) -> LaunchView:
        counts["views"] += of_the_click()
        return view_of(*given, **named)

    monkeypatch.setattr(Brief, "model_validate", counting)
    for made in (launches, contexts, transactions):
        monkeypatch.setattr(made, "view_of", seeing)
    event.listen(Engine, "before_cursor_execute", count)
    yield counts
    event.remove(Engine, "before_cursor_execute", count)


ONCE = {"reads": 1, "validations": 1, "views": 1}


def test_a_click_that_is_a_verb_reads_once(
    falcon_office: Office, counted: Counter[str]
) -> None:
    message = falcon_office.message(PMM, "Positioning")
    counted.clear()
    falcon_office.press(PMM, message, "task_begin")
    assert dict(counted) == ONCE
    assert status(falcon_office.store, "positioning") == "doing"
    assert "Please finish" in falcon_office.message(PMM, "Positioning")["text"]


@pytest.mark.parametrize(
    "action",
    [
        "task_open",
        "task_done",
        "task_block",
        "task_extend",
        "task_drop",
        "task_edit",
        "task_reassign",
    ],
)
def test_a_click_that_opens_a_modal_reads_once(
    falcon_office: Office, counted: Counter[str], action: str
) -> None:
    counted.clear()
    falcon_office.click(PMM, action, f"{SLUG}|positioning")
    assert dict(counted) == ONCE
    assert len(falcon_office.slack.modals) == 1


@pytest.mark.parametrize(
    "action", ["launch_move", "launch_add", "launch_cancel", "launch_gates"]
)
def test_a_click_of_the_lead_on_a_launch_reads_once(
    falcon_office: Office, counted: Counter[str], action: str
) -> None:
    counted.clear()
    falcon_office.click(LEAD, action, f"{SLUG}|")
    assert dict(counted) == ONCE
    assert len(falcon_office.slack.modals) == 1


def test_a_modal_filled_in_reads_once(
    falcon_office: Office, counted: Counter[str]
) -> None:
    falcon_office.click(PMM, "task_done", f"{SLUG}|positioning")
    counted.clear()
    falcon_office.fill(PMM, link="https://x.example/a", note="First version")
    assert dict(counted) == ONCE
    assert events(falcon_office.store, verb="done")[-1].note == "First version"


def test_a_click_by_a_person_who_may_not_reads_once_and_writes_nothing(
    falcon_office: Office, counted: Counter[str]
) -> None:
    counted.clear()
    falcon_office.click(LEGAL, "task_begin", f"{SLUG}|positioning")
    assert dict(counted) == ONCE
    assert status(falcon_office.store, "positioning") == "ready"
    assert "only Pia, Ola or Lee can do this" in falcon_office.told
