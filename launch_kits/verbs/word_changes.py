"""The words that differ between two briefs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from launch_kits.inputs.attachments import file_words

__all__ = ["WordChange", "brief_changes"]

#: keys by which the entries of a list are known, the first that all of them have
NAMES = ("key", "id", "name", "metric", "plan")
#: parts of an object that it is shown by
SHOWN_BY = ("title", "name", "claim", "key", "id")
#: parts of a kit that are shown; its tasks are shown one by one
KIT_PARTS = ("kit", "version", "title")


class WordChange(NamedTuple):
    """A text, number or list that differs."""

    #: the key of a task; None for the brief
    task: str | None
    #: the part of the task, or the place in the brief such as ``team.sales.email``
    field: str
    #: as JSON has them, an object by its name; None for a place that is not there
    before: Any
    after: Any


def brief_changes(
    before: Mapping[str, Any], after: Mapping[str, Any], *, fields: Sequence[str]
) -> Iterator[WordChange]:
    """Yield the words of two briefs that differ, in the order of the fields.

    The briefs are as JSON has them, kit and ledgers in place.
    """
    for name in fields:
        old = before.get(name)
        new = after.get(name)
        if name == "kit":
            old = _shown_of_kit(old)
            new = _shown_of_kit(new)
        yield from _differing(name, old, new)


def _shown_of_kit(kit: Any) -> Any:  # noqa: ANN401  as JSON has it
    if not isinstance(kit, Mapping):
        return kit
    return {name: kit.get(name) for name in KIT_PARTS}


def _differing(place: str, before: Any, after: Any) -> Iterator[WordChange]:  # noqa: ANN401  as JSON has it
    if before == after:
        return
    before, after = file_words(before), file_words(after)
    old = _entries(before)
    new = _entries(after)
    if old is None or new is None:
        yield WordChange(None, place, _short(before), _short(after))
        return
    for name in dict.fromkeys((*old, *new)):
        yield from _differing(f"{place}.{name}", old.get(name), new.get(name))


def _short(value: Any) -> Any:  # noqa: ANN401  as JSON has it
    """A part that comes or goes: an object by its title or name, without empty fields."""
    if isinstance(value, list):
        return [_short(each) for each in value]
    value = file_words(value)
    if not isinstance(value, Mapping):
        return value
    named = (value.get(key) for key in SHOWN_BY)
    filled = {key: _short(each) for key, each in value.items() if each is not None}
    return next(filter(None, named), filled)


def _entries(value: Any) -> Mapping[str, Any] | None:  # noqa: ANN401  as JSON has it
    """The named parts of an object or of a list of objects; None for anything else."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, list) or not all(
        isinstance(entry, Mapping) for entry in value
    ):
        return None
    for key in NAMES:
        names = [entry.get(key) for entry in value]
        if None not in names and len(set(map(str, names))) == len(names):
            return {str(entry[key]): entry for entry in value}
    return None
