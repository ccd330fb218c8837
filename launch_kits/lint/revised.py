"""A changed brief or a newer kit for a launch that runs, linted as `check` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from launch_kits.errors import Fault
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import Loaded
from launch_kits.inputs.references import brief_warnings
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint import lint_brief
from launch_kits.plan.rollout import Rollout

__all__ = ["LaunchDays", "doubts_of_file", "doubts_of_kit"]

#: the path of a brief that came without a file
IN_PLACE = "brief"


class LaunchDays(NamedTuple):
    """The days that a launch keeps, and today in its time zone."""

    begin_on: date
    release_on: date
    launch_on: date
    today: date


def doubts_of_file(
    loaded: Loaded,
    brief: Brief,
    days: LaunchDays,
    *,
    templates: Sequence[Path] | None = None,
) -> tuple[Fault, ...]:
    """Find what `check` finds in a brief's file, by the days that the launch keeps.

    ``brief`` is the one that the launch goes on from: the file's, with the kit of the launch unless
    it gets another. Faults are returned too: a launch that runs is not refused for them.
    """
    source = loaded.sources["brief"]
    sources = dict(loaded.sources)
    if brief.kit != loaded.brief.kit:
        sources["kit"] = source.part(("kit",))
    changed = replace(loaded, sources=sources)
    return _linted(changed, brief, days, templates=templates)


def doubts_of_kit(before: Brief, after: Brief, days: LaunchDays) -> tuple[Fault, ...]:
    """Find the doubts that a newer kit raises in a resolved brief."""
    known = {fault.message for fault in _in_place(before, days)}
    return tuple(
        fault for fault in _in_place(after, days) if fault.message not in known
    )


def _in_place(brief: Brief, days: LaunchDays) -> tuple[Fault, ...]:
    loaded = Loaded(brief, (), {"brief": Yaml(IN_PLACE, {})})
    return _linted(loaded, brief, days)


def _linted(
    loaded: Loaded,
    brief: Brief,
    days: LaunchDays,
    *,
    templates: Sequence[Path] | None = None,
) -> tuple[Fault, ...]:
    kept: dict[str, date] = {
        "begin_on": days.begin_on,
        "release_on": days.release_on,
        "launch_on": days.launch_on,
    }
    rollout = Rollout.of(brief.model_copy(update=kept), today=days.today)
    doubts = [
        *brief_warnings(brief, loaded.sources),
        # the days of a launch that runs are its own, not those of the brief
        *(
            fault
            for fault in rollout.warnings(loaded.sources["brief"], today=days.today)
            if fault.code != "anchor-past"
        ),
    ]
    found = lint_brief(
        loaded,
        rollout,
        today=days.today,
        besides=doubts,
        running=True,
        templates=templates,
    )
    return (*found.faults, *found.warnings)
