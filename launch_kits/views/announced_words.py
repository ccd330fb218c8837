"""Notices that are too short and announcements out of order, with titles for tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from launch_kits.plan.announcements import days_before
from launch_kits.views.reader import count, listed

if TYPE_CHECKING:
    from launch_kits.views.launch import LaunchView

__all__ = ["announced", "announcement_in_words"]

#: findings that are told
MOST = 3


def announced(view: LaunchView, *, title: Callable[[str], str]) -> list[str]:
    """Tell the findings about the announcements of a launch, without a full stop.

    ``title`` writes the title of a task.
    """
    titles = {task.key: title(task.title) for task in view.tasks}
    told = [
        announcement_in_words(dict(doubt.facts), title=titles.__getitem__)
        for doubt in view.plan.announcements
    ]
    return list(listed(told, most=MOST))


def announcement_in_words(
    facts: Mapping[str, object], *, title: Callable[[str], str], then: bool = False
) -> str:
    """Tell one of them; ``facts`` are those of its doubt.

    ``title`` gives a task's name by its key. With ``then`` it is the effect of a change.
    """
    name = title(str(facts["task"]))
    if "narrower" in facts:
        tells = "then tells" if then else "tells"
        narrower = title(str(facts["narrower"]))
        return f"{name} {tells} its readers before {narrower} tells its own"
    notice = count(int(str(facts["needed"])), "day")
    if "left" not in facts:
        return (
            f"{name} gives notice of {notice}, but is left out: no one gives the notice"
        )
    comes = "and then comes only" if then else "but comes only"
    given = days_before(int(str(facts["left"])), str(facts["anchor"]))
    return f"{name} gives notice of {notice}, {comes} {given}"
