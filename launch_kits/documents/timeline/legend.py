"""The legend of a picture: a sample of each shape with its meaning."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from launch_kits.documents.timeline.picture import TaskLook

__all__ = ["LEGEND", "LegendItem", "Sample"]

Sample: TypeAlias = (
    TaskLook | Literal["tail", "critical", "milestone", "gate", "hard gate"]
)


class LegendItem(NamedTuple):
    """A sample, its place from left to right, and its meaning."""

    sample: Sample
    x: float
    text: str


LEGEND = (
    LegendItem(TaskLook.PLANNED, 24, "planned"),
    LegendItem(TaskLook.DOING, 124, "under way"),
    LegendItem(TaskLook.DONE, 238, "done"),
    LegendItem(TaskLook.LATE, 322, "late"),
    LegendItem(TaskLook.BLOCKED, 400, "blocked"),
    LegendItem(TaskLook.DROPPED, 500, "dropped"),
    LegendItem("tail", 606, "float, until the due day"),
    LegendItem("critical", 798, "critical chain"),
    LegendItem("milestone", 938, "milestone"),
    LegendItem("gate", 1050, "gate"),
    LegendItem("hard gate", 1126, "hard gate: no launch while open"),
)
