"""The JSON of a change to a launch: a move, or another brief or kit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from launch_kits.verbs.move import Move, Shift
    from launch_kits.verbs.update import Handover, Revision

__all__ = ["move_json", "revision_json"]


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
