"""The places of a picture's parts on a landscape page, as plain numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.documents.formats.characters import one_line
from launch_kits.documents.timeline.items import (
    COMPACT_WIDTH,
    GAP,
    LEFT,
    MARGIN,
    WIDTH,
    PlacedLabel,
    TimelineItem,
    gate_item,
    packed,
    task_item,
)
from launch_kits.documents.timeline.picture import TimelineFacts, TimelineGate, look_of
from launch_kits.documents.timeline.scale import Scale
from launch_kits.documents.timeline.text_width import shortened, width_of
from launch_kits.plan.task_facts import TaskFacts
from launch_kits.statuses import TaskLook

__all__ = [
    "STAGE_LEADING",
    "Lane",
    "PlacedBar",
    "PlacedGate",
    "TimelineLayout",
    "lay_out",
]

#: of a landscape page
HEIGHT = 990.0
#: where the lanes begin, and the room below them
TOP = 118.0
BELOW = 40.0
#: the upper edge without the heading
WITHOUT_HEADING = 60.0
#: the sizes of letters that are tried, from the largest
SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.5, 9.0, 8.5, 8.0)
#: the letters of the names of stages
STAGE_SIZE = 13.0
#: the height of their lines, and how many there are at most
STAGE_LEADING = 15.0
STAGE_LINES = 2
#: smaller letters ask for a larger page: A3
SMALLEST_ON_A4 = 10.0
#: the height of a row for each size, and the rest between two lanes
LEADING = 1.16
LANE_GAP = 5.0


@dataclass(frozen=True, slots=True)
class PlacedBar:
    """A task as a bar with a tail for its float."""

    task: TaskFacts
    look: TaskLook
    critical: bool
    late: bool
    x: float
    end: float
    #: the end of its due day
    tail: float
    #: the middle of its row
    y: float
    #: the place of its mark, for looks that have one
    mark: float
    label: PlacedLabel


@dataclass(frozen=True, slots=True)
class PlacedGate:
    """A gate as a hexagon at the end of its day."""

    gate: TimelineGate
    x: float
    y: float
    label: PlacedLabel


@dataclass(frozen=True, slots=True)
class Lane:
    """A stage as a band across the page."""

    title: tuple[str, ...]
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """Everything that is drawn, with its place."""

    facts: TimelineFacts
    scale: Scale
    #: of letters
    size: float
    height: float
    lanes: tuple[Lane, ...]
    #: in the kit's order
    bars: tuple[PlacedBar, ...]
    gates: tuple[PlacedGate, ...]

    @property
    def width(self) -> float:
        """The width of the picture."""
        return self.scale.right + MARGIN

    @property
    def top(self) -> float:
        """The upper edge: a compact picture has no heading."""
        return WITHOUT_HEADING if self.facts.compact else 0.0

    @property
    def bottom(self) -> float:
        """The lower edge of the lanes."""
        return self.lanes[-1].y + self.lanes[-1].height if self.lanes else TOP

    @property
    def enlarged(self) -> bool:
        """Whether its letters are so small that the page should be larger than A4."""
        return self.size < SMALLEST_ON_A4


def lay_out(facts: TimelineFacts) -> TimelineLayout:
    """Place a picture, in the largest letters in which it fits on one page.

    If it does not fit in the smallest, the page grows taller. A compact one ends below its lanes.
    """
    width = COMPACT_WIDTH if facts.compact else WIDTH
    scale = Scale.over(_days(facts), left=LEFT, right=width - MARGIN)
    for size in SIZES:
        lanes = _lanes(facts, scale, size)
        bands = sum(_band(title, len(rows), size) for title, rows in lanes)
        needed = TOP + bands + BELOW
        if needed <= HEIGHT:
            break
    height = needed - BELOW + LANE_GAP if facts.compact else max(needed, HEIGHT)
    return _placed(facts, scale, size, lanes, height=height)


def _days(facts: TimelineFacts) -> Iterable[date]:
    yield from (facts.begin_on, facts.release_on, facts.launch_on)
    if facts.lands_on:
        yield facts.lands_on
    if facts.launched_on:
        yield facts.launched_on
    for task in facts.tasks:
        yield from (task.start, task.finish, task.due)


def _lanes(
    facts: TimelineFacts, scale: Scale, size: float
) -> list[tuple[str, list[list[TimelineItem]]]]:
    """The title of each stage with the rows of its items."""
    stages = dict.fromkeys((task.stage, task.stage_title) for task in facts.tasks)
    lanes = []
    for stage, title in stages:
        items = [
            task_item(facts, task, scale, size)
            for task in facts.tasks
            if task.stage == stage
        ]
        items += [
            gate_item(gate, scale, size) for gate in facts.gates if gate.stage == stage
        ]
        lanes.append((title, packed(items)))
    return lanes


def _placed(
    facts: TimelineFacts,
    scale: Scale,
    size: float,
    lanes: Sequence[tuple[str, list[list[TimelineItem]]]],
    *,
    height: float,
) -> TimelineLayout:
    order = {task.key: number for number, task in enumerate(facts.tasks)}
    bands: list[Lane] = []
    bars: list[PlacedBar] = []
    gates: list[PlacedGate] = []
    y = TOP
    for title, rows in lanes:
        band = _band(title, len(rows), size)
        bands.append(Lane(_wrapped(one_line(title)), y, band))
        for number, row in enumerate(rows):
            middle = y + LANE_GAP / 2 + (number + 0.5) * size * LEADING
            for item in row:
                if isinstance(item.shown, TimelineGate):
                    x = (item.x + item.end) / 2
                    gates.append(PlacedGate(item.shown, x, middle, item.label))
                else:
                    bars.append(_bar(facts, item.shown, item, middle))
        y += band
    bars.sort(key=lambda bar: order[bar.task.key])
    return TimelineLayout(
        facts, scale, size, height, tuple(bands), tuple(bars), tuple(gates)
    )


def _bar(
    facts: TimelineFacts, task: TaskFacts, item: TimelineItem, y: float
) -> PlacedBar:
    return PlacedBar(
        task=task,
        look=look_of(facts, task),
        critical=task.key in facts.chain,
        late=task.key in facts.late,
        x=item.x,
        end=item.end,
        tail=item.tail,
        y=y,
        mark=item.mark,
        label=item.label,
    )


def _band(title: str, rows: int, size: float) -> float:
    """The height of a lane, which has room for its rows and for its title."""
    lines = len(_wrapped(one_line(title)))
    return max(rows * size * LEADING, lines * STAGE_LEADING) + LANE_GAP


def _wrapped(title: str) -> tuple[str, ...]:
    """The title of a stage on at most two lines."""
    room = LEFT - MARGIN - GAP
    size = STAGE_SIZE
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > STAGE_LINES:
        lines[STAGE_LINES - 1 :] = [" ".join(lines[STAGE_LINES - 1 :])]
    return tuple(shortened(line, room=room, size=size) for line in lines)
