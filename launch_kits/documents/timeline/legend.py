"""The legend of a picture: a sample of each shape with its meaning."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from launch_kits.statuses import TaskLook

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
    LegendItem(TaskLook.DOING, 119, "under way"),
    LegendItem(TaskLook.DONE, 231, "done"),
    LegendItem(TaskLook.LATE, 305, "late"),
    LegendItem(TaskLook.BLOCKED, 373, "blocked"),
    LegendItem(TaskLook.DROPPED, 468, "dropped"),
    LegendItem("tail", 563, "float, to the due day"),
    LegendItem("critical", 741, "critical chain"),
    LegendItem("milestone", 872, "milestone"),
    LegendItem("gate", 981, "gate"),
    LegendItem("hard gate", 1052, "gate that stops the launch"),
    LegendItem("lands on", 1279, "lands on"),
)
