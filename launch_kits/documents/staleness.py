"""Which written documents are out of date.

What each was made from is noted, and set against what is so now.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from launch_kits.documents.facts import Facts
from launch_kits.documents.rendering import file_stem
from launch_kits.errors import DocumentError

__all__ = ["note_inputs", "stale_documents"]

#: parts whose names say little to a reader
_WORDS = {
    "item": "its claims",
    "template": "its template",
    "tasks": "the plan",
    "the day": "what the day brought",
    "draft": "its readers",
    "reader": "its readers",
    "inside": "its readers",
}


def note_inputs(facts: Facts, folder: Path, *, folders: tuple[Path, ...]) -> Path:
    """Note in a folder what a document was made from.

    ``facts`` are its own. Raises DocumentError, OSError.
    """
    from launch_kits.documents.dependencies import parts_of

    task = facts.task
    if task is None or task.template is None:
        raise DocumentError(
            "only a task's document can be noted; give the facts its task"
        )
    path = _noted(folder, task.key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(parts_of(task.template, facts, folders=folders), indent=0),
        encoding="utf-8",
    )
    return path


def stale_documents(
    facts: Facts, folder: Path, *, folders: tuple[Path, ...]
) -> Mapping[str, tuple[str, ...]]:
    """Task key → what has changed since its document was noted in a folder, in words; fresh ones
    are left out.

    How far the tasks are makes no document stale: that changes every day. A document that nothing
    was noted of, and one whose template cannot be read any more, are left out too.
    """
    return dict(_stale(facts, folder, folders))


def _stale(
    facts: Facts, folder: Path, folders: tuple[Path, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    from launch_kits.documents.dependencies import PASSING, parts_of

    for task in facts.tasks:
        before = _read(_noted(folder, task.key)) if task.template else None
        if before is None or task.template is None:
            continue
        try:
            now = parts_of(task.template, replace(facts, task=task), folders=folders)
        except DocumentError:
            continue
        changed = [
            name
            for name in {**before, **now}
            if before.get(name) != now.get(name) and name not in PASSING
        ]
        if changed:
            yield task.key, tuple(dict.fromkeys(_in_words(name) for name in changed))


def _in_words(name: str) -> str:
    name = name.removesuffix("?")
    return _WORDS.get(name) or name.removeprefix("brief.").replace("_", " ").replace(
        ".", ": "
    )


def _noted(folder: Path, key: str) -> Path:
    return folder / f"{file_stem(key)}.json"


def _read(path: Path) -> dict[str, str] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
