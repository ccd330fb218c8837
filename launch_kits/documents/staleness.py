"""Find stale documents: their inputs have changed since they were written.

The inputs of a document are recorded when it is written, and compared with the current ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from launch_kits.documents.facts import Facts
from launch_kits.documents.rendering import file_stem
from launch_kits.errors import DocumentError
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file
from launch_kits.settings.whole_file import write_whole

__all__ = ["note_inputs", "stale_documents"]

#: the most bytes of a record: a line for each input of a document
LARGEST = 1024 * 1024

#: the input that holds all that a new day changes
THE_DAY = "the day"
#: inputs whose names a reader would not understand → words for them
_WORDS = {
    "item": "its claims",
    "template": "its template",
    "dates": "how dates are written",
    "tasks": "the plan",
    THE_DAY: "a claim or card went out of date, or the release or launch day came",
    "draft": "its readers",
    "reader": "its readers",
    "inside": "its readers",
    "overrides": "its sections in the brief",
    "release_on": "the release day",
    "launch_on": "the launch day",
    "begin_on": "the first day of work",
    "desk": "the answer desk",
    "questioned": "claims in doubt",
    "timeline": "the plan",
    "today": "the day",
}
#: parts of the day → words; those of a card take the name of the competitor
_OF_DAY = {
    "release": "the release day came",
    "launch": "the launch day came",
    "doubts": "claims in doubt",
    "card": "the card on {} passed its review day, or was reviewed",
    "claims": "claims on {} that began or ended",
    "conflicts": "claims on {} that contradict each other",
}
#: fields of a task → words; the other fields are its days and its place in the plan
_OF_TASK = {
    "owner": "its owner",
    "owner_name": "its owner",
    "title": "its title",
    "audience": "its readers",
    "checklist": "its checklist",
    "item": "its claims",
    "template": "its template",
}
#: fields of the brief → words; the others are words themselves
_OF_BRIEF = {
    "launch": "the name of the launch",
    "release_on": "the release day",
    "launch_on": "the launch day",
    "begin_on": "the first day of work",
    "timezone": "the time zone",
    "blackouts": "the days off",
    "channel": "the Slack channel",
    "answer_within": "the time to answer sellers",
    "faq": "the FAQ",
    "pricing": "the prices",
    "press": "the press details",
    "goods": "the kind of goods",
    "company": "the size of company",
    "documents": "the choices for documents",
}


def note_inputs(facts: Facts, folder: Path, *, folders: tuple[Path, ...]) -> Path:
    """Record the inputs of a document in a folder.

    ``facts`` have the document's task. Returns the path of the record. Raises DocumentError if
    there is no such task or its template cannot be read, and OSError if the record cannot be
    written.
    """
    from launch_kits.documents.dependencies import day_parts, parts_of

    task = facts.task
    if task is None or task.template is None:
        raise DocumentError(
            "only the document of a task can be recorded; give the facts its task"
        )
    path = _record_path(folder, task.key)
    path.parent.mkdir(parents=True, exist_ok=True)
    digests = parts_of(task.template, facts, folders=folders)
    digests |= day_parts(task.template, facts, folders=folders)
    write_whole(path, json.dumps(digests, indent=0).encode())
    return path


def stale_documents(
    facts: Facts, folder: Path, *, folders: tuple[Path, ...]
) -> Mapping[str, tuple[str, ...]]:
    """The stale documents, by the records in a folder.

    The progress of tasks makes no document stale, because it changes every day. Documents without a
    record or with an unreadable template are left out.

    Returns task key → the inputs that have changed, in words.
    """
    return dict(_stale(facts, folder, folders))


def _stale(
    facts: Facts, folder: Path, folders: tuple[Path, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    from launch_kits.documents.dependencies import DAY, day_parts, parts_of, passes

    for task in facts.tasks:
        if task.template is None:
            continue
        recorded = _read(_record_path(folder, task.key))
        if recorded is None:
            continue
        try:
            current = parts_of(
                task.template, replace(facts, task=task), folders=folders
            )
        except DocumentError:
            continue
        changed = [
            name
            for name in {**recorded, **current}
            if recorded.get(name) != current.get(name)
            and not passes(name)
            and not name.startswith(DAY)
        ]
        if THE_DAY in changed:
            own = replace(facts, task=task)
            days = day_parts(task.template, own, folders=folders)
            changed.remove(THE_DAY)
            changed += _changed_by_day(recorded, days)
        if changed:
            yield task.key, tuple(dict.fromkeys(map(_in_words, changed)))


def _changed_by_day(
    recorded: Mapping[str, str], current: Mapping[str, str]
) -> list[str]:
    """The inputs that a new day changed; the day as a whole if the record is older than they."""
    from launch_kits.documents.dependencies import DAY

    then = {name: each for name, each in recorded.items() if name.startswith(DAY)}
    names = {**then, **current} if then else {}
    return [name for name in names if then.get(name) != current.get(name)] or [THE_DAY]


def _in_words(name: str) -> str:
    name = name.removesuffix("?")
    if name in _WORDS:
        return _WORDS[name]
    day, _, part = name.partition(":")
    if day == "day":
        what, _, competitor = part.partition(":")
        return _OF_DAY[what].format(competitor)
    kind, _, field = name.partition(".")
    if kind == "task":
        return _OF_TASK.get(field, "its place in the plan")
    if kind == "brief":
        field = field.partition(".")[0]
        return _OF_BRIEF.get(field, field)
    # a name of a template of the user's own
    return "its content"


def _record_path(folder: Path, key: str) -> Path:
    return folder / f"{file_stem(key)}.json"


def _read(path: Path) -> dict[str, str] | None:
    try:
        found = json.loads(read_file(path, most=LARGEST))
    except (OSError, ValueError, RecursionError, NotAFile, TooLarge):
        return None
    return found if isinstance(found, dict) else None
