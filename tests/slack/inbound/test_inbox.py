from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from launch_kits.database.records import Answered
from launch_kits.database.store import Store
from launch_kits.slack.inbound import inbox
from launch_kits.slack.inbound.inbox import (
    KEPT,
    Arrival,
    FormerForm,
    KeptPayload,
    PayloadKind,
)
from tests.launches import NOW


def payload(key: str = "click:1", digest: str | None = None) -> KeptPayload:
    return KeptPayload(PayloadKind.CLICK, key, {"user": {"id": "U1"}}, digest)


def finish(store: Store, key: str, **more: bool) -> bool:
    with store.write() as session:
        return inbox.finish(session, key, now=NOW, **more)


def test_a_payload_is_new_until_it_is_kept_and_done_once_it_is_finished(
    store: Store,
) -> None:
    assert inbox.keep(store, payload(), now=NOW) is Arrival.NEW
    assert inbox.keep(store, payload(), now=NOW) is Arrival.AGAIN
    assert finish(store, "click:1")
    assert inbox.keep(store, payload(), now=NOW) is Arrival.DONE


def test_it_is_new_for_one_of_many_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda _: inbox.keep(store, payload(), now=NOW), range(16))
        )
    assert sorted(found) == [Arrival.AGAIN] * 15 + [Arrival.NEW]


def test_it_is_finished_once(store: Store) -> None:
    inbox.keep(store, payload(), now=NOW)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: finish(store, "click:1"), range(8))) == 1


def test_one_that_is_too_late_is_not_kept(store: Store) -> None:
    kept = inbox.keep(store, payload(), now=NOW, in_time=lambda: False)
    assert kept is Arrival.LATE
    assert inbox.keep(store, payload(), now=NOW) is Arrival.NEW


def test_the_unfinished_are_found_oldest_first_until_an_instant(store: Store) -> None:
    for minutes, key in ((3, "c"), (1, "a"), (2, "b"), (4, "d")):
        inbox.keep(store, payload(key), now=NOW + timedelta(minutes=minutes))
    finish(store, "b")
    found = inbox.unfinished(store, until=NOW + timedelta(minutes=3))
    assert found == [payload("a"), payload("c")]


def test_the_content_of_a_finished_one_is_deleted_unless_it_is_wanted(
    store: Store,
) -> None:
    for key in ("a", "b"):
        inbox.keep(store, payload(key), now=NOW)
    finish(store, "a")
    finish(store, "b", keep_content=True)
    with store.read() as session:
        rows = {row.key: row for row in session.exec(select(Answered))}
    assert inbox.read_payload(rows["a"]) is None
    assert inbox.read_payload(rows["b"]) == payload("b")
    assert inbox.unfinished(store, until=NOW) == []


def test_an_answer_is_owed_until_it_is_given(store: Store) -> None:
    for key in ("a", "b", "kept"):
        inbox.keep(store, payload(key), now=NOW)
    finish(store, "kept", keep_content=True)
    finish(store, "a")
    with store.write() as session:
        for key in ("a", "b"):
            inbox.owe(session, key, {"text": key}, now=NOW)
    assert not finish(store, "b")
    assert inbox.unfinished(store, until=NOW) == []
    before = NOW - timedelta(seconds=1)
    assert inbox.unpaid(store, since=before, until=NOW) == ["a", "b"]
    assert inbox.unpaid(store, since=NOW, until=NOW) == []
    assert inbox.owed(store, "kept") is None
    assert inbox.owed(store, "a") == {"text": "a"}
    inbox.pay(store, "a")
    assert inbox.owed(store, "a") is None
    assert inbox.unpaid(store, since=before, until=NOW) == ["b"]


def test_the_finished_are_forgotten_and_the_unfinished_are_not(store: Store) -> None:
    for key in ("done", "undone"):
        inbox.keep(store, payload(key), now=NOW)
    finish(store, "done")
    with store.write() as session:
        session.add(Answered(key="reply:1", at=NOW, response={"status": 200}))
    later = NOW + KEPT + timedelta(seconds=1)
    inbox.keep(store, payload("new"), now=later)
    with store.write() as session:
        assert inbox.finish(session, "new", now=later)
    with store.read() as session:
        assert sorted(session.exec(select(Answered.key))) == ["new", "undone"]


def test_a_former_form_is_known_by_its_digest(store: Store) -> None:
    assert inbox.find_form(store, "modal:V1") is None
    inbox.keep(store, payload("modal:V1", "d1"), now=NOW)
    assert inbox.find_form(store, "modal:V1") == FormerForm("d1", done=False)
    finish(store, "modal:V1")
    assert inbox.find_form(store, "modal:V1") == FormerForm("d1", done=True)


@pytest.mark.parametrize(
    "content", [{}, {"kind": "song", "body": {}}, {"kind": "click", "body": []}, None]
)
def test_content_of_another_version_is_not_a_payload(
    content: dict[str, object] | None,
) -> None:
    assert inbox.read_payload(Answered(key="a", at=NOW, payload=content)) is None
