"""Starting a launch: the one way that the command line, Slack and Prefect's form share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from launch_kits.board.parameters import check_size

if TYPE_CHECKING:
    from sqlmodel import Session

    from launch_kits.database.store import Store
    from launch_kits.inputs.brief import Brief
    from launch_kits.verbs import StartResult

__all__ = ["differing_keys", "launch_day", "start_launch"]

#: keys of a brief that belong to the launch once it runs
DAYS = ("begin_on", "release_on", "launch_on")


def start_launch(
    store: Store,
    brief: Brief,
    *,
    now: datetime,
    by: str | None = None,
    accept_late: bool = False,
    accept_past: bool = False,
    level: bool = True,
    also: Callable[[Session], None] | None = None,
) -> StartResult:
    """Open a launch, unless it exists; its run in Prefect can be created from it.

    ``brief`` has its kit and ledgers in place. ``by`` is the email of the person who starts it, by
    default its lead. With ``accept_late`` a plan that does not hold is
    accepted, and the result says so; with ``accept_past`` a launch day before today is. Planned
    dates are levelled if ``level`` is true. ``also`` is done in the transaction that opens it.
    Raises PrefectError if the brief is too large for
    Prefect, PastLaunchDay and InfeasiblePlan.
    """
    from launch_kits.verbs import open_launch

    check_size(brief)
    return open_launch(
        store,
        brief,
        now=now,
        by=by,
        accept_late=accept_late,
        accept_past=accept_past,
        level=level,
        also=also,
    )


def launch_day(store: Store, slug: str) -> date:
    """Return the day of a launch that was started before; raises NotFound."""
    from launch_kits.database.queries import find_launch

    with store.read() as session:
        return find_launch(session, slug).launch_on


def differing_keys(store: Store, brief: Brief) -> list[str]:
    """Name the keys that differ from the brief of the launch.

    Days may differ and are left out.
    """
    from launch_kits.database.queries import find_launch

    with store.read() as session:
        # Validated again, since a snapshot of an earlier version lacks keys that briefs got since.
        kept = type(brief).kept(find_launch(session, brief.launch).brief)
    before = kept.model_dump(mode="json", by_alias=True)
    given = brief.model_dump(mode="json", by_alias=True)
    return [key for key in given if key not in DAYS and given[key] != before.get(key)]
