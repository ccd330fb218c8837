"""The parts of a lane, tasks and gates, each with its reach from left to right and its row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from launch_kits.documents.formats.characters import one_line
from launch_kits.documents.timeline.picture import TimelineFacts, TimelineGate, look_of
from launch_kits.documents.timeline.scale import Scale
from launch_kits.documents.timeline.text_width import shortened, width_of
from launch_kits.plan.task_facts import TaskFacts
from launch_kits.statuses import TaskLook

__all__ = [
    "COMPACT_WIDTH",
    "GAP",
    "LEFT",
    "MARGIN",
    "WIDTH",
    "PlacedLabel",
    "TimelineItem",
    "gate_item",
    "packed",
    "task_item",
]

#: of a landscape page; a unit is 297 mm / 1400 on A4
WIDTH = 1400.0
#: of a page with other text, in portrait: a unit is 178 mm / 800 on A4
COMPACT_WIDTH = 800.0
MARGIN = 24.0
#: the right end of the names of the stages
LEFT = 176.0
#: the space between a bar and its label, and between two labels
GAP = 4.0
APART = 10.0


class PlacedLabel(NamedTuple):
    """A line of text that begins at a place, or ends there."""

    x: float
    text: str
    ends: bool = False


class TimelineItem(NamedTuple):
    """A task or a gate, before it has a row."""

    shown: TaskFacts | TimelineGate
    x: float
    end: float
    tail: float
    mark: float
    label: PlacedLabel
    #: all that it covers
    left: float
    right: float


def packed(items: Sequence[TimelineItem]) -> list[list[TimelineItem]]:
    """Put each item in the first row in which it touches no other, by first day."""
    rows: list[list[TimelineItem]] = []
    for item in sorted(items, key=lambda item: item.x):
        for row in rows:
            if all(
                item.left >= other.right + APART or item.right + APART <= other.left
                for other in row
            ):
                row.append(item)
                break
        else:
            rows.append([item])
    return rows


def task_item(
    facts: TimelineFacts, task: TaskFacts, scale: Scale, size: float
) -> TimelineItem:
    """The item of a task: its bar, its tail and its label."""
    look = look_of(facts, task)
    begin = scale.begin(task.start)
    end = scale.end(task.finish)
    if not task.days:
        middle = (scale.begin(task.finish) + end) / 2
        begin = middle - size * 0.5
        end = middle + size * 0.5
    tail = end if look is TaskLook.DONE else max(end, scale.end(task.due))
    if task.key in facts.late:
        tail = max(tail, scale.end(facts.today))
    marked = look not in {TaskLook.PLANNED, TaskLook.DOING, TaskLook.DROPPED}
    return _labelled(
        task, (begin, end, tail), one_line(task.title), size, scale, marked=marked
    )


def gate_item(gate: TimelineGate, scale: Scale, size: float) -> TimelineItem:
    """The item of a gate, at the end of its day."""
    end = scale.end(gate.on)
    reach = (end - size * 0.6, end + size * 0.6, end + size * 0.6)
    state = f"{gate.open_checks} open" if gate.open_checks else "passed"
    return _labelled(
        gate,
        reach,
        f"Gate: {one_line(gate.title)} ({state})",
        size,
        scale,
        marked=False,
    )


def _labelled(
    shown: TaskFacts | TimelineGate,
    reach: tuple[float, float, float],
    text: str,
    size: float,
    scale: Scale,
    *,
    marked: bool,
) -> TimelineItem:
    """Label an item on its right, or on its left if there is more room.

    ``reach`` is where its bar begins and ends, and where its tail ends.
    """
    begin, end, tail = reach
    extra = size + GAP if marked else 0.0
    whole = width_of(text, size)
    to_right = scale.right - end - GAP - extra
    to_left = begin - LEFT - GAP - extra
    if whole <= to_right or to_right >= to_left:
        text = shortened(text, room=to_right, size=size)
        mark = end + GAP
        label = PlacedLabel(mark + extra, text)
        right = max(tail, label.x + width_of(text, size))
        return TimelineItem(shown, begin, end, tail, mark, label, begin, right)
    text = shortened(text, room=to_left, size=size)
    mark = begin - extra
    label = PlacedLabel(mark - GAP, text, ends=True)
    left = label.x - width_of(text, size)
    return TimelineItem(shown, begin, end, tail, mark, label, left, tail)
