from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from launch_kits import outbox
from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.slack.outbound.claimed import ClaimedNotices, one_line
from launch_kits.slack.outbound.results import Results
from launch_kits.views.notices.context import ContextLoader, MessageContext
from tests.slack.conftest import NOW, PEOPLE

LATER = NOW + timedelta(minutes=5)
WHY = ValueError("no\n answer  yet")


@pytest.fixture
def results() -> Results:
    return Results()


@pytest.fixture
def claims(store: Store, results: Results) -> ClaimedNotices:
    return ClaimedNotices(store, results, by="us")


@pytest.fixture
def claimed(store: Store, file: Callable[..., str]) -> Callable[..., Notice]:
    """File a notice and claim it."""

    def claimed(*, by: str = "us", **changes: str) -> Notice:
        key = file(**changes)
        with store.write() as session:
            (notice,) = outbox.claim(session, by=by, now=NOW, keys=[key])
        return notice

    return claimed


@pytest.fixture
def context(store: Store, tmp_path: Path) -> MessageContext:
    return ContextLoader(store, documents=tmp_path).of("valkey-9", now=NOW)


def state(notice: Notice) -> tuple[object, ...]:
    return notice.status, notice.attempts, notice.error


def test_a_released_notice_is_tried_again_at_its_instant(
    claims, claimed, results, read
):
    notice = claimed()
    claims.release(notice, WHY, again_at=LATER)
    found = read(notice.key)
    assert state(found) == ("pending", 1, "no answer yet")
    assert (found.send_after, found.lease_by) == (LATER, None)
    assert (results.counts, results.problems) == ({"given_back": 1}, [])


def test_an_untried_notice_has_its_attempt_taken_off(claims, claimed, results, read):
    notice = claimed()
    claims.unclaim(notice, WHY, again_at=LATER, untried=True)
    assert state(read(notice.key)) == ("pending", 0, "no answer yet")
    assert results.counts == {}


def test_a_notice_outside_working_hours_is_held_with_its_earlier_error(
    store, claims, claimed, results, read
):
    notice = claimed()
    claims.release(notice, WHY, again_at=NOW)
    with store.write() as session:
        (again,) = outbox.claim(session, by="us", now=NOW, keys=[notice.key])
    claims.hold(again, until=LATER)
    found = read(notice.key)
    assert (*state(found), found.send_after) == ("pending", 1, "no answer yet", LATER)
    assert results.counts == {"given_back": 2}


def test_an_untrue_notice_is_dropped_with_the_reason(claims, claimed, results, read):
    notice = claimed()
    claims.discard(notice, "the task is done")
    assert state(read(notice.key)) == ("dropped", 1, "the task is done")
    assert results.counts == {"dropped": 1}


def test_a_dead_notice_is_told_to_the_lead(claims, claimed, context, results, read):
    notice = claimed()
    told = claims.fail(notice, WHY, context=context, now=NOW)
    assert state(read(notice.key)) == ("dead", 1, "no answer yet")
    assert results.counts == {"dead": 1}
    assert results.problems == [f"{notice.key} is dead: no answer yet"]
    assert told is not None
    news = read(told.key)
    assert (news.kind, news.to, news.status) == ("news", PEOPLE["lead"], "pending")
    assert news.facts["error"] == "no answer yet"


def test_a_dead_notice_to_the_lead_is_told_to_no_one(claims, claimed, context):
    notice = claimed(to=PEOPLE["lead"])
    assert claims.fail(notice, WHY, context=context, now=NOW) is None


def test_a_notice_that_another_delivery_claimed_is_left_to_it(
    claims, claimed, context, read
):
    notice = claimed(by="others")
    claims.release(notice, WHY, again_at=LATER)
    claims.hold(notice, until=LATER)
    claims.discard(notice, "untrue")
    assert claims.fail(notice, WHY, context=context, now=NOW) is None
    found = read(notice.key)
    assert state(found) == ("sending", 1, None)
    assert found.lease_by == "others"


def test_a_fault_of_an_edit_is_noted_and_nothing_else_changes(claims, claimed, read):
    notice = claimed()
    claims.note(notice, WHY)
    assert state(read(notice.key)) == ("sending", 1, "no answer yet")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError(" two\n\tlines "), "two lines"),
        (ValueError("x" * 900), "x" * 500),
        (TimeoutError(), "TimeoutError"),
        (TimeoutError(" \n"), "TimeoutError"),
    ],
)
def test_an_error_is_kept_on_one_line(error, line):
    assert one_line(error) == line
