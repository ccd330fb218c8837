"""The order of announcements: notice periods, and colleagues and partners before the public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from launch_kits.errors import Fault
from launch_kits.inputs.kit import Kit, KitTask
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.subject import LintSubject, task_places
from launch_kits.plan.announcements import (
    DatedAnnouncement,
    days_before,
    followed_tasks,
    out_of_order,
    short_notice,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.in_words import count
from launch_kits.workdays.offsets import Offset

__all__ = ["notices_in_kit", "notices_in_plan", "told_in_kit", "told_in_plan"]

#: a kit has no launch: its offsets are counted in plain weeks, from this Wednesday
SOME_DAY = date(2030, 6, 12)
PLAIN = Calendar()


def notices_in_kit(kit: Kit, source: Yaml) -> Iterator[Fault]:
    """Yield tasks of a kit whose own due day leaves less than their notice."""
    places = dict(task_places(kit))
    for _, task in kit.tasks():
        if task.due is None:
            continue
        where = (*places[task.key], "due")
        due = Offset.parse(task.due).resolve(PLAIN, SOME_DAY)
        for code, message in _too_short(task.key, task, due, SOME_DAY):
            yield source.fault(where, code, message)


def notices_in_plan(subject: LintSubject) -> Iterator[Fault]:
    """Yield tasks that a plan lets end within their notice before the anchor day."""
    schedule = subject.rollout.schedule
    for assignment, span in subject.rollout.dated():
        task = assignment.task
        anchor = schedule.launch_day
        if task.anchor == "release":
            anchor = schedule.release_day
        part = "due" if task.due else "key"
        for code, message in _too_short(assignment.key, task, span.due, anchor):
            yield subject.about_task(task.key, part, code, message)


def _too_short(
    key: str, task: KitTask, due: date, anchor: date
) -> Iterator[tuple[str, str]]:
    """Yield code and message if a notice is too short.

    It is a fault if the kit declares the notice, and a doubt if only a name suggests it.
    """
    found = short_notice(task, due, anchor=anchor)
    if found is None:
        return
    more = "" if found.declared else ", or how long the notice is (notice_period: 14d)"
    message = (
        f'task "{key}" gives notice of {count(found.needed, "day")}, but is due '
        f"{days_before(found.left, task.anchor)}; write due: T-{found.needed}d{more}"
    )
    yield found.code, message


def told_in_kit(kit: Kit, source: Yaml) -> Iterator[Fault]:
    """Yield tasks of a kit that announce out of order, by their due days."""
    places = dict(task_places(kit))
    for anchor in ("launch", "release"):
        dated = [
            DatedAnnouncement(
                task.key,
                task,
                Offset.parse(task.due).resolve(PLAIN, SOME_DAY),
                task.due,
            )
            for _, task in kit.tasks()
            if task.due is not None and task.anchor == anchor
        ]
        found = out_of_order(dated, followed=followed_tasks(kit), until=SOME_DAY)
        for each in found:
            where = (*places[each.telling.task.key], "due")
            yield source.fault(where, "told-out-of-order", each.message)


def told_in_plan(subject: LintSubject) -> Iterator[Fault]:
    """Yield tasks of a plan that announce out of order, by their due days."""
    dated = [
        DatedAnnouncement(assignment.key, assignment.task, span.due, f"{span.due}")
        for assignment, span in subject.rollout.dated()
    ]
    for each in out_of_order(
        dated,
        followed=followed_tasks(subject.kit),
        until=subject.rollout.schedule.launch_day,
    ):
        task = each.telling.task
        part = "due" if task.due else "key"
        yield subject.about_task(task.key, part, "told-out-of-order", each.message)
