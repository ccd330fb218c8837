"""The order of announcements: notice periods, and colleagues and partners before the public."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from launch_kits.errors import Fault
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.kit import Kit, KitTask
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.subject import LintSubject, task_places
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.in_words import count
from launch_kits.workdays.offsets import Offset

__all__ = ["notices_in_kit", "notices_in_plan", "told_in_kit", "told_in_plan"]

#: calendar days of a notice whose kit does not say how many
USUAL = 30
NOTICE = re.compile(r"(?:\b|_)notice(?:\b|_)", re.IGNORECASE)
TELLS = re.compile(
    r"announc|\btold\b|\btell|publish|press release|\bbriefing|\bbriefed|newsletter|go[- _]live",
    re.IGNORECASE,
)
INSIDE = re.compile(
    r"(?:\b|_)(?:internal(?:ly)?|inside|staff|employees|all[- _]hands)(?:\b|_)",
    re.IGNORECASE,
)
#: a kit has no launch: its offsets are counted in plain weeks, from this Wednesday
SOME_DAY, PLAIN = date(2030, 6, 12), Calendar()


class _Telling(NamedTuple):
    """A task that tells some readers of the launch, and the day by which it does."""

    key: str
    task: KitTask
    circle: Audience
    on: date
    #: the day as its reader knows it: a date, or in a kit the offset
    shown: str


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
    if task.notice_period:
        code = "notice-too-short"
        needed = _days(task.notice_period)
        more = ""
    elif due < anchor and _named_notice(task):
        code = "notice-doubtful"
        needed = USUAL
        more = ", or how long the notice is (notice_period: 14d)"
    else:
        return
    if due <= anchor - timedelta(needed):
        return
    left = max((anchor - due).days, 0)
    message = (
        f'task "{key}" gives notice of {count(needed, "day")}, but is due {left} before '
        f"the {task.anchor} day; write due: T-{needed}d{more}"
    )
    yield code, message


def _named_notice(task: KitTask) -> bool:
    """Whether the name of a task says that it gives notice."""
    return bool(NOTICE.search(task.title) or NOTICE.search(task.key))


def _days(notice: str) -> int:
    return int(notice[:-1]) * (7 if notice.endswith("w") else 1)


def told_in_kit(kit: Kit, source: Yaml) -> Iterator[Fault]:
    """Yield tasks of a kit that announce out of order by their own due days."""
    places = dict(task_places(kit))
    for anchor in ("launch", "release"):
        dated = [
            (task.key, task, Offset.parse(task.due).resolve(PLAIN, SOME_DAY), task.due)
            for _, task in kit.tasks()
            if task.due is not None and task.anchor == anchor
        ]
        for telling, message in _told_early(dated, kit=kit, until=SOME_DAY):
            yield source.fault(
                (*places[telling.task.key], "due"), "told-out-of-order", message
            )


def told_in_plan(subject: LintSubject) -> Iterator[Fault]:
    """Yield tasks of a plan that announce out of order."""
    dated = [
        (assignment.key, assignment.task, span.due, f"{span.due}")
        for assignment, span in subject.rollout.dated()
    ]
    for telling, message in _told_early(
        dated, kit=subject.kit, until=subject.rollout.schedule.launch_day
    ):
        part = "due" if telling.task.due else "key"
        yield subject.about_task(telling.task.key, part, "told-out-of-order", message)


def _told_early(
    dated: Iterable[tuple[str, KitTask, date, str]], *, kit: Kit, until: date
) -> Iterator[tuple[_Telling, str]]:
    """Yield each task that tells a circle of readers before a narrower one.

    ``until`` is the day of the launch.
    """
    tellings = _tellings(dated, kit=kit, until=until)
    order = list(Audience)
    for circle in reversed(order):
        narrower = [
            telling
            for inner in order[: order.index(circle)]
            for telling in tellings[inner]
        ]
        if not narrower:
            continue
        last = max(narrower, key=lambda telling: telling.on)
        for telling in tellings[circle]:
            if telling.on >= last.on:
                continue
            message = (
                f'task "{telling.key}" tells {telling.circle} readers by '
                f'{telling.shown}, before "{last.key}" '
                f"tells {last.circle} ones by {last.shown}; "
                "colleagues hear first, partners next, the public last"
            )
            yield telling, message


def _tellings(
    dated: Iterable[tuple[str, KitTask, date, str]], *, kit: Kit, until: date
) -> dict[Audience, list[_Telling]]:
    """Return the tasks that tell each circle; those inside are told by the day of the launch."""
    followed = {link.task for _, task in kit.tasks() for link in task.after}
    tellings: dict[Audience, list[_Telling]] = {circle: [] for circle in Audience}
    for key, task, due, shown in dated:
        circle = _circle(task, followed=task.key in followed)
        if circle is None:
            continue
        if circle is Audience.INTERNAL and due > until:
            continue
        tellings[circle].append(_Telling(key, task, circle, due, shown))
    return tellings


def _circle(task: KitTask, *, followed: bool) -> Audience | None:
    """Return the readers that a task tells of the launch, or None.

    A task tells its audience if that is given and the task has a day of its own, or words that say
    so. A task that writes a document for later tasks tells no one.
    """
    if task.document is not None and followed:
        return None
    words = f"{task.key} {task.title}"
    tells = bool(TELLS.search(words))
    if "audience" in task.model_fields_set and (task.due or task.not_before or tells):
        return task.audience
    if tells and INSIDE.search(words):
        return Audience.INTERNAL
    return None
