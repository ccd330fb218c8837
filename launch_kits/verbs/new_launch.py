"""The plan of a launch that would be started now: the same checks for all doors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlmodel import select

from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.errors import (
    Fault,
    InfeasiblePlan,
    InputError,
    PastLaunchDay,
    Refused,
)
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.team import ROLES
from launch_kits.lint.planned import read_rollout
from launch_kits.verbs.shared_channel import shared_channel_doubt
from launch_kits.verbs.start import check_days, rollout_of
from launch_kits.views.notices.text import capitalize
from launch_kits.workdays.in_words import count, day, days_in

if TYPE_CHECKING:
    from launch_kits.plan.rollout import Rollout

__all__ = [
    "FORM_KEYS",
    "SHORT_NAME",
    "FaultyFields",
    "NewLaunch",
    "PlannedForm",
    "plan_form",
    "plan_new_launch",
]

#: the keys of a brief that a form may ask for; the team is ``team.ROLE.name`` and ``.email``
FORM_KEYS = (
    "product",
    "launch",
    "summary",
    "kit",
    "launch_on",
    "release_on",
    "begin_on",
    "tier",
    "market",
    "company",
    "goods",
    "timezone",
    "holidays",
    "channel",
)
#: the rule of short names, in words
SHORT_NAME = (
    "Use lower-case letters, digits and hyphens, at most 73 of them; "
    "begin with a letter or digit."
)
#: the fields that no brief can do without → what to do if they are empty
NEEDED = {
    "launch": SHORT_NAME,
    "product": "Use 1 to 200 characters.",
    "launch_on": "Pick a day.",
}
_DAYS = ("launch_on", "release_on", "begin_on")
#: a value that YAML reads as a day or a number
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d|\d{1,4}")
#: findings of `check` that a start replaces: it plans from today, and levels beside the other
#: launches
_SAID_ELSEWHERE = frozenset(["begin-past", "overcommitted"])


class FaultyFields(Refused):
    """A form is faulty; ``faults`` has a sentence by field, the empty name those of no field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


@dataclass(frozen=True, slots=True)
class NewLaunch:
    """The plan of a brief as a start would write it now, with the findings of `check`."""

    rollout: Rollout
    #: a start refuses them
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def doubts(self) -> list[Fault]:
        """The warnings, without those that a levelled start says better."""
        return [each for each in self.warnings if each.code not in _SAID_ELSEWHERE]


@dataclass(frozen=True, slots=True)
class PlannedForm:
    """A brief that was made from a form, with its plan."""

    brief: Brief
    rollout: Rollout
    #: field → a sentence about it; the empty name has those of no field
    doubts: Mapping[str, str] = field(default_factory=dict)


def plan_new_launch(
    path: Path,
    *,
    search: Sequence[Path],
    now: datetime,
    on: str | None = None,
    begin: str | None = None,
    kit: Path | None = None,
    templates: Sequence[Path] | None = None,
) -> NewLaunch:
    """Read, lint and plan the brief of a launch that would be started at an instant.

    Takes the options of `lint.planned.read_rollout`. The caller refuses faults. Raises InputError,
    PlanError, Refused.
    """
    found = read_rollout(
        path,
        search=search,
        on=on,
        begin=begin,
        kit=kit,
        now=now,
        templates=templates,
    )
    rollout = rollout_of(found.rollout.brief, now=now)
    return NewLaunch(rollout, found.faults, found.warnings)


def plan_form(
    texts: Mapping[str, str],
    *,
    store: Store,
    search: Sequence[Path],
    now: datetime,
    accept_late: bool = False,
) -> PlannedForm:
    """Make the brief of a form, and check it as a start from a file does.

    ``texts`` are the texts of `FORM_KEYS` and of the team. A plan that misses the launch day is a
    doubt with ``accept_late``. Raises FaultyFields, PlanError.
    """
    missing = {name: said for name, said in NEEDED.items() if not texts.get(name)}
    if missing:
        raise FaultyFields(missing)
    written, places = _written(texts)
    with TemporaryDirectory() as folder:
        path = Path(folder, "brief.yaml")
        path.write_text(written, encoding="utf-8")
        fields = _Fields(str(path), places)
        try:
            found = plan_new_launch(path, search=search, now=now)
        except InputError as error:
            raise FaultyFields(fields.told(error.faults)) from None
    if found.faults:
        raise FaultyFields(fields.told(found.faults))
    brief = found.rollout.brief
    _must_be_free(store, brief.launch)
    doubts = _days(found.rollout, now=now)
    if doubts and not accept_late:
        raise FaultyFields(doubts)
    with store.read() as session:
        shared = shared_channel_doubt(session, brief)
    if shared:
        doubts["channel"] = f"{shared.message.replace('`', '')}."
    return PlannedForm(brief, found.rollout, doubts | fields.told(found.doubts))


def _must_be_free(store: Store, slug: str) -> None:
    with store.read() as session:
        if session.exec(select(Launch.slug).where(Launch.slug == slug)).first():
            taken = f"There is a launch {slug} already; choose another name."
            raise FaultyFields({"launch": taken})


def _days(rollout: Rollout, *, now: datetime) -> dict[str, str]:
    """Say if the work takes too long; raises FaultyFields for a launch day in the past."""
    try:
        check_days(rollout, now=now)
    except PastLaunchDay:
        past = f"{day(rollout.launch_on)} is past; pick a day from today on."
        raise FaultyFields({"launch_on": past}) from None
    except InfeasiblePlan:
        late = count(rollout.schedule.late_by, "working day")
        earliest = rollout.earliest_launch_on
        remedy = (
            f"The earliest day that works by the dates alone is {day(earliest)}."
            if earliest
            else "No day of the next 500 works."
        )
        return {"launch_on": f"Too soon: the work takes {late} more. {remedy}"}
    return {}


def _written(texts: Mapping[str, str]) -> tuple[str, dict[int, str]]:
    """The brief of a form in YAML, and the field of each of its lines."""
    lines: list[str] = []
    places: dict[int, str] = {}
    for name in FORM_KEYS:
        if texts.get(name):
            lines.append(f"{name}: {_value(name, texts[name])}")
            places[len(lines)] = name
    lines.append("team:")
    for role in ROLES:
        given = {part: texts.get(f"team.{role}.{part}") for part in ("name", "email")}
        if not any(given.values()):
            continue
        lines.append(f"  {role}:")
        places[len(lines)] = f"team.{role}.email"
        for part, text in given.items():
            if text:
                lines.append(f"    {part}: {json.dumps(text)}")
                places[len(lines)] = f"team.{role}.{part}"
    return "\n".join(lines) + "\n", places


def _value(name: str, text: str) -> str:
    """A text as YAML has it: days and sizes as they are, all else in quotes."""
    bare = name in (*_DAYS, "tier") and _PLAIN.fullmatch(text)
    return text if bare else json.dumps(text)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a form, by the lines of the brief that was made from it."""

    path: str
    places: Mapping[int, str]

    def told(self, found: Iterable[Fault]) -> dict[str, str]:
        """The findings by their fields, in words for people."""
        sentences: dict[str, list[str]] = {}
        for fault in found:
            name = self._field(fault)
            said = fault.message.replace("`", "").removeprefix(f"{name}: ")
            said = days_in(said, today=date.max)
            sentence = f"{capitalize(said).rstrip('.')}."
            there = sentences.setdefault(name, [])
            if sentence not in there:
                there.append(sentence)
        return {name: " ".join(there) for name, there in sentences.items()}

    def _field(self, fault: Fault) -> str:
        """The field of a finding; findings of another file are of the kit, the only one named."""
        if fault.path != self.path:
            return "kit"
        return self.places.get(fault.line or 0, "")
