"""Planning the work of a launch again: new planned days, while its due days stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from launch_kits.database.records import EventVerb
from launch_kits.database.store import Store
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.plan_effect import PlanBefore, replanned
from launch_kits.verbs.planned_dates import levelled_plan, planned_otherwise
from launch_kits.verbs.task_state import and_so
from launch_kits.verbs.transaction import Change, changing

__all__ = ["moved_by_replan", "replan"]


def replan(
    store: Store | Change,
    slug: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Give the work that is not begun new planned days, from today.

    The launch day, the due days and more time that was granted stay, so no one has to be told.
    Raises Refused, NotYours.
    """
    with changing(store, slug, now=now) as change:
        change.must_run()
        by = change.actor(by, change.lead)
        change.must(by, Verb.MOVE)
        product = change.launch.product
        before = PlanBefore.of(change)
        plan = levelled_plan(change)
        if not planned_otherwise(change, plan):
            said = f"{product} is planned so already; nothing changed"
            return Outcome(changed=False, message=said)
        stays = change.launch.launch_on.isoformat()
        change.record(
            EventVerb.MOVE, by=by, note=note, launch_on=stays, launch_before=stays
        )
        effect, opened = replanned(change, before, plan)
        return Outcome(
            changed=True,
            message=f"{product} is planned again{and_so(change, opened)}; its due days stay",
            effect=effect,
        )


def moved_by_replan(change: Change) -> Mapping[str, int]:
    """Count the tasks that `replan` would give other planned days, by the name of their owner.

    Most tasks first; nothing is written.
    """
    return planned_otherwise(change, levelled_plan(change))
