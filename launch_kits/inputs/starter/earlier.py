"""A brief for the next launch, from the brief of an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import yaml

from launch_kits.inputs.attachments import without_content
from launch_kits.inputs.base import Model
from launch_kits.inputs.brand import AttachedFile
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.schemas import schema_text

__all__ = ["NextLaunch", "earlier_files", "next_brief"]

from typing import NamedTuple

#: keys that belong to the earlier launch alone
_PAST = ("release_on", "begin_on", "absences", "channel", "summary")


class NextLaunch(NamedTuple):
    """The name and the day of the next launch."""

    launch: str
    product: str
    launch_on: date


def earlier_files(
    brief: Brief,
    coming: NextLaunch,
    *,
    today: date,
    own_kit: bool,
    texts: Mapping[str, str] | None = None,
) -> dict[str, str | bytes]:
    """Every file of the next brief by its place in the folder.

    ``own_kit`` says that the kit is not one that a name finds; then it becomes a file too. Ledgers,
    logo, font and pictures become files again. ``texts`` has the kit and the ledgers as they were
    written, comments and all, by ``kit`` or the key of the alternative; those that are not in it
    are written anew.
    """
    files: dict[str, str | bytes] = {}
    kit = brief.kit_in_place
    written = texts or {}
    if own_kit:
        files[f"kits/{kit.kit}.yaml"] = written.get("kit") or _model(kit)
    for alternative in brief.positioning.alternatives:
        if alternative.ledger is not None:
            text = written.get(alternative.key) or _model(alternative.ledger)
            files[f"claims/{alternative.key}.yaml"] = text
    for file in _attached(brief):
        files[file.path] = file.data
    named = f"kits/{kit.kit}.yaml" if own_kit else kit.kit
    head = (
        "# yaml-language-server: $schema=.schemas/brief.json\n"
        f"# Taken from the launch {brief.launch} of {brief.launch_on}: read every line again.\n"
        "# Goals and prices moved with the launch day; absences and results are left out.\n\n"
    )
    return {
        "brief.yaml": head + _yaml(next_brief(brief, coming, today=today, kit=named)),
        ".schemas/brief.json": schema_text("brief"),
        ".schemas/ledger.json": schema_text("ledger"),
        **files,
    }


def next_brief(
    brief: Brief, coming: NextLaunch, *, today: date, kit: str
) -> Mapping[str, Any]:
    """The next brief as its file has it, in the order of the keys."""
    moved = coming.launch_on - brief.launch_on
    dumped: dict[str, Any] = without_content(
        brief.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    )
    for key in _PAST:
        dumped.pop(key, None)
    dumped |= {
        "launch": coming.launch,
        "product": coming.product,
        "kit": kit,
        "launch_on": coming.launch_on,
    }
    for alternative in dumped.get("positioning", {}).get("alternatives", ()):
        if isinstance(alternative.get("claims"), dict):
            alternative["claims"] = f"claims/{alternative['key']}.yaml"
    for goal in dumped.get("goals", ()):
        for key in ("actual", "measured_on"):
            goal.pop(key, None)
        goal["by"] = _shifted(goal["by"], moved)
    for price in dumped.get("pricing", ()):
        if price.get("effective_on"):
            price["effective_on"] = _shifted(price["effective_on"], moved)
    _drop_past_days(dumped, today)
    order = [key for key in type(brief).model_fields if key in dumped]
    return {key: dumped[key] for key in order}


def _drop_past_days(dumped: dict[str, Any], today: date) -> None:
    """Leave out days off and workdays that are over."""
    people = list(dumped.get("team", {}).values())
    for owner, spans in [(dumped, "blackouts"), *((each, "away") for each in people)]:
        _keep(owner, spans, lambda span: span["to"] >= today.isoformat())
    for owner in (dumped, *people):
        _keep(owner, "workdays", lambda day: day >= today.isoformat())


def _keep(owner: dict[str, Any], key: str, wanted: Any) -> None:  # noqa: ANN401  as JSON has it
    kept = [each for each in owner.get(key, ()) if wanted(each)]
    if kept:
        owner[key] = kept
    else:
        owner.pop(key, None)


def _shifted(day: str, moved: timedelta) -> date:
    return date.fromisoformat(day) + moved


def _attached(brief: Brief) -> list[AttachedFile]:
    held = [brief.brand.logo, brief.brand.font, *(each.file for each in brief.pictures)]
    return [file for file in held if isinstance(file, AttachedFile)]


def _model(model: Model) -> str:
    """A kit or a ledger as a file, without the keys that have their defaults."""
    return _yaml(model.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def _yaml(value: Mapping[str, Any]) -> str:
    """A mapping as a file: its keys in their order, dates plain, texts as they are."""
    return str(
        yaml.safe_dump(_days(value), allow_unicode=True, sort_keys=False, width=100)
    )


def _days(value: Any) -> Any:  # noqa: ANN401  as JSON has it
    """The value with its texts that are days as days, so that they are written without quotes."""
    if isinstance(value, Mapping):
        return {key: _days(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_days(each) for each in value]
    if isinstance(value, str) and len(value) == len("2027-03-02"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
