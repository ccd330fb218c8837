"""The checks of the work: sweeps, notices, leases, documents and their fonts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.board.follow_up import sweep_once
from launch_kits.database import launch_lease
from launch_kits.database.records import Launch, LaunchStatus, Task
from launch_kits.documents.formats.glyphs import REMEDY, reach_of
from launch_kits.documents.formats.look import look_of
from launch_kits.inputs.brand import Brand
from launch_kits.server.doctor.defect import Defect, Installation
from launch_kits.server.health import MARGIN, MISSED
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count, listed
from launch_kits.worker.sweeps import last_sweep

__all__ = ["documents", "fonts", "leases", "notices", "sweep", "sweeps"]

#: how long after its end the lease of a step that died may wait for the next step
LEFT_FOR = timedelta(minutes=10)


def sweep(installation: Installation) -> None:
    """Do one sweep, which is the remedy for all work that is left."""
    sweep_once(installation.store, settings=installation.settings, now=installation.now)


def sweeps(installation: Installation) -> Iterator[Defect]:
    """Whether sweeps go on, if a launch runs."""
    with installation.store.read() as session:
        running = select(Launch.opened_at).where(Launch.status == LaunchStatus.RUNNING)
        opened = session.exec(
            running.order_by(col(Launch.opened_at), Launch.slug)
        ).first()
    last = last_sweep(installation.store)
    if opened is None:
        return
    at = last.ended_at if last else opened
    if installation.now - at > _patience(installation.settings):
        when = f"since {_minute(at)}" if last else "yet"
        yield Defect(
            f"no sweep has ended {when}",
            "start `launch-kits up` or a worker, or run `launch-kits sweep`",
            sweep,
        )


def notices(installation: Installation) -> Iterator[Defect]:
    """Whether every notice of the running launches could be delivered."""
    said = outbox.undelivered(installation.store)
    if said:
        text, _, remedy = said.partition(": ")
        yield Defect(text, remedy)


def leases(installation: Installation) -> Iterator[Defect]:
    """Whether each lease on a launch has a step that works."""
    held = select(Launch.slug, Launch.step_by, Launch.step_until)
    with installation.store.read() as session:
        found = session.exec(held.where(col(Launch.step_until).is_not(None))).all()
    for slug, by, until in found:
        if until is None or by is None:
            continue
        if until > installation.now + launch_lease.LEASE + LEFT_FOR:
            yield Defect(
                f"{slug} is held until {_minute(until)}, longer than any step holds it",
                "set the clocks of all machines by NTP; `launch-kits doctor --fix` frees it",
                _dropping(slug, by),
            )
        elif until < installation.now - LEFT_FOR:
            yield Defect(
                f"the step of {slug} died before {_minute(until)}",
                "run `launch-kits doctor --fix`, which frees the launch",
                _dropping(slug, by),
            )


def documents(installation: Installation) -> Iterator[Defect]:
    """Whether the documents of the running launches are written."""
    before = installation.now - _patience(installation.settings)
    query = select(Task.launch, Task.key).join(Launch, col(Launch.slug) == Task.launch)
    query = query.where(
        Launch.status == LaunchStatus.RUNNING, col(Task.document_owed_at) < before
    )
    owed: dict[str, list[str]] = {}
    with installation.store.read() as session:
        for slug, key in session.exec(query.order_by(Task.launch, col(Task.position))):
            owed.setdefault(slug, []).append(key)
    for slug, keys in owed.items():
        yield Defect(
            f"{slug} still owes {count(len(keys), 'document')}: "
            + ", ".join(listed(keys, most=5)),
            f"run `launch-kits render {slug}`, which names the fault of a template",
            sweep,
        )


def fonts(installation: Installation) -> Iterator[Defect]:
    """Whether the fonts have all characters of the running launches."""
    query = select(Launch.slug, Launch.brief)
    query = query.where(Launch.status == LaunchStatus.RUNNING).order_by(Launch.slug)
    with installation.store.read() as session:
        briefs = list(session.exec(query))
    for slug, brief in briefs:
        look = look_of(Brand.model_validate(brief.get("brand") or {}))
        boxes = reach_of(look).missing(json.dumps(brief, ensure_ascii=False))
        if boxes:
            yield Defect(
                f"no font of this machine has {' '.join(listed(boxes, most=12))} of {slug}: "
                "boxes in its PDF files",
                REMEDY,
            )


def _dropping(slug: str, by: str) -> Callable[[Installation], None]:
    def drop(installation: Installation) -> None:
        launch_lease.drop_lease(installation.store, slug, by=by)

    return drop


def _patience(settings: Settings) -> timedelta:
    """The time after which a sweep is missing."""
    return MISSED * timedelta(seconds=settings.sweep_every) + MARGIN


def _minute(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
