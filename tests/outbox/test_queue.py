from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from launch_kits import outbox
from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from tests import workers as crew
from tests.launches import NOW, PMM, SLUG, notices
from tests.outbox.rows import (
    LATER,
    TASK,
    claim,
    file,
    prepare,
    read,
    run,
    sent,
    settle,
)
from tests.workers import Workers


def test_the_oldest_owed_notices_are_claimed_first(empty: Store) -> None:
    late = file(empty, "1", send_after=NOW - timedelta(minutes=1))
    later = file(empty, "2", send_after=NOW - timedelta(hours=1))
    same = file(
        empty, "3", send_after=NOW - timedelta(hours=1), now=NOW + timedelta(seconds=1)
    )
    assert claim(empty, limit=2) == [later, same]
    assert claim(empty) == [late]


def test_a_notice_waits_for_its_hour(empty: Store) -> None:
    key = file(empty, send_after=LATER)
    assert claim(empty, now=LATER - timedelta(seconds=1)) == []
    assert claim(empty, now=LATER) == [key]


def test_the_console_keeps_no_hours(empty: Store) -> None:
    key = file(empty, send_after=LATER)
    assert claim(empty, any_hour=True) == [key]


def test_a_claim_can_be_kept_to_one_launch(empty: Store) -> None:
    file(empty)
    assert claim(empty, launch="kestrel") == []
    assert len(claim(empty, launch=SLUG)) == 1


def test_what_is_claimed_is_left_to_its_claimer(empty: Store) -> None:
    key = file(empty)
    claim(empty, "a")
    assert claim(empty, "b") == []
    assert not settle(empty, key, "b")
    notice = read(empty, key)
    assert (notice.status, notice.lease_by, notice.lease_until) == (
        "sending",
        "a",
        NOW + outbox.LEASE,
    )


def test_a_claim_ends_with_its_lease(empty: Store) -> None:
    key = file(empty)
    claim(empty, "a")
    assert claim(empty, "b", now=NOW + outbox.LEASE - timedelta(seconds=1)) == []
    assert claim(empty, "b", now=NOW + outbox.LEASE) == [key]
    assert read(empty, key).attempts == 2
    assert not settle(empty, key, "a")
    assert settle(empty, key, "b")


def test_a_late_claimer_may_settle_while_no_one_else_has_claimed(empty: Store) -> None:
    key = file(empty)
    claim(empty, "a")
    assert settle(empty, key, "a", now=NOW + 10 * outbox.LEASE)


def test_a_settled_notice_says_where_it_is(empty: Store) -> None:
    key = file(empty)
    claim(empty)
    assert settle(empty, key, now=LATER)
    notice = read(empty, key)
    assert (notice.status, notice.sent_at, notice.channel, notice.ts) == (
        "sent",
        LATER,
        "D1",
        "1.2",
    )
    assert (notice.lease_by, notice.lease_until, notice.error) == (None, None, None)


def test_a_notice_is_settled_once(empty: Store) -> None:
    key = file(empty)
    assert not settle(empty, key), "nobody claimed it"
    claim(empty)
    assert settle(empty, key)
    assert not settle(empty, key)
    assert claim(empty, now=LATER) == []


def test_a_notice_given_back_is_tried_again_at_its_time(empty: Store) -> None:
    key = file(empty)
    claim(empty)
    assert run(empty, outbox.release, key, by="a", again_at=LATER, error="ratelimited")
    notice = read(empty, key)
    assert (notice.status, notice.attempts, notice.error, notice.lease_until) == (
        "pending",
        1,
        "ratelimited",
        None,
    )
    assert claim(empty) == []
    assert claim(empty, now=LATER) == [key]


def test_a_notice_given_back_untried_counts_no_attempt(empty: Store) -> None:
    key = file(empty)
    claim(empty)
    run(empty, outbox.release, key, by="a", again_at=LATER, error=None, untried=True)
    assert read(empty, key).attempts == 0


@pytest.mark.parametrize(
    ("end", "options", "status"),
    [
        (outbox.fail, {"error": "channel_not_found"}, "dead"),
        (outbox.discard, {"why": "the task is done"}, "dropped"),
    ],
)
def test_a_notice_given_up_is_never_claimed_again(
    empty: Store, end: Callable[..., bool], options: dict[str, str], status: str
) -> None:
    key = file(empty)
    assert not run(empty, end, key, by="a", **options), "nobody claimed it"
    claim(empty)
    assert run(empty, end, key, by="a", **options)
    notice = read(empty, key)
    assert (notice.status, notice.error) == (status, next(iter(options.values())))
    assert claim(empty, now=LATER) == []


def test_what_is_owed_is_told_with_its_readers_the_oldest_first(empty: Store) -> None:
    def owed(**options: Any) -> list[tuple[str, str]]:
        with empty.read() as session:
            return [
                tuple(each)
                for each in outbox.pending_keys(session, now=LATER, **options)
            ]

    def edits(**options: Any) -> list[tuple[str, str]]:
        with empty.read() as session:
            return [
                tuple(each)
                for each in outbox.pending_edits(session, now=NOW, **options)
            ]

    told = sent(empty)
    assert (owed(), edits()) == ([], [])
    late = file(empty, "2", to="late@example.com", send_after=LATER)
    soon = file(empty, "3", to="#falcon")
    later = file(empty, "4", send_after=LATER + timedelta(seconds=1))
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    assert owed() == [(soon, "#falcon"), (late, "late@example.com")]
    assert owed(any_hour=True) == [*owed(), (later, PMM)]
    assert edits() == [(told, PMM)]
    assert owed(launch="kestrel") == edits(launch="kestrel") == []
    assert claim(empty, now=LATER, keys=[late, later]) == [late]


def test_of_several_claiming_at_once_each_gets_its_own(
    empty: Store, database_url: str, workers: Workers
) -> None:
    keys = [file(empty, str(number)) for number in range(30)]
    shares = workers(crew.claim_all, database_url)
    assert sorted(key for share in shares for key in share) == sorted(keys)
    found = notices(empty)
    assert {(notice.status, notice.attempts) for notice in found} == {("sent", 1)}
    assert {notice.ts for notice in found} == set(keys)


def test_of_several_processes_one_delivers(
    empty: Store, database_url: str, workers: Workers
) -> None:
    assert sorted(workers(crew.deliver_alone, database_url)) == [False] * (
        crew.COUNT - 1
    ) + [True]


class Outbox(RuleBasedStateMachine):
    """Files, claims, crashes, settles and gives back in any order.

    A model beside it computes the expected result.
    """

    store: Store
    WHO = st.sampled_from(["a", "b", "c"])
    KEYS = st.sampled_from(
        [f"task:falcon-2:research:pmm@example.com:{number}" for number in range(4)]
    )

    def __init__(self) -> None:
        super().__init__()
        prepare(self.store)
        self.now = NOW
        #: key → status, claimer, when it can be claimed
        self.model: dict[str, tuple[str, str | None, datetime]] = {}
        self.settled: list[str] = []
        #: sent messages that are outdated
        self.outdated: set[str] = set()
        #: the state of a message when an edit of it began
        self.editing: dict[str, int] = {}

    @initialize()
    def first(self) -> None:
        self.files(f"task:falcon-2:research:{PMM}:0", 0)

    @rule(key=KEYS, minutes=st.integers(0, 5))
    def files(self, key: str, minutes: int) -> None:
        after = self.now + timedelta(minutes=minutes)
        assert file(self.store, key[-1], now=self.now, send_after=after) == key
        self.model.setdefault(key, ("pending", None, after))

    @rule(by=WHO, limit=st.integers(1, 4))
    def claims(self, by: str, limit: int) -> None:
        owed = {
            key
            for key, (state, _, when) in self.model.items()
            if state in ("pending", "sending") and when <= self.now
        }
        got = claim(self.store, by, now=self.now, limit=limit)
        assert len(got) == len(set(got)) == min(limit, len(owed))
        assert set(got) <= owed
        self.model |= dict.fromkeys(got, ("sending", by, self.now + outbox.LEASE))

    @rule(minutes=st.integers(1, 6))
    def time_passes(self, minutes: int) -> None:
        # A sender that crashed does nothing more: its lease ends.
        self.now += timedelta(minutes=minutes)

    def _ends(self, key: str, by: str, *, ok: bool, state: str, when: datetime) -> None:
        mine = key in self.model and self.model[key][:2] == ("sending", by)
        assert ok == mine
        if mine:
            self.model[key] = (state, None, when)
            if state == "dead":
                self.outdated.discard(key)

    @rule(key=KEYS, by=WHO)
    def settles(self, key: str, by: str) -> None:
        ok = settle(self.store, key, by, now=self.now)
        self._ends(key, by, ok=ok, state="sent", when=self.now)
        if ok:
            self.settled.append(key)

    @rule(key=KEYS, by=WHO, minutes=st.integers(0, 5), untried=st.booleans())
    def gives_back(self, key: str, by: str, minutes: int, untried: bool) -> None:
        again = self.now + timedelta(minutes=minutes)
        ok = run(
            self.store,
            outbox.release,
            key,
            by=by,
            again_at=again,
            error="x",
            untried=untried,
        )
        self._ends(key, by, ok=ok, state="pending", when=again)

    @rule(key=KEYS, by=WHO)
    def buries(self, key: str, by: str) -> None:
        self._ends(
            key,
            by,
            ok=run(self.store, outbox.fail, key, by=by, error="gone"),
            state="dead",
            when=self.now,
        )

    @rule(key=KEYS)
    def retries(self, key: str) -> None:
        dead = key in self.model and self.model[key][0] == "dead"
        assert run(self.store, outbox.requeue, [key], now=self.now) == dead
        if dead:
            self.model[key] = ("pending", None, self.now)

    @rule()
    def changes(self) -> None:
        run(self.store, outbox.outdate, launch=SLUG, kinds=[TASK])
        self.outdated |= {
            key
            for key, (state, _, _) in self.model.items()
            if state in ("sending", "sent")
        }

    @rule(key=KEYS)
    def begins_to_edit(self, key: str) -> None:
        if key in self.settled and key in self.outdated:
            self.editing[key] = read(self.store, key).changes

    @rule(key=KEYS)
    def edits(self, key: str) -> None:
        # A sender that was killed does nothing more; a late one is noticed.
        if key in self.editing:
            late = read(self.store, key).changes != self.editing[key]
            run(self.store, outbox.settle_edit, key, changes=self.editing.pop(key))
            self.outdated = self.outdated | {key} if late else self.outdated - {key}

    @rule()
    def drops(self) -> None:
        run(
            self.store,
            outbox.drop,
            launch=SLUG,
            task="research",
            kinds=[TASK],
            why="done",
        )
        self.model = {
            key: ("dropped", None, when) if state == "pending" else (state, by, when)
            for key, (state, by, when) in self.model.items()
        }

    @invariant()
    def nothing_is_lost(self) -> None:
        found = {
            notice.key: (notice.status, notice.lease_by)
            for notice in notices(self.store)
        }
        assert found == {key: (state, by) for key, (state, by, _) in self.model.items()}

    @invariant()
    def no_edit_is_lost(self) -> None:
        marked = {
            notice.key
            for notice in notices(self.store, status=NoticeStatus.SENT)
            if notice.outdated
        }
        assert marked == self.outdated & set(self.settled)

    @invariant()
    def nothing_is_settled_twice(self) -> None:
        assert len(self.settled) == len(set(self.settled))
        sent = {notice.key for notice in notices(self.store, status=NoticeStatus.SENT)}
        assert sent == set(self.settled)


def test_nothing_is_lost_and_nothing_settled_twice(
    sqlite_template: Any, tmp_path: Any, open_store: Callable[[str], Store]
) -> None:
    path = tmp_path / "outbox.db"
    path.write_bytes(sqlite_template.read_bytes())
    machine = type("Machine", (Outbox,), {"store": open_store(f"sqlite:///{path}")})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
