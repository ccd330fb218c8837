"""The order of announcements: notice periods, and colleagues and partners before the public.

`check` finds these in the due days of a plan; a running launch finds them in its days of
now. No linter is imported, since every verb would wait for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.kit import Kit, KitTask
from launch_kits.workdays.in_words import count

__all__ = [
    "DatedAnnouncement",
    "OutOfOrder",
    "ShortNotice",
    "days_before",
    "followed_tasks",
    "notice_of",
    "out_of_order",
    "short_notice",
]

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


@dataclass(frozen=True, slots=True)
class DatedAnnouncement:
    """A task that may announce, with the day by which it does."""

    key: str
    task: KitTask
    on: date
    #: the day as its reader knows it: a date, or in a kit the offset
    shown: str


class ShortNotice(NamedTuple):
    """A notice that leaves less time before its anchor day than it must."""

    #: whether the kit declares the notice; else only a name suggests it
    declared: bool
    #: calendar days that it must leave, and that it leaves
    needed: int
    left: int

    @property
    def code(self) -> str:
        """The code of the finding."""
        return "notice-too-short" if self.declared else "notice-doubtful"


class OutOfOrder(NamedTuple):
    """A task that tells a circle of readers before another tells a narrower one."""

    telling: DatedAnnouncement
    #: the last task that tells the narrower circle
    narrower: DatedAnnouncement
    #: calendar days by which it is too early
    days: int
    message: str


def notice_of(task: KitTask) -> int | None:
    """Return the calendar days of a notice that a kit declares for a task, or None."""
    notice = task.notice_period
    if not notice:
        return None
    return int(notice[:-1]) * (7 if notice.endswith("w") else 1)


def short_notice(task: KitTask, on: date, *, anchor: date) -> ShortNotice | None:
    """Check the notice that a task gives on a day, before its anchor day.

    A task without a declared notice is checked if its name says that it gives one.
    """
    needed = notice_of(task)
    declared = needed is not None
    if needed is None:
        if on >= anchor or not (NOTICE.search(task.title) or NOTICE.search(task.key)):
            return None
        needed = USUAL
    if on <= anchor - timedelta(needed):
        return None
    return ShortNotice(declared, needed, max((anchor - on).days, 0))


def followed_tasks(kit: Kit) -> frozenset[str]:
    """Return the keys of the tasks that others wait for."""
    return frozenset(link.task for _, task in kit.tasks() for link in task.after)


def out_of_order(
    dated: Iterable[DatedAnnouncement], *, followed: Collection[str], until: date
) -> Iterator[OutOfOrder]:
    """Yield each task that tells a circle of readers before a narrower one.

    ``followed`` holds the kit's keys of tasks that others wait for; ``until`` is the day of the
    launch.
    """
    tellings = _tellings(dated, followed=followed, until=until)
    order = list(Audience)
    for circle in reversed(order):
        narrower = [
            (inner, telling)
            for inner in order[: order.index(circle)]
            for telling in tellings[inner]
        ]
        if not narrower:
            continue
        inner, last = max(narrower, key=lambda told: told[1].on)
        for telling in tellings[circle]:
            days = (last.on - telling.on).days
            if days <= 0:
                continue
            message = (
                f'task "{telling.key}" tells {circle} readers by {telling.shown}, before '
                f'"{last.key}" tells {inner} ones by {last.shown}; '
                "colleagues hear first, partners next, the public last"
            )
            yield OutOfOrder(telling, last, days, message)


def _tellings(
    dated: Iterable[DatedAnnouncement], *, followed: Collection[str], until: date
) -> dict[Audience, Sequence[DatedAnnouncement]]:
    """Return the tasks that tell each circle; those inside are told by the day of the launch."""
    tellings: dict[Audience, list[DatedAnnouncement]] = {
        circle: [] for circle in Audience
    }
    for each in dated:
        circle = _circle(each.task, followed=each.task.key in followed)
        if circle is None or (circle is Audience.INTERNAL and each.on > until):
            continue
        tellings[circle].append(each)
    return {**tellings}


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


def days_before(left: int, anchor: str) -> str:
    """Say how long before its anchor day, or after it, a notice is given."""
    if not left:
        return f"on the {anchor} day"
    before = "before" if left > 0 else "after"
    return f"{count(abs(left), 'day')} {before} the {anchor} day"
