"""Announcements that a moved launch brings out of order, or within their notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from launch_kits.errors import Fault
from launch_kits.inputs.loading import Loaded
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.notice import notices_in_plan, told_in_plan
from launch_kits.lint.subject import LintSubject
from launch_kits.plan.rollout import Rollout

__all__ = ["moved_announcements"]

#: the days in a message, which differ if only the dates moved
_NUMBERS = re.compile(r"[0-9]+")


def moved_announcements(
    before: Rollout, after: Rollout, *, today: date
) -> tuple[Fault, ...]:
    """Find announcements that are in order by the days of one rollout, and not by another's.

    ``today`` is a day in the time zone of the launch. Both briefs have kit and ledgers in place; no
    file is to blame, so the path is ``-`` and the line None.
    """
    known = {_subject(fault) for fault in _found(before, today)}
    return tuple(
        fault for fault in _found(after, today) if _subject(fault) not in known
    )


def _found(rollout: Rollout, today: date) -> Iterator[Fault]:
    loaded = Loaded(rollout.brief, (), {"brief": Yaml("-", {})})
    subject = LintSubject(loaded, rollout, today)
    yield from notices_in_plan(subject)
    yield from told_in_plan(subject)


def _subject(fault: Fault) -> tuple[str, str]:
    return fault.code, _NUMBERS.sub("", fault.message)
