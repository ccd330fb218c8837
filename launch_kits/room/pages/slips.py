"""The page of the slips: the days that moved since the start, by whom and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from launch_kits.database.records import phrase_of
from launch_kits.plan import Slip
from launch_kits.plan.slips import days_of
from launch_kits.room.asked import RoomRequest, Shown
from launch_kits.room.page import page
from launch_kits.views.reader import Reader
from launch_kits.views.slips import LaunchSlips, TaskSlip, read_slips
from launch_kits.workdays.in_words import count

__all__ = ["SLIPS"]


@dataclass(frozen=True, slots=True)
class SlipReason:
    """A change of a day."""

    days: int
    by: str
    did: str
    why: str


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A day that moved: that of the launch, the release or a task."""

    name: str
    #: None for the days of the launch
    of: TaskSlip | None
    slip: Slip
    days: int
    #: newest first
    reasons: Sequence[SlipReason]


def _slips(asked: RoomRequest) -> Shown:
    context = asked.context()
    view = context.view
    reader = asked.reader(context)
    with asked.room.store.read() as session:
        found = read_slips(session, asked.slug, now=asked.now)
    moved = [each for each in found.tasks if each.slip.changes]
    moved.sort(key=lambda each: -abs(each.slip.days(found.calendar)))
    totals = found.totals
    stages = {each.task.stage: each.task.stage_title for each in found.tasks}
    values = {
        "view": view,
        "reader": reader,
        "product": view.product,
        "found": found,
        "anchors": [
            _row("Launch day", None, found.launch_on, found, reader),
            _row("Release day", None, found.release_on, found, reader),
        ],
        "rows": [
            _row(each.task.title, each, each.slip, found, reader) for each in moved
        ],
        "together": far(found.days),
        "sums": [
            (
                "Cause",
                _sums(totals.by_cause, {key: _act(key) for key in totals.by_cause}),
            ),
            ("Owner", _sums(totals.by_owner, found.names)),
            ("Stage", _sums(totals.by_stage, stages)),
        ],
        "far": far,
        "live": (view.slug, view.revision),
    }
    return Shown("slips.html", values)


def far(days: int) -> str:
    """Working days as a distance: ``3 working days later``."""
    if not days:
        return "no working day apart"
    return f"{count(abs(days), 'working day')} {'earlier' if days < 0 else 'later'}"


def _row(
    name: str, of: TaskSlip | None, slip: Slip, found: LaunchSlips, reader: Reader
) -> SlipRow:
    reasons = [
        SlipReason(
            days_of(change, found.calendar),
            reader.name(change.by),
            _act(change.verb),
            # a move is explained once, beside the launch day
            ""
            if of and change.verb == "move"
            else " ".join((change.why or "").split()),
        )
        for change in reversed(slip.changes)
    ]
    return SlipRow(name, of, slip, slip.days(found.calendar), reasons)


def _act(verb: str) -> str:
    """A verb in words, without the parts that only one event has."""
    return phrase_of(verb, {}).partition(" {")[0].removesuffix(" until")


def _sums(sums: Mapping[str, int], names: Mapping[str, str]) -> list[tuple[str, int]]:
    """Working days by name, the most first."""
    ordered = sorted(sums.items(), key=lambda one: (-one[1], one[0]))
    return [(names.get(key, key), days) for key, days in ordered]


SLIPS = page("/launches/{launch}/slips", tab="Slips", position=5)(_slips)
