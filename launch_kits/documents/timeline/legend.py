"""The legend of a picture: a sample of each shape with its meaning."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from launch_kits.documents.timeline.picture import Look

__all__ = ["LEGEND", "LegendItem", "Sample"]

Sample: TypeAlias = Look | Literal["tail", "critical", "milestone", "gate", "hard gate"]


class LegendItem(NamedTuple):
    """A sample, its place from left to right, and its meaning."""

    sample: Sample
    x: float
    text: str


LEGEND = (
    LegendItem(Look.PLANNED, 24, "planned"),
    LegendItem(Look.DOING, 124, "under way"),
    LegendItem(Look.DONE, 238, "done"),
    LegendItem(Look.LATE, 322, "late"),
    LegendItem(Look.BLOCKED, 400, "blocked"),
    LegendItem(Look.DROPPED, 500, "dropped"),
    LegendItem("tail", 606, "float, until the due day"),
    LegendItem("critical", 798, "critical chain"),
    LegendItem("milestone", 938, "milestone"),
    LegendItem("gate", 1050, "gate"),
    LegendItem("hard gate", 1126, "hard gate: no launch while open"),
)
