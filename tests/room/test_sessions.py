from __future__ import annotations

from datetime import timedelta

from launch_kits.database.records import RoomSession
from launch_kits.room.sessions import (
    KEPT,
    LIFE,
    digest_of,
    end_session,
    open_session,
    read_session,
    sessions_of,
)
from tests.launches import LEAD, NOW, PMM


def test_a_session_lasts_until_its_end(store):
    secret = open_session(store, LEAD, method="oidc", now=NOW)
    found = read_session(store, secret, now=NOW + LIFE - timedelta(seconds=1))
    assert found is not None
    assert (found.email, found.method) == (LEAD, "oidc")
    assert read_session(store, secret, now=NOW + LIFE) is None
    assert read_session(store, "guessed", now=NOW) is None


def test_only_a_digest_of_the_secret_is_stored(store):
    secret = open_session(store, LEAD, method="oidc", now=NOW)
    with store.read() as session:
        row = session.get(RoomSession, digest_of(secret))
    assert row is not None
    assert secret not in repr(row.model_dump())


def test_a_person_ends_their_own_sessions_alone(store):
    secret = open_session(store, LEAD, method="oidc", now=NOW)
    digest = digest_of(secret)
    assert not end_session(store, digest, email=PMM, now=NOW)
    assert read_session(store, secret, now=NOW)
    assert end_session(store, digest, email=LEAD, now=NOW)
    assert not end_session(store, digest, email=LEAD, now=NOW)
    assert read_session(store, secret, now=NOW) is None


def test_open_sessions_are_listed_by_their_last_visit(store):
    first = open_session(store, LEAD, method="oidc", now=NOW)
    later = NOW + timedelta(hours=1)
    second = open_session(store, LEAD, method="oidc", now=later)
    open_session(store, PMM, method="oidc", now=later)
    visited = later + timedelta(hours=1)
    read_session(store, first, now=visited)
    found = sessions_of(store, LEAD, now=visited)
    assert [each.digest for each in found] == [digest_of(first), digest_of(second)]
    assert found[0].seen_at == visited


def test_old_sessions_are_removed(store):
    secret = open_session(store, LEAD, method="oidc", now=NOW)
    open_session(store, LEAD, method="oidc", now=NOW + LIFE + KEPT + timedelta(days=1))
    with store.read() as session:
        assert session.get(RoomSession, digest_of(secret)) is None
