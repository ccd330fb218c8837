"""The legend of a picture: a sample of each shape with its meaning."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from launch_kits.documents.timeline.picture import TaskLook

__all__ = ["LEGEND", "LegendItem", "Sample"]

Sample: TypeAlias = (
    TaskLook | Literal["tail", "critical", "milestone", "gate", "hard gate", "lands on"]
)


class LegendItem(NamedTuple):
    """A sample, its place from left to right, and its meaning."""

    sample: Sample
    x: float
    text: str


LEGEND = (
    LegendItem(TaskLook.PLANNED, 24, "planned"),
    LegendItem(TaskLook.DOING, 117, "under way"),
    LegendItem(TaskLook.DONE, 226, "done"),
    LegendItem(TaskLook.LATE, 300, "late"),
    LegendItem(TaskLook.BLOCKED, 368, "blocked"),
    LegendItem(TaskLook.DROPPED, 461, "dropped"),
    LegendItem("tail", 554, "float, until the due day"),
    LegendItem("critical", 739, "critical chain"),
    LegendItem("milestone", 866, "milestone"),
    LegendItem("gate", 972, "gate"),
    LegendItem("hard gate", 1043, "hard gate: no launch while open"),
    LegendItem("lands on", 1287, "lands on"),
)
