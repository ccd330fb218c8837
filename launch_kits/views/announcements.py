"""The announcements of a running launch: notices that are too short, and the order of readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from launch_kits.errors import Fault
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import KitTask
from launch_kits.plan import Anchor, Work
from launch_kits.plan.announcements import (
    DatedAnnouncement,
    days_before,
    followed_tasks,
    notice_of,
    out_of_order,
    short_notice,
)
from launch_kits.plan.doubts import NO_FILE, PlanDoubt
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.views.running_plan import RunningPlan

__all__ = ["RunningAnnouncement", "announcement_doubts"]


class RunningAnnouncement(NamedTuple):
    """A task of a running launch that may announce, with the day by which it does."""

    key: str
    title: str
    on: date
    done: bool
    #: whether the day is after its due day
    late: bool


def announcement_doubts(plan: RunningPlan) -> Iterator[PlanDoubt]:
    """Yield notices that are too short or not given, then announcements out of order.

    An anchor day that is over is not checked any more, nor is a launch that has ended.
    """
    brief = plan.brief
    anchors = plan.given.anchors
    today = plan.today
    if brief is None or plan.ended is not None:
        return
    of_kit = _tasks_of(brief)
    for key in plan.dropped:
        task = of_kit.get(key.partition(":")[0])
        needed = notice_of(task) if task else None
        if task and needed and anchors.day(Anchor(task.anchor)) >= today:
            yield _not_given(key, needed)
    announced = [
        (each, _kit_task(brief, each, of_kit))
        for each in map(partial(_announcement, plan), plan.given.work)
    ]
    for each, task in announced:
        anchor = anchors.day(Anchor(task.anchor))
        if anchor >= today:
            yield from _too_short(each, task, anchor)
    if anchors.launch >= today:
        known = {each.key: each for each, task in announced if task.key in of_kit}
        dated = [
            DatedAnnouncement(each.key, task, each.on, f"{each.on}")
            for each, task in announced
            if each.key in known
        ]
        yield from _out_of_order(brief, dated, known, until=anchors.launch)


def _announcement(plan: RunningPlan, work: Work) -> RunningAnnouncement:
    on = plan.due[work.key]
    expected = plan.forecast.get(work.key)
    if work.done_on:
        on = work.done_on
    elif expected:
        on = max(on, expected.finish)
    return RunningAnnouncement(
        work.key,
        plan.titles.get(work.key, work.key),
        on,
        done=work.done_on is not None,
        late=on > plan.due[work.key],
    )


def _tasks_of(brief: Brief) -> Mapping[str, KitTask]:
    """Return the tasks of the kit by key, with their readers only if the kit gives them."""
    tasks = {task.key: task for _, task in brief.kit_in_place.tasks()}
    if any("audience" not in task.model_fields_set for task in tasks.values()):
        return tasks
    # kept by an earlier version, which wrote the usual readers too
    tasks = {key: task.model_copy() for key, task in tasks.items()}
    for task in tasks.values():
        if task.audience is Audience.INTERNAL:
            task.model_fields_set.discard("audience")
    return tasks


def _kit_task(
    brief: Brief, running: RunningAnnouncement, of_kit: Mapping[str, KitTask]
) -> KitTask:
    """Return a task as its kit has it, with its title of now; a task added by hand as one."""
    title = running.title
    task = of_kit.get(running.key.partition(":")[0])
    if task is None:
        return KitTask.model_construct(key=running.key, title=title, role="", days=0)
    return brief.as_chosen(task, running.key).model_copy(update={"title": title})


def _not_given(key: str, needed: int) -> PlanDoubt:
    message = (
        f'task "{key}" gives notice of {count(needed, "day")}, but is dropped: no one gives the '
        "notice; reopen the task, or give the notice in another way"
    )
    fault = Fault(NO_FILE, None, "notice-too-short", message)
    return PlanDoubt(key, needed, fault, (("task", key), ("needed", needed)))


def _too_short(
    running: RunningAnnouncement, task: KitTask, anchor: date
) -> Iterator[PlanDoubt]:
    found = short_notice(task, running.on, anchor=anchor)
    if found is None:
        return
    state = "is due"
    remedy = "give it an earlier due day, or move the launch later"
    if running.done:
        state = "was done"
        remedy = "move the launch later"
    elif running.late:
        state = "is expected"
        remedy = "shorten the work before it, or move the launch later"
    message = (
        f'task "{running.key}" gives notice of {count(found.needed, "day")}, but {state} '
        f"{days_before(found.left, task.anchor)}: {remedy}"
    )
    fault = Fault(NO_FILE, None, found.code, message)
    facts = {
        "task": running.key,
        "needed": found.needed,
        "left": found.left,
        "anchor": task.anchor,
    }
    days = found.needed - found.left
    yield PlanDoubt(running.key, days, fault, tuple(facts.items()))


def _out_of_order(
    brief: Brief,
    dated: Sequence[DatedAnnouncement],
    running: Mapping[str, RunningAnnouncement],
    *,
    until: date,
) -> Iterator[PlanDoubt]:
    followed = followed_tasks(brief.kit_in_place)
    for each in out_of_order(dated, followed=followed, until=until):
        both = each.telling.key, each.narrower.key
        if all(running[key].done for key in both):
            # both were told already
            continue
        fault = Fault(NO_FILE, None, "told-out-of-order", each.message)
        facts = {"task": each.telling.key, "narrower": each.narrower.key}
        yield PlanDoubt(each.telling.key, each.days, fault, tuple(facts.items()))
