"""The two earliest launch days that a plan may have, each in words of its own."""

from __future__ import annotations

from datetime import date

from launch_kits.workdays.in_words import day

__all__ = ["holds_by_dates", "holds_for_people"]


def holds_by_dates(on: date) -> str:
    """Name the first day on which every due day can be made, whatever else people have to do."""
    return f"the earliest launch day that holds by the dates alone is {day(on)}"


def holds_for_people(on: date) -> str:
    """Name the first day on which people have time for the work, too."""
    return (
        f"the earliest launch day on which people have time for the work is {day(on)}"
    )
