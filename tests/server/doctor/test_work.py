from __future__ import annotations

import dataclasses
from datetime import timedelta

from sqlmodel import col, update

from launch_kits.database import launch_lease
from launch_kits.database.records import Launch, Notice, NoticeStatus, Task
from launch_kits.server.doctor import work
from launch_kits.server.doctor.defect import Installation
from tests.launches import NOW, SLUG, launch


def later(installation: Installation, **time: float) -> Installation:
    return dataclasses.replace(installation, now=NOW + timedelta(**time))


def test_sweeps_that_do_not_come_are_named_and_one_is_made(
    installation: Installation,
) -> None:
    assert [*work.sweeps(later(installation, minutes=10))] == []
    late = later(installation, minutes=17)
    (found,) = work.sweeps(late)
    assert found.text == "no sweep has ended yet"
    assert found.fix
    found.fix(late)
    assert [*work.sweeps(late)] == []
    (again,) = work.sweeps(later(installation, minutes=40))
    assert again.text.startswith("no sweep has ended since 20")


def test_dead_notices_are_named(installation: Installation) -> None:
    assert [*work.notices(installation)] == []
    with installation.store.write() as session:
        session.exec(update(Notice).values(status=NoticeStatus.DEAD, error="no"))
    (found,) = work.notices(installation)
    assert "could not be delivered" in found.text
    assert "`launch-kits outbox retry`" in found.remedy


def test_the_lease_of_a_step_that_died_is_given_up(installation: Installation) -> None:
    launch_lease.take_lease(installation.store, SLUG, by="step", now=NOW)
    assert [*work.leases(installation)] == []
    late = later(installation, minutes=30)
    (found,) = work.leases(late)
    assert found.text.startswith(f"the step of {SLUG} died before ")
    (early,) = work.leases(later(installation, minutes=-30))
    assert "longer than any step holds it" in early.text
    assert found.fix
    found.fix(late)
    assert [*work.leases(late)] == []
    assert launch(installation.store).step_by is None


def test_owed_documents_are_named(installation: Installation) -> None:
    with installation.store.write() as session:
        session.exec(
            update(Task)
            .where(col(Task.key) == "battlecard:kite")
            .values(document_owed_at=NOW)
        )
    assert [*work.documents(installation)] == []
    (found,) = work.documents(later(installation, hours=1))
    assert found.text == f"{SLUG} still owes 1 document: battlecard:kite"
    with installation.store.write() as session:
        session.exec(update(Launch).values(status="cancelled", ended_at=NOW))
    assert [*work.documents(later(installation, hours=1))] == []


def test_characters_without_a_font_are_named(installation: Installation) -> None:
    assert [*work.fonts(installation)] == []
    with installation.store.write() as session:
        held = session.get_one(Launch, SLUG)
        held.brief = {**held.brief, "summary": "It is \U000f0123 ✓"}
        session.add(held)
    (found,) = work.fonts(installation)
    assert found.text.startswith(f"no font of this machine has \U000f0123 of {SLUG}:")
    assert "apt-get install" in found.remedy
