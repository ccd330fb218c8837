"""The form that starts a launch from Slack, and the brief made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.choices import COMPANIES, MARKETS, TIERS
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
from launch_kits.verbs.new_launch import FORM_KEYS, FaultyFields, plan_form
from launch_kits.views.notices.text import clean, cut

__all__ = ["Faulty", "brief_of", "start_modal"]

#: the kit that is selected at first, if it is offered
USUAL_KIT = "major_release"

#: the inputs of the modal that are keys of the brief
INPUTS = (
    "product",
    "launch",
    "kit",
    "launch_on",
    "channel",
    "tier",
    "market",
    "company",
    "timezone",
)


class Faulty(Refused):
    """The form is faulty; ``faults`` has the reasons by the names of the fields."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = {
            name: cut(clean(said), MOST_FAULT) for name, said in faults.items()
        }
        super().__init__("; ".join(self.faults.values()))


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
    texts = {name: values[name] for name in FORM_KEYS if values.get(name)}
    person = {"team.lead.name": lead, "team.lead.email": values.get("lead", "")}
    try:
        found = plan_form(texts | person, store=store, search=search, now=now)
    except FaultyFields as error:
        raise Faulty(_by_input(error.faults)) from None
    return found.brief


def _by_input(found: Mapping[str, str]) -> dict[str, str]:
    """Faults by the inputs of the modal; those of no input are shown on the first one."""
    faults: dict[str, str] = {}
    for name, said in found.items():
        field = "lead" if name.startswith("team.") else name
        faults.setdefault(field if field in (*INPUTS, "lead") else "product", said)
    return faults
