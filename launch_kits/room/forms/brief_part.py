"""A part of a launch's brief that is edited by a form, as an `update` with its difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from launch_kits import verbs
from launch_kits.lint.revised import LaunchDays, doubts_of_kit
from launch_kits.plan.doubts import CANNOT_BE_MADE, doubts_in_words
from launch_kits.room.effects import Revised
from launch_kits.room.forms.brief_faults import Place, checked_brief
from launch_kits.room.forms.fields import Field, Given
from launch_kits.verbs import Change
from launch_kits.views.notices.text import capitalize

__all__ = ["NEW", "NOTE", "BriefPart", "values_of", "words_of"]

#: how the names of the fields begin of an entry that is not there yet
NEW = "new"
NOTE = Field("note", "Note for the people who are told", group="Note")


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


def values_of(given: Given, at: str, parts: Sequence[str]) -> dict[str, str | None]:
    """The values of an entry, as JSON has them."""
    values = {part: given[f"{at}.{part}"] for part in parts}
    return {
        part: None if value is None else str(value) for part, value in values.items()
    }


def words_of(key: str) -> str:
    """A key of a role or a section in words."""
    return "PMM" if key == "pmm" else capitalize(key.replace("_", " "))
