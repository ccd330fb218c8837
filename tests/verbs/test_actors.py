from __future__ import annotations

import pytest
from sqlmodel import select

from launch_kits import verbs
from launch_kits.database.records import Event, MemberStanding
from launch_kits.database.store import Store
from launch_kits.errors import NotYours
from launch_kits.verbs import changing
from launch_kits.verbs.actors import (
    OUTSIDERS,
    PREFECT,
    SWEEP,
    Door,
    Via,
    coming_from,
    via_of,
)
from launch_kits.verbs.permissions import Actor, Verb, VerbSubject, may
from tests.launches import NOW, PMM, SLUG, dump, opened


def doors(store: Store) -> list[tuple[str, str, str | None]]:
    with store.read() as session:
        events = session.exec(select(Event).order_by("id")).all()
    return [(each.verb, each.by, each.door) for each in events]


def origins(store: Store) -> list[str | None]:
    with store.read() as session:
        return list(session.exec(select(Event.origin).order_by("id")).all())


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_event_records_the_place_of_its_store_or_of_its_request(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "origin", "ops@desk-4")
    opened(store)
    assert set(origins(store)) == {"ops@desk-4"}
    with coming_from("192.0.2.7"):
        verbs.begin(store, SLUG, "positioning", by=PMM, now=NOW)
    verbs.note(store, SLUG, "positioning", now=NOW, note="On it")
    assert origins(store)[-2:] == ["192.0.2.7", "ops@desk-4"]
    with changing(store, SLUG, now=NOW, via=Via(Door.SLACK, origin="T1")) as change:
        verbs.note(change, SLUG, "positioning", now=NOW, note="Still")
    assert origins(store)[-1] == "T1"


@pytest.mark.parametrize("door", Door)
def test_an_event_records_the_door_of_its_store(
    store: Store, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "door", door)
    opened(store)
    verbs.begin(store, SLUG, "positioning", by=PMM, now=NOW)
    found = doors(store)
    assert found[0][2] == door
    assert found[-1] == ("begin", PMM, door)


def test_a_delegation_records_the_door_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "door", Door.SLACK)
    opened(store)
    verbs.delegate(store, person=PMM, to="ops@example.com", launch=SLUG, now=NOW)
    assert doors(store)[-1][::2] == ("delegate", Door.SLACK)


def test_what_time_brings_comes_through_the_sweep(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "door", Door.COMMAND_LINE)
    opened(store)
    assert {door for _, by, door in doors(store) if by == SWEEP} == {Door.SWEEP}


def test_a_run_that_is_cancelled_in_prefect_comes_through_prefect(store: Store) -> None:
    opened(store)
    verbs.cancel(store, SLUG, by=PREFECT, now=NOW)
    assert doors(store)[-1] == ("cancel", PREFECT, Door.PREFECT)


def test_a_store_may_have_no_door(store: Store) -> None:
    assert via_of(store) == Via()


@pytest.mark.parametrize("standing", OUTSIDERS)
def test_an_outsider_may_do_nothing_whatever_the_email_says(
    store: Store, standing: MemberStanding
) -> None:
    opened(store)
    before = dump(store)
    via = Via(Door.SLACK, "T1", standing)
    with (
        pytest.raises(NotYours, match=OUTSIDERS[standing]),
        changing(store, SLUG, now=NOW, via=via) as change,
    ):
        verbs.begin(change, SLUG, "positioning", by=PMM, now=NOW)
    assert dump(store) == before


def test_every_verb_is_closed_to_outsiders() -> None:
    subject = VerbSubject(
        "x", lead=PMM, owner=PMM, approver=PMM, sponsor=PMM, author=PMM
    )
    guest = Actor(PMM, Via(Door.SLACK, "T1", MemberStanding.GUEST))
    member = Actor(PMM, Via(Door.SLACK, "T1"))
    assert [verb for verb in Verb if may(guest, verb, subject) is None] == []
    assert [verb for verb in Verb if may(member, verb, subject) is not None] == []


def test_every_standing_but_that_of_a_member_is_outside() -> None:
    assert set(OUTSIDERS) == set(MemberStanding) - {MemberStanding.MEMBER}
