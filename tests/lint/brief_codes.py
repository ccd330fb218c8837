"""The codes that the linter finds in the sound brief after changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from launch_kits.inputs.loading import load_brief
from launch_kits.lint import Findings, lint_brief
from launch_kits.plan.rollout import Rollout
from tests.spoilt import Folder

TODAY = date(2027, 1, 11)


def linted(folder: Folder, *, today: date = TODAY) -> Findings:
    loaded = load_brief(folder.brief)
    brief = loaded.brief
    rollout = Rollout(
        brief,
        begin_on=brief.begin_on or today,
        release_on=brief.released_on,
        launch_on=brief.launch_on,
    )
    return lint_brief(loaded, rollout, today=today)


def codes(folder: Folder, *, today: date = TODAY) -> list[tuple[str, int | None, str]]:
    found = linted(folder, today=today)
    both = (*found.faults, *found.warnings)
    return [
        (Path(fault.path).name, fault.line, fault.code)
        for fault in both
        if fault.code != "left-out"
    ]
