"""The form that starts a launch, made from the brief's model and checked at each field."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args, get_origin

from sqlmodel import select

from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.errors import Fault, InputError, PastLaunchDay
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.team import ROLES
from launch_kits.lint.planned import read_rollout
from launch_kits.plan.rollout import Rollout
from launch_kits.room.forms.fields import FaultyForm, Field, read_fields
from launch_kits.slack.inbound.start_form import (
    COMPANIES,
    MARKETS,
    TIERS,
    kits_offered,
)
from launch_kits.verbs.start import check_days, rollout_of
from launch_kits.views.notices.text import capitalize
from launch_kits.workdays.in_words import count, days_in

__all__ = ["CheckedForm", "check_form", "start_fields", "team_fields"]

#: the keys of a brief that the form asks for, and their labels
LABELS = {
    "product": "Product",
    "launch": "Short name",
    "summary": "Summary",
    "kit": "Kit",
    "launch_on": "Launch day",
    "release_on": "Release day",
    "begin_on": "First day of work",
    "tier": "Size",
    "market": "Who buys",
    "company": "Kind of company",
    "goods": "Goods",
    "timezone": "Time zone",
    "holidays": "Country of the holidays",
    "channel": "Slack channel",
}
#: the words for choices that a reader would not know
WORDS_OF_CHOICES = dict((*TIERS, *MARKETS, *COMPANIES))
#: faults whose own message would show a pattern
WORDS = {
    "launch": (
        "Use lower-case letters, digits and hyphens, at most 73 of them; "
        "begin with a letter or digit."
    ),
}
_DAYS = ("launch_on", "release_on", "begin_on")
#: a value that YAML reads as a day or a number
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d|\d{1,4}")
#: findings of `check` that a start replaces: it plans from today
_SAID_ELSEWHERE = frozenset(["begin-past", "overcommitted"])


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A brief that was made from a form, with the findings of `check` by their fields."""

    brief: Brief
    rollout: Rollout
    #: field → a sentence about it; the empty name has those of no field
    doubts: Mapping[str, str] = field(default_factory=dict)

    @property
    def shares(self) -> list[tuple[str, str]]:
        """The name of each owner, and the number of their tasks, the most first."""
        owners = Counter(each.owner for each in self.rollout.assignments)
        names = {each.email: each.name for each in self.brief.team.values()}
        return [
            (names.get(owner, owner), count(tasks, "task"))
            for owner, tasks in owners.most_common()
        ]


def start_fields(search: Sequence[Path]) -> list[Field]:
    """The fields of the product and its plan, as the model of the brief has them."""
    return [_field(name, label, search) for name, label in LABELS.items()]


def _field(name: str, label: str, search: Sequence[Path]) -> Field:
    info = Brief.model_fields[name]
    hint = capitalize((info.description or "").partition(": ")[0].rstrip("."))
    options: list[tuple[str, str]] = []
    kind = "date" if name in _DAYS else "text"
    if name == "kit":
        kind, options = "choice", kits_offered(search)
    elif get_origin(info.annotation) is Literal:
        kind = "choice"
        values = map(str, get_args(info.annotation))
        options = [(each, WORDS_OF_CHOICES.get(each, each)) for each in values]
    hints = {
        "launch": WORDS["launch"],
        "launch_on": "The day on which the market is told.",
        "release_on": "Customers can use it; the launch day if you leave it empty.",
        "begin_on": "Today if you leave it empty.",
        "kit": "The recipe: which tasks, in which order.",
        "channel": "The short name and -launch if you leave it empty.",
        "holidays": "An ISO code, such as US or US-CA.",
        "timezone": "Such as Europe/Berlin or UTC.",
        "market": "",
    }
    required = info.is_required() or kind == "choice"
    return Field(
        name, label, kind, required, hint=hints.get(name, f"{hint}."), options=options
    )


def team_fields() -> list[Field]:
    """The name and the email of each usual role; only the lead is required."""
    return [
        Field(
            f"team.{role}.{part}",
            f"{_role(role)}: {part}",
            "text",
            required=role == LEAD,
        )
        for role in ROLES
        for part in ("name", "email")
    ]


def _role(role: str) -> str:
    return "PMM" if role == "pmm" else capitalize(role)


def check_form(
    texts: Mapping[str, str], *, store: Store, search: Sequence[Path], now: datetime
) -> CheckedForm:
    """Make the brief of a form, and check it as `check` does.

    Raises FaultyForm with a sentence for each field at fault, PlanError.
    """
    read_fields([*start_fields(search), *team_fields()], texts)
    written, places = _written(texts)
    with TemporaryDirectory() as folder:
        path = Path(folder, "brief.yaml")
        path.write_text(written, encoding="utf-8")
        try:
            planned = read_rollout(
                path, search=search, on=None, begin=None, kit=None, now=now
            )
        except InputError as error:
            raise FaultyForm(_told(error.faults, places)) from None
    if planned.faults:
        raise FaultyForm(_told(planned.faults, places))
    brief = planned.rollout.brief
    with store.read() as session:
        if session.exec(select(Launch.slug).where(Launch.slug == brief.launch)).first():
            taken = "There is a launch of this name already; choose another name."
            raise FaultyForm({"launch": taken})
    rollout = rollout_of(brief, now=now)
    try:
        check_days(rollout, now=now, accept_late=True)
    except PastLaunchDay:
        past = "This day is past; choose today or a later one."
        raise FaultyForm({"launch_on": past}) from None
    doubts = [each for each in planned.warnings if each.code not in _SAID_ELSEWHERE]
    return CheckedForm(brief, rollout, _late(rollout) | _told(doubts, places))


def _late(rollout: Rollout) -> dict[str, str]:
    """Say that the work cannot be done by the launch day, if it cannot."""
    late_by, earliest = rollout.schedule.late_by, rollout.earliest_launch_on
    if not late_by:
        return {}
    remedy = (
        f"the earliest day that holds by the dates alone is {days_in(str(earliest))}"
        if earliest
        else "no day of the next 500 holds"
    )
    return {
        "launch_on": f"Too soon: the work takes {count(late_by, 'working day')} more; {remedy}."
    }


def _written(texts: Mapping[str, str]) -> tuple[str, dict[int, str]]:
    """The brief of the form in YAML, and the field of each of its lines."""
    lines: list[str] = []
    places: dict[int, str] = {}
    for name in LABELS:
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


def _told(found: Iterable[Fault], places: Mapping[int, str]) -> dict[str, str]:
    """The findings by their fields, in words for people."""
    told: dict[str, list[str]] = {}
    for fault in found:
        name = places.get(fault.line or 0, "")
        said = days_in(fault.message.replace("`", ""), today=date.max)
        if fault.code == "invalid" and name in WORDS:
            said = WORDS[name]
        told.setdefault(name, []).append(f"{capitalize(said).rstrip('.')}.")
    return {name: " ".join(dict.fromkeys(said)) for name, said in told.items()}
