"""A brief as read, with its plan and the findings of the linter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from launch_kits.workdays.written_days import day

if TYPE_CHECKING:
    from launch_kits.errors import Fault
    from launch_kits.plan.rollout import Rollout

__all__ = ["Planned", "read_rollout"]


@dataclass(frozen=True, slots=True)
class Planned:
    """A brief as read, with its rollout and the findings of the linter."""

    rollout: Rollout
    #: `plan` prints them, `start` refuses them
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def doubts(self) -> tuple[Fault, ...]:
        """All findings, to be printed before a plan."""
        return (*self.faults, *self.warnings)


def read_rollout(
    path: Path,
    *,
    search: Sequence[Path],
    on: str | None,
    begin: str | None,
    kit: Path | None,
    now: datetime,
    templates: Sequence[Path] | None = None,
) -> Planned:
    """Read and lint a brief's file with the options of `plan` and `start`.

    ``now`` is aware. ``templates`` are the user's folders of templates; None leaves the sections of
    documents unchecked. Returns the rollout with its findings. Raises InputError, PlanError,
    Refused.
    """
    from launch_kits.inputs.loading import load_brief
    from launch_kits.lint import lint_brief
    from launch_kits.plan import moved_release
    from launch_kits.plan.rollout import Rollout

    loaded = load_brief(path, search=search, kit=kit)
    brief = loaded.brief
    zone = brief.zone()
    launch_on = brief.launch_on
    release_on = brief.released_on
    if on is not None:
        launch_on = day(on, now=now, zone=zone)
        calendar = brief.calendar()
        release_on = moved_release(
            calendar, release_on=release_on, launch_on=brief.launch_on, to=launch_on
        )
    begin_on = day(begin, now=now, zone=zone) if begin is not None else brief.begin_on
    dates: dict[str, date | None] = {
        "launch_on": launch_on,
        "release_on": release_on,
        "begin_on": begin_on,
    }
    brief = brief.model_copy(update=dates)
    today = now.astimezone(zone).date()
    rollout = Rollout.of(brief, today=today)
    doubts = [*loaded.warnings, *rollout.warnings(loaded.sources["brief"], today=today)]
    found = lint_brief(
        loaded, rollout, today=today, besides=doubts, templates=templates
    )
    return Planned(rollout, found.faults, found.warnings)
