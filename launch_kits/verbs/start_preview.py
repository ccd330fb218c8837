"""A start that is only shown: the plan of a launch with the planned dates it would get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from launch_kits.views.running_load import read_running_load

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.plan import PlannedDates
    from launch_kits.plan.levelled_plan import LevelledPlan
    from launch_kits.plan.rollout import Rollout

__all__ = ["StartPreview", "preview_start"]


@dataclass(frozen=True, slots=True)
class StartPreview:
    """The plan of a launch that would be started."""

    rollout: Rollout
    #: by the key of the task
    planned: Mapping[str, PlannedDates]
    #: the plan that the planned dates are from; None without levelling
    levelled: LevelledPlan | None


def preview_start(
    store: Store | None, rollout: Rollout, *, now: datetime, level: bool
) -> StartPreview:
    """Plan a launch as a start would write it; writes nothing.

    The launches that run in ``store`` are taken as fixed; None is a new installation, in which no
    launch runs. The planned dates are the earliest ones if ``level`` is false.
    """
    if not level:
        return StartPreview(rollout, rollout.load.planned(levelled=False), None)
    levelled = _levelled(store, rollout, now=now)
    return StartPreview(rollout, levelled.levelling.planned, levelled)


def _levelled(store: Store | None, rollout: Rollout, *, now: datetime) -> LevelledPlan:
    if store is None:
        return rollout.load.levelled
    with store.read() as session:
        others = read_running_load(
            session,
            now=now,
            of={one.owner for one in rollout.assignments},
            but=rollout.brief.launch,
        )
        resources = others.resources(rollout.brief.team.values())
    return rollout.load.levelled_on(resources)
