"""The plan that `start` shows of a launch that would be started."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from launch_kits.plan.rollout import Rollout
    from launch_kits.verbs.start_preview import StartPreview

__all__ = ["print_dry_run"]


def print_dry_run(found: StartPreview) -> None:
    """Print who would get which task, and when."""
    from launch_kits.cli import output
    from launch_kits.plan.handout import asked_on
    from launch_kits.views.reader import span

    rollout = found.rollout
    days = asked_on(rollout, found.planned)
    rows = output.table(
        "Asked on",
        "Who",
        "Task",
        "Planned",
        "Due",
        title="Who would get which task, if all goes to plan",
    )
    for task, dates in sorted(rollout.dated(), key=lambda one: days[one[0].key]):
        planned = found.planned[task.key]
        texts = (
            output.short_day(days[task.key]),
            _asked(rollout, task.owner, days[task.key]),
            task.title,
            span(*planned, today=planned.finish),
            output.short_day(dates.due),
        )
        rows.add_row(*(output.cell(text) for text in texts))
    output.show(rows, "Nothing was started.")


def _asked(rollout: Rollout, owner: str, day: date) -> str:
    """The person who is asked on a day: the owner, or the one who acts for them then."""
    from launch_kits.plan.absence import deputy_of

    deputy = deputy_of(rollout.brief, owner, day)
    return owner if deputy.casefold() == owner.casefold() else f"{deputy} for {owner}"
