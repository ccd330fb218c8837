"""The choices of a form that starts a launch: sizes, buyers, companies and kits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from launch_kits.errors import InputError
from launch_kits.inputs.loading import load_kit
from launch_kits.inputs.search import find_kits

__all__ = ["COMPANIES", "MARKETS", "TIERS", "kits_offered"]

#: value and label; the first is what a brief has by default
TIERS = (("1", "1, major"), ("2", "2, notable"), ("3", "3, quiet"))
MARKETS = (("b2b", "B2B"), ("b2c", "B2C"), ("both", "Both"))
COMPANIES = (("enterprise", "Enterprise"), ("startup", "Startup"))


def kits_offered(search: Sequence[Path]) -> list[tuple[str, str]]:
    """Names and titles of the usable kits, ordered by title."""
    found = []
    for name, path in find_kits(search).items():
        try:
            found.append((name, load_kit(path).title))
        except InputError:  # `launch-kits kits` says so
            continue
    return sorted(found, key=lambda kit: (kit[1], kit[0]))
