"""Tasks, gates and the critical chain, drawn as elements of SVG."""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element

from launch_kits.documents.timeline.elements import add, write
from launch_kits.documents.timeline.layout import PlacedBar, PlacedGate, TimelineLayout
from launch_kits.documents.timeline.shapes import (
    arrow_path,
    diamond,
    hexagon,
    mark_path,
    number,
)
from launch_kits.plan.task_facts import TaskFacts
from launch_kits.statuses import TaskLook
from launch_kits.workdays.in_words import count, day, span

__all__ = ["draw_arrows", "draw_bar", "draw_gate"]

#: the height of a bar, and how far its tail lies below its middle, in sizes of letters
THICK = 0.8
TAIL = 0.53


def draw_arrows(root: Element, layout: TimelineLayout) -> None:
    """Draw an arrow from each task of the critical chain to the next."""
    bars = {bar.task.key: bar for bar in layout.bars}
    chain = [bars[key] for key in layout.facts.chain if key in bars]
    for before, after in pairwise(chain):
        add(
            root,
            "path",
            d=arrow_path(before, after),
            class_="arrow",
            marker_end="url(#timeline-arrow)",
            data_from=before.task.key,
            data_to=after.task.key,
        )


def draw_bar(root: Element, layout: TimelineLayout, bar: PlacedBar) -> None:
    """Draw a task with its days as data, tail, mark and title."""
    task = bar.task
    size = layout.size
    group = add(
        root,
        "g",
        class_="task",
        data_task=task.key,
        data_start=task.start,
        data_finish=task.finish,
        data_due=task.due,
        data_look=bar.look,
        data_critical=str(bar.critical).lower(),
    )
    add(group, "title", _tooltip(bar))
    soft = "label soft" if bar.look is TaskLook.DROPPED else "label"
    write(group, bar.label, bar.y + size * 0.35, soft, font_size=f"{number(size)}px")
    _tail(group, layout, bar)
    class_ = f"{bar.look} critical" if bar.critical else str(bar.look)
    if task.days:
        add(
            group,
            "rect",
            x=bar.x,
            y=bar.y - size * THICK / 2,
            width=bar.end - bar.x,
            height=size * THICK,
            rx=2,
            class_=class_,
        )
    else:
        middle = (bar.x + bar.end) / 2
        add(group, "path", d=diamond(middle, bar.y, size / 2), class_=class_)
    mark = mark_path(bar.look, bar.mark, bar.y, size)
    if mark:
        add(group, "path", d=mark, class_="mark")


def _tail(group: Element, layout: TimelineLayout, bar: PlacedBar) -> None:
    """A thin line below the bar, until its due day, or until today if it is late."""
    if bar.tail <= bar.end:
        return
    low = bar.y + layout.size * TAIL
    class_ = "tail-late" if bar.late else "tail"
    add(group, "line", x1=bar.x, x2=bar.tail, y1=low, y2=low, class_=class_)


def _tooltip(bar: PlacedBar) -> str:
    task = bar.task
    state = task.status or "planned"
    parts = [
        f"{task.title} ({task.owner_name})",
        f"{_days(task)}, due {day(task.due)}",
        f"{state}, late" if bar.late else state,
    ]
    if task.float_days is not None:
        parts.append(f"float {task.float_days}")
    return " · ".join([*parts, *(["critical chain"] if bar.critical else [])])


def _days(task: TaskFacts) -> str:
    first = task.start if task.days else task.finish
    return span(first, task.finish, today=task.due)


def draw_gate(root: Element, layout: TimelineLayout, placed: PlacedGate) -> None:
    """Draw a gate as a hexagon with its title; filled if it is passed, thick if it is hard."""
    gate = placed.gate
    size = layout.size
    hard = " gate-hard" if gate.hard else ""
    passed = "" if gate.open_checks else " gate-passed"
    group = add(root, "g", data_gate=gate.stage, data_on=gate.on)
    kind = "hard gate" if gate.hard else "gate"
    add(
        group,
        "title",
        f"{gate.title} ({kind}) · {day(gate.on)} · {count(gate.open_checks, 'check')} open",
    )
    outline = hexagon(placed.x, placed.y, size * 0.55)
    add(group, "path", d=outline, class_=f"gate{hard}{passed}")
    write(
        group,
        placed.label,
        placed.y + size * 0.35,
        "label soft",
        font_size=f"{number(size)}px",
    )
