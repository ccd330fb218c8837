"""A problem of an installation, with its remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from launch_kits.database.store import Store
from launch_kits.settings import Settings

__all__ = ["Defect", "Installation"]


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation that is examined at one instant."""

    settings: Settings
    store: Store
    now: datetime


@dataclass(frozen=True, slots=True)
class Defect:
    """A problem in one sentence, and the remedy in another."""

    text: str
    remedy: str
    #: does the remedy; None if only a person can. The same one for several problems runs once
    fix: Callable[[Installation], None] | None = field(default=None, compare=False)
