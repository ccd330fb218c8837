"""The JSON of a change to a launch: a move, or another brief or kit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from launch_kits.verbs.delegate import Delegation
    from launch_kits.verbs.move import Move, Shift
    from launch_kits.verbs.update import Handover, Revision

__all__ = ["delegation_json", "move_json", "revision_json"]


def move_json(found: Move, *, applied: bool) -> dict[str, object]:
    """A move of the launch day, as `move` prints it."""
    return {
        "launch_on": found.launch_on.isoformat(),
        "launch_before": found.launch_before.isoformat(),
        "release_on": found.release_on.isoformat(),
        "release_before": found.release_before.isoformat(),
        "feasible": found.feasible,
        "late_by": found.late_by,
        "earliest_launch_on": _day(found.earliest_launch_on),
        "warnings": [warning.as_json() for warning in found.warnings],
        "applied": applied,
        "told": list(found.told),
        "changes": [_shift_json(shift) for shift in found.shifts],
    }


def delegation_json(found: Delegation, *, applied: bool) -> dict[str, object]:
    """A delegation, as `delegate` prints it.

    No due day moves. ``lands_on`` is that of the only launch, null for several.
    """
    only = found.launches[0] if len(found.launches) == 1 else None
    return {
        "from": found.person,
        "to": found.to,
        "until": _day(found.until),
        "tasks": [
            {
                "launch": part.launch,
                "key": part.key,
                "field": part.part,
                "from": found.person,
                "to": found.to,
                "due_before": _day(part.due),
                "due": _day(part.due),
                "float": part.float_days,
            }
            for part in found.parts
        ],
        "lands_on": _day(only.lands_on) if only else None,
        "launches": [
            {"launch": each.launch, "lands_on": _day(each.lands_on)}
            for each in found.launches
        ],
        "told": list(found.told),
        "warnings": [warning.as_json() for warning in found.warnings],
        "applied": applied,
    }


def revision_json(found: Revision, *, applied: bool) -> dict[str, object]:
    """The effect of another brief or kit, as `update` and `upgrade` print it."""
    return {
        "applied": applied and not found.empty,
        "fields": list(found.fields),
        "added": found.added,
        "dropped": found.dropped,
        "kept": found.kept,
        "changed": found.changed,
        "handed": [_handover_json(each) for each in found.handed],
        "documents": found.documents,
        "late_before": found.late_before,
        "late_by": found.late_by,
        "earliest_launch_on": _day(found.earliest_launch_on),
    }


def _shift_json(shift: Shift) -> dict[str, object]:
    return {
        "key": shift.key,
        "owner": shift.owner,
        "due_before": shift.due_before.isoformat(),
        "due": shift.due.isoformat(),
        "float": shift.float_days,
    }


def _handover_json(handover: Handover) -> dict[str, object]:
    return {
        "key": handover.key,
        "owner_before": handover.owner_before,
        "owner": handover.owner,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
