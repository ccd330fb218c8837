"""Parts of a launch's brief as forms: its team, its absences, the claims of a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from launch_kits.inputs.base import LEAD
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.ledger import Ledger
from launch_kits.room.forms.brief_faults import Place
from launch_kits.room.forms.brief_part import (
    NEW,
    NOTE,
    BriefPart,
    values_of,
    words_of,
)
from launch_kits.room.forms.claim_lines import claims_part
from launch_kits.room.forms.fields import FaultyForm, Field, Given

__all__ = ["brief_parts"]

#: the parts of a person, and of an absence, as the file has them
PERSON = ("name", "email", "timezone", "backup", "manager")
ABSENCE = ("who", "backup", "from", "to")


def brief_parts(brief: Brief) -> Iterator[BriefPart]:
    """Yield the parts of a brief that can be edited: the team first, each ledger at the end."""
    yield _team(brief)
    yield _absences(brief)
    for position, each in enumerate(brief.positioning.alternatives):
        if isinstance(each.claims, Ledger):
            yield claims_part(position, each, each.claims)


def _team(brief: Brief) -> BriefPart:
    roles = [(role, words_of(role)) for role in brief.team]
    fields: list[Field] = []
    texts: dict[str, str] = {}
    for role, person in brief.team.items():
        fields += _person(f"team.{role}", words_of(role), roles, required=role == LEAD)
        for part in PERSON:
            texts[f"team.{role}.{part}"] = getattr(person, part) or ""
    fields.append(Field(f"{NEW}.role", "Role", "text", group="One more person"))
    fields += _person(NEW, "One more person", roles, required=False)
    return BriefPart("team", "Edit the team", [*fields, NOTE], texts, _write_team)


def _person(
    at: str, group: str, roles: Sequence[tuple[str, str]], *, required: bool
) -> list[Field]:
    """The fields of a person; a role whose fields are all cleared goes to the lead."""
    return [
        Field(f"{at}.name", "Name", "text", required, group=group),
        Field(f"{at}.email", "Email", "text", required, group=group),
        Field(f"{at}.timezone", "Time zone", "text", group=group),
        Field(f"{at}.backup", "Backup", "choice", options=roles, group=group),
        Field(f"{at}.manager", "Manager", "choice", options=roles, group=group),
    ]


def _write_team(data: dict[str, Any], given: Given) -> dict[Place, str]:
    team: dict[str, Any] = data["team"]
    entries = {role: f"team.{role}" for role in team}
    for role, at in [*entries.items()]:
        values = values_of(given, at, PERSON)
        if values["name"] is None and values["email"] is None:
            del team[role], entries[role]
        else:
            team[role] |= values
    added = values_of(given, NEW, PERSON)
    if given[f"{NEW}.role"] or any(added.values()):
        role = str(given[f"{NEW}.role"] or "").lower().replace(" ", "_")
        if role in team:
            raise FaultyForm({f"{NEW}.role": "The team has this role already."})
        if not role:
            raise FaultyForm({f"{NEW}.role": "The role is missing; write one."})
        team[role] = added
        entries[role] = NEW
    return {
        ("team", role, part): f"{at}.{part}"
        for role, at in entries.items()
        for part in PERSON
    }


def _absences(brief: Brief) -> BriefPart:
    people = {each.email: each.name for each in brief.team.values()}
    options = [(email, f"{name} ({email})") for email, name in people.items()]
    fields: list[Field] = []
    texts: dict[str, str] = {}
    for number, absence in enumerate(brief.absences):
        at = f"absences.{number}"
        name = people.get(absence.who, absence.who)
        known = _with(options, absence.who, absence.backup)
        fields += _absence(at, f"{name} is away", known)
        end = absence.to.isoformat() if absence.to else ""
        values = (absence.who, absence.backup, absence.from_.isoformat(), end)
        texts |= {
            f"{at}.{part}": text for part, text in zip(ABSENCE, values, strict=True)
        }
    fields += _absence(NEW, "One more absence", options)
    return BriefPart(
        "absences", "Edit absences", [*fields, NOTE], texts, _write_absences
    )


def _with(options: Sequence[tuple[str, str]], *emails: str) -> list[tuple[str, str]]:
    """The choices, with people who are outside the team."""
    known = {email for email, _ in options}
    return [*options, *((each, each) for each in emails if each not in known)]


def _absence(
    at: str, group: str, options: Sequence[tuple[str, str]]
) -> Iterator[Field]:
    yield Field(f"{at}.who", "Who is away", "choice", options=options, group=group)
    yield Field(
        f"{at}.backup", "Who acts for them", "choice", options=options, group=group
    )
    yield Field(f"{at}.from", "First day", "date", group=group)
    yield Field(f"{at}.to", "Last day (for good if empty)", "date", group=group)


def _write_absences(data: dict[str, Any], given: Given) -> dict[Place, str]:
    """Write the absences; one without a person is taken out."""
    kept: dict[str, dict[str, Any]] = {}
    for number, absence in enumerate(data["absences"]):
        values = values_of(given, f"absences.{number}", ABSENCE)
        if values["who"] is not None:
            kept[f"absences.{number}"] = absence | values
    added = values_of(given, NEW, ABSENCE)
    if any(added.values()):
        kept[NEW] = added
    data["absences"] = [*kept.values()]
    return {
        ("absences", position, part): f"{at}.{part}"
        for position, at in enumerate(kept)
        for part in ABSENCE
    }
