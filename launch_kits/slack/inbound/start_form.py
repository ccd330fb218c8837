"""The form that starts a launch from Slack, and the brief made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError
from sqlmodel import select

from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, InputError, PastLaunchDay, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_kit, resolve
from launch_kits.inputs.search import find_kits
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.members import Member
from launch_kits.slack.inbound.modal_check import MOST_FAULT
from launch_kits.slack.messages.blocks import Block, context
from launch_kits.slack.messages.forms import (
    View,
    choice,
    date_input,
    email_input,
    modal,
    text_input,
)
from launch_kits.verbs.start import check_days, rollout_of
from launch_kits.views.notices.text import clean, cut
from launch_kits.workdays.in_words import count, day

__all__ = ["Faulty", "brief_of", "kits_offered", "start_modal"]

#: the kit that is selected at first, if it is offered
USUAL_KIT = "major_release"

#: the first is what a brief has by default
TIERS = (("1", "1, major"), ("2", "2, notable"), ("3", "3, quiet"))
MARKETS = (("b2b", "B2B"), ("b2c", "B2C"), ("both", "Both"))
COMPANIES = (("enterprise", "Enterprise"), ("startup", "Startup"))

#: the inputs that are used as fields of the brief unchanged
FIELDS = ("launch", "product", "kit", "launch_on", "market", "company", "timezone")

#: faults of fields whose message would otherwise show a pattern
WORDS = {
    "launch": (
        "Use lower-case letters, digits and hyphens, at most 73 of them; "
        "begin with a letter or digit."
    ),
    "lead": "Write an email address such as lead@example.com.",
    "product": "Use 1 to 200 characters.",
    "launch_on": "Pick a day.",
}


class Faulty(Refused):
    """The form is faulty; ``faults`` has the reasons by the names of the fields."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = {
            name: cut(clean(said), MOST_FAULT) for name, said in faults.items()
        }
        super().__init__("; ".join(self.faults.values()))


def kits_offered(search: Sequence[Path]) -> list[tuple[str, str]]:
    """Names and titles of the usable kits, ordered by title."""
    found = []
    for name, path in find_kits(search).items():
        try:
            found.append((name, load_kit(path).title))
        except InputError:  # `launch-kits kits` says so
            continue
    return sorted(found, key=lambda kit: (kit[1], kit[0]))


def start_modal(
    kits: Sequence[tuple[str, str]], member: Member, place: ActionPlace
) -> View:
    """The form with the essential fields of a brief; its user is the lead."""
    return modal(
        "Start a launch",
        [
            *_product_inputs(kits),
            *_team_inputs(member),
            context("The lead holds every role until tasks are reassigned."),
        ],
        name="launch_start",
        private=place.pack(),
        submit="Start",
        close="Cancel",
    )


def _product_inputs(kits: Sequence[tuple[str, str]]) -> list[Block]:
    return [
        text_input(
            "product",
            "Product",
            most=200,
            hint="Product and version, as customers will read it.",
        ),
        text_input(
            "launch",
            "Short name",
            most=73,
            hint="Lower-case letters, digits, hyphens: falcon-2",
        ),
        choice(
            "kit",
            "Kit",
            kits,
            initial=USUAL_KIT,
            hint="The recipe: which tasks, in which order.",
        ),
        date_input(
            "launch_on", "Launch day", hint="The day on which the market is told."
        ),
    ]


def _team_inputs(member: Member) -> list[Block]:
    return [
        email_input(
            "lead",
            "Lead's email",
            initial=member.email or "",
            hint="Answers for the launch.",
        ),
        text_input(
            "channel",
            "Channel",
            optional=True,
            most=80,
            hint="Without #. Left empty: the short name and -launch.",
        ),
        choice("tier", "Size", TIERS),
        choice("market", "Who buys", MARKETS),
        choice(
            "company",
            "Kind of company",
            COMPANIES,
            hint="How many sign-offs the kit asks for.",
        ),
        text_input(
            "timezone",
            "Time zone",
            initial=member.timezone or "UTC",
            most=100,
            hint="Europe/Berlin, UTC",
        ),
    ]


def brief_of(
    values: Mapping[str, str],
    *,
    lead: str,
    store: Store,
    search: Sequence[Path],
    now: datetime,
) -> Brief:
    """Make the brief of a form, including its kit.

    ``lead`` is the lead's name. Raises Faulty if a field is faulty, the short name is taken, or the
    plan misses the launch day.
    """
    try:
        brief = resolve(Brief.model_validate(_written(values, lead)), search=search)
    except ValidationError as error:
        raise Faulty(
            _faults((detail["loc"], detail["msg"]) for detail in error.errors())
        ) from None
    except InputError as error:
        raise Faulty(
            {"kit": "; ".join(fault.message for fault in error.faults)}
        ) from None
    with store.read() as session:
        if session.exec(select(Launch.slug).where(Launch.slug == brief.launch)).first():
            taken = (
                f"There is a launch {brief.launch} already; another needs another name."
            )
            raise Faulty({"launch": taken})
    rollout = rollout_of(brief, now=now)
    try:
        check_days(rollout, now=now)
    except PastLaunchDay:
        raise Faulty(
            {
                "launch_on": f"{day(rollout.launch_on)} is past; pick a day from today on."
            }
        ) from None
    except InfeasiblePlan:
        earliest = rollout.earliest_launch_on
        late = f"Too soon: the work takes {count(rollout.schedule.late_by, 'working day')} more."
        remedy = (
            f"The earliest day that works by the dates alone is {day(earliest)}."
            if earliest
            else "No day of the next 500 works."
        )
        raise Faulty({"launch_on": f"{late} {remedy}"}) from None
    return brief


def _written(values: Mapping[str, str], lead: str) -> dict[str, object]:
    person = {"name": lead, "email": values.get("lead", "")}
    return {
        **{name: values[name] for name in FIELDS if values.get(name)},
        **({"channel": values["channel"]} if values.get("channel") else {}),
        "tier": _tier(values.get("tier") or "1"),
        "team": {"lead": person},
    }


def _tier(chosen: str) -> object:
    """The tier as a number; any other text stays as it is, for the brief to refuse."""
    return next((int(tier) for tier, _ in TIERS if tier == chosen), chosen)


def _faults(found: Iterable[tuple[tuple[int | str, ...], str]]) -> dict[str, str]:
    """Faults by field; errors that belong to no field are shown on the first one."""
    faults: dict[str, str] = {}
    for loc, said in found:
        first = str(loc[0]) if loc else ""
        name = "product"
        if first == "team":
            name = "lead"
        elif first in (*FIELDS, "channel", "tier"):
            name = first
        faults.setdefault(name, WORDS.get(name) or said.removeprefix("Value error, "))
    return faults
