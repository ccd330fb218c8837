"""Copies of documents that `render` wrote, made again once their content has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.documents import FORMATS, Facts, TaskFacts, file_stem
from launch_kits.documents.files import note_written, write_document
from launch_kits.documents.output_folder import Saved
from launch_kits.inputs.audience import Audience
from launch_kits.settings import Settings
from launch_kits.views.facts import read_facts, read_stale

__all__ = ["write_copies_again"]


def write_copies_again(
    store: Store, slug: str, *, settings: Settings, now: datetime
) -> list[Path]:
    """Write the stale documents in the launch's own folder again, whatever their task's state.

    These are drafts of tasks that have not begun and copies for readers outside, in each format
    that was written. Documents that a person edited are kept, with the new draft beside them.
    Returns the files that were written. Raises DocumentError.
    """
    with store.read() as session:
        facts = read_facts(session, slug, now=now, documents=settings.documents)
    documents = settings.documents
    folders = settings.templates
    stale = read_stale(facts, documents=documents, folders=folders)
    written: list[Path] = []
    for task in facts.tasks:
        if task.key in stale:
            made = [*_made_again(facts, task, settings=settings)]
            written += [each.draft or each.path for each in made if not each.held_back]
            if not any(each.edited for each in made):
                note_written(facts, task.key, documents=documents, folders=folders)
    return written


def _made_again(
    facts: Facts, task: TaskFacts, *, settings: Settings
) -> Iterator[Saved]:
    out = settings.documents / facts.brief.launch
    for audience in Audience:
        if not audience.may_read(task.audience):
            continue
        folder = out if audience is Audience.INTERNAL else out / audience
        there = [
            name
            for name in FORMATS
            if (folder / f"{file_stem(task.key)}.{name}").is_file()
        ]
        if there and not folder.is_symlink():
            written = write_document(
                facts,
                task,
                folder,
                formats=there,
                reader=audience,
                folders=settings.templates,
                masters=settings.masters,
            )
            yield from written.saved
