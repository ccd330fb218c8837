"""The ticks of a gate follow its checks into another version of the kit."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import select

from launch_kits.database.records import GateCheck, Waiver
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.gates import Check
from launch_kits.verbs.transaction import Change

__all__ = ["follow_check_keys"]


def follow_check_keys(change: Change, old: Brief, new: Brief) -> None:
    """Give ticks and waivers the new key of a check that kept its title.

    A check with the same key in both kits keeps it, whatever its title and its place.
    """
    renamed = dict(_renamed(old, new))
    if not renamed:
        return
    slug = change.launch.slug
    session = change.session
    checks = session.exec(select(GateCheck).where(GateCheck.launch == slug)).all()
    waivers = session.exec(select(Waiver).where(Waiver.launch == slug)).all()
    rows: list[GateCheck | Waiver] = [*checks, *waivers]
    for row in rows:
        key = renamed.get((row.stage, row.check_key))
        if key is not None:
            row.check_key = key
            session.add(row)
    session.flush()


def _renamed(old: Brief, new: Brief) -> Iterator[tuple[tuple[str, str], str]]:
    """Find the keys that a check of the same stage and title has now."""
    now = _checks(new)
    for stage, before in _checks(old).items():
        after = now.get(stage, ())
        kept = {check.key for check in before}
        there = {check.key for check in after}
        titles = {check.title: check.key for check in after if check.key not in kept}
        for check in before:
            if check.key not in there and check.title in titles:
                yield (stage, check.key), titles[check.title]


def _checks(brief: Brief) -> dict[str, tuple[Check, ...]]:
    return {
        stage.key: stage.gate.checks
        for stage in brief.kit_in_place.stages
        if stage.gate
    }
