"""The small shapes of a picture: marks, milestones, gates and arrows, as paths of SVG."""

from __future__ import annotations

from launch_kits.documents.timeline.layout import PlacedBar
from launch_kits.statuses import TaskLook

__all__ = ["arrow_path", "diamond", "hexagon", "mark_path", "number"]

#: how far before the end of a bar its arrow begins, and its shortest way to the next
INSET = 4.0
SHORTEST = 6.0


def number(value: float) -> str:
    """A coordinate with at most two decimals, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def diamond(x: float, y: float, reach: float) -> str:
    """A milestone around a point."""
    return _polygon((x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach))


def hexagon(x: float, y: float, reach: float) -> str:
    """A gate around a point."""
    half = reach / 2
    tall = reach * 0.87
    return _polygon(
        (x - reach, y),
        (x - half, y - tall),
        (x + half, y - tall),
        (x + reach, y),
        (x + half, y + tall),
        (x - half, y + tall),
    )


def mark_path(look: TaskLook, x: float, y: float, size: float) -> str:
    """The mark of a look in a square of a size; empty for looks without one.

    Done is a tick, late a triangle with a stroke, blocked a square with a bar through it.
    """
    reach = size * 0.36
    middle = x + size / 2
    if look is TaskLook.DONE:
        return _line(
            (middle - reach, y),
            (middle - reach / 4, y + reach * 0.8),
            (middle + reach, y - reach),
        )
    if look is TaskLook.LATE:
        triangle = _polygon(
            (middle, y - reach),
            (middle + reach, y + reach),
            (middle - reach, y + reach),
        )
        return (
            f"{triangle} {_line((middle, y - reach * 0.2), (middle, y + reach * 0.6))}"
        )
    if look is TaskLook.BLOCKED:
        square = _polygon(
            (middle - reach, y - reach),
            (middle + reach, y - reach),
            (middle + reach, y + reach),
            (middle - reach, y + reach),
        )
        return f"{square} {_line((middle - reach, y), (middle + reach, y))}"
    return ""


def arrow_path(before: PlacedBar, after: PlacedBar) -> str:
    """The path of an arrow, from the end of one task to the beginning of the next."""
    out = max(before.end - INSET, before.x)
    if after.x - out >= SHORTEST:
        return _line((out, before.y), (out, after.y), (after.x, after.y))
    out = max(after.x - SHORTEST, 0.0)
    return _line(
        (before.end, before.y), (out, before.y), (out, after.y), (after.x, after.y)
    )


def _polygon(*points: tuple[float, float]) -> str:
    return f"{_line(*points)} Z"


def _line(*points: tuple[float, float]) -> str:
    return "M" + " L".join(f"{number(x)} {number(y)}" for x, y in points)
