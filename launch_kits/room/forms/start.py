"""The form that starts a launch, made from the brief's model and checked at each field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from launch_kits.inputs.base import LEAD
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.choices import COMPANIES, MARKETS, TIERS, kits_offered
from launch_kits.inputs.team import ROLES
from launch_kits.room.forms.fields import FaultyForm, Field, read_fields
from launch_kits.verbs.new_launch import (
    SHORT_NAME,
    FaultyFields,
    PlannedForm,
    plan_form,
)
from launch_kits.views.notices.text import capitalize
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.plan.rollout import Rollout

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
_DAYS = ("launch_on", "release_on", "begin_on")


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A form that can be started, as its page shows it."""

    planned: PlannedForm

    @property
    def brief(self) -> Brief:
        """The brief that was made from it."""
        return self.planned.brief

    @property
    def rollout(self) -> Rollout:
        """Its plan."""
        return self.planned.rollout

    @property
    def doubts(self) -> Mapping[str, str]:
        """Field → a sentence about it; the empty name has those of no field."""
        return self.planned.doubts

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
        kind = "choice"
        options = kits_offered(search)
    elif get_origin(info.annotation) is Literal:
        kind = "choice"
        values = map(str, get_args(info.annotation))
        options = [(each, WORDS_OF_CHOICES.get(each, each)) for each in values]
    hints = {
        "launch": SHORT_NAME,
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
    """Check each field of a form, and the brief that is made from it.

    Raises FaultyForm with a sentence for each field at fault, PlanError.
    """
    read_fields([*start_fields(search), *team_fields()], texts)
    try:
        found = plan_form(texts, store=store, search=search, now=now, accept_late=True)
    except FaultyFields as error:
        raise FaultyForm(error.faults) from None
    return CheckedForm(found)
