"""Parts of a launch's brief as forms: its team, its absences, the claims of a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from launch_kits import verbs
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.positioning import Alternative
from launch_kits.lint.revised import LaunchDays, doubts_of_kit
from launch_kits.plan.doubts import CANNOT_BE_MADE, doubts_in_words
from launch_kits.room.effects import Revised
from launch_kits.room.forms.brief_faults import Place, checked_brief
from launch_kits.room.forms.fields import FaultyForm, Field, Given
from launch_kits.verbs import Change
from launch_kits.views.notices.text import capitalize

__all__ = ["CLAIMS", "BriefPart", "brief_parts"]

#: how the name of a part that holds claims begins
CLAIMS = "claims."
#: the parts of a person, and of an absence, as the file has them
PERSON = ("name", "email", "timezone", "backup", "manager")
ABSENCE = ("who", "backup", "from", "to")
#: how the names of the fields begin of an entry that is not there yet
NEW = "new"
#: the parts of a line that a person writes, by the name that they have in the form
LINE = {
    "claim": "Claim",
    "they_say": "They say",
    "answer": "Answer",
    "ask": "Question",
    "when": "Walk away if",
    "audience": "Widest circle that may read it",
}


@dataclass(frozen=True, slots=True)
class BriefPart:
    """A part of a brief that is edited by a form."""

    name: str
    label: str
    fields: Sequence[Field]
    #: the texts as the brief has them
    texts: Mapping[str, str]
    #: writes the values of the form into the brief as JSON has it; returns the field of each place
    write: Callable[[dict[str, Any], Given], Mapping[Place, str]]

    def run(self, change: Change, given: Given, by: str) -> Revised:
        """Let the launch go on from the changed brief; raises FaultyForm for its faults."""
        old = change.brief
        data = old.model_dump(mode="json", by_alias=True)
        places = self.write(data, given)
        new = checked_brief(data, places, first=self.fields[0].name, before=old)
        launch = change.launch
        days = LaunchDays(
            launch.begin_on, launch.release_on, launch.launch_on, change.today
        )
        doubts = doubts_of_kit(old, new, days)
        note = given.get("note")
        found = verbs.revise(
            change,
            launch.slug,
            new,
            by=by,
            now=change.now,
            note=str(note) if note else None,
            accept_late=True,
        )
        told = [*found.warnings, *doubts]
        others = (each for each in told if each.code != CANNOT_BE_MADE)
        said = "the brief stays as it is" if found.empty else "the brief is changed"
        return Revised(
            changed=not found.empty,
            message=said,
            warnings=tuple(dict.fromkeys(doubts_in_words(others))),
            words=tuple(found.words),
        )


def brief_parts(brief: Brief) -> Iterator[BriefPart]:
    """Yield the parts of a brief that can be edited: the team first, each ledger at the end."""
    yield _team(brief)
    yield _absences(brief)
    for position, each in enumerate(brief.positioning.alternatives):
        if isinstance(each.claims, Ledger):
            yield _claims(position, each, each.claims)


def _team(brief: Brief) -> BriefPart:
    roles = [(role, _words(role)) for role in brief.team]
    fields: list[Field] = []
    texts: dict[str, str] = {}
    for role, person in brief.team.items():
        fields += _person(f"team.{role}", _words(role), roles, required=role == LEAD)
        for part in PERSON:
            texts[f"team.{role}.{part}"] = getattr(person, part) or ""
    fields.append(Field(f"{NEW}.role", "Role", "text", group="One more person"))
    fields += _person(NEW, "One more person", roles, required=False)
    return BriefPart("team", "Edit the team", [*fields, _NOTE], texts, _write_team)


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
        values = _values(given, at, PERSON)
        if values["name"] is None and values["email"] is None:
            del team[role], entries[role]
        else:
            team[role] |= values
    added = _values(given, NEW, PERSON)
    if given[f"{NEW}.role"] or any(added.values()):
        role = str(given[f"{NEW}.role"] or "").lower().replace(" ", "_")
        if role in team:
            raise FaultyForm({f"{NEW}.role": "The team has this role already."})
        if not role:
            raise FaultyForm({f"{NEW}.role": "The role is missing; write one."})
        team[role], entries[role] = added, NEW
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
        at, name = f"absences.{number}", people.get(absence.who, absence.who)
        known = _with(options, absence.who, absence.backup)
        fields += _absence(at, f"{name} is away", known)
        end = absence.to.isoformat() if absence.to else ""
        values = (absence.who, absence.backup, absence.from_.isoformat(), end)
        texts |= {
            f"{at}.{part}": text for part, text in zip(ABSENCE, values, strict=True)
        }
    fields += _absence(NEW, "One more absence", options)
    return BriefPart(
        "absences", "Edit absences", [*fields, _NOTE], texts, _write_absences
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
        values = _values(given, f"absences.{number}", ABSENCE)
        if values["who"] is not None:
            kept[f"absences.{number}"] = absence | values
    added = _values(given, NEW, ABSENCE)
    if any(added.values()):
        kept[NEW] = added
    data["absences"] = [*kept.values()]
    return {
        ("absences", position, part): f"{at}.{part}"
        for position, at in enumerate(kept)
        for part in ABSENCE
    }


def _values(given: Given, at: str, parts: Sequence[str]) -> dict[str, str | None]:
    """The values of an entry, as JSON has them."""
    values = {part: given[f"{at}.{part}"] for part in parts}
    return {
        part: None if value is None else str(value) for part, value in values.items()
    }


def _claims(position: int, alternative: Alternative, ledger: Ledger) -> BriefPart:
    circles = [(str(each), str(each)) for each in Audience]
    fields: list[Field] = []
    texts: dict[str, str] = {}
    for section, number, claim in ledger.each():
        written = [name for name in LINE if getattr(claim, name)]
        for name in written:
            at = f"{section}.{number}.{name}"
            kind = "choice" if name == "audience" else "long"
            fields.append(
                Field(
                    at,
                    LINE[name],
                    kind,
                    required=True,
                    options=circles if kind == "choice" else (),
                    group=f"{_words(section)} {number + 1}",
                )
            )
            texts[at] = str(getattr(claim, name))

    def write(data: dict[str, Any], given: Given) -> dict[Place, str]:
        claims = data["positioning"]["alternatives"][position]["claims"]
        for each in fields:
            section, number, name = each.name.split(".")
            line = claims[section][int(number)]
            if given[each.name] != str(line[name]).strip():
                line[name] = given[each.name]
        return {}

    return BriefPart(
        f"{CLAIMS}{alternative.key}",
        f"Edit the claims about {alternative.name}",
        [*fields, _NOTE],
        texts,
        write,
    )


_NOTE = Field("note", "Note for the people who are told", group="Note")


def _words(key: str) -> str:
    return "PMM" if key == "pmm" else capitalize(key.replace("_", " "))
