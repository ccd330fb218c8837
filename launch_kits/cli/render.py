"""The command `render`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from launch_kits.cli.options import (
    PATH,
    by_name,
    clock,
    kit_option,
    listed,
    now_option,
    open_store,
    planned_brief,
    say,
    tell,
)
from launch_kits.cli.render_edits import refuse_conflicts, say_edits, say_unedited
from launch_kits.cli.render_formats import say_missing
from launch_kits.cli.render_lacks import refuse_lacks, say_boxes, say_lacks
from launch_kits.errors import InputError, NotFound, Refused, suggest
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.documents import Facts
    from launch_kits.documents.files import Written
    from launch_kits.documents.output_folder import Edits, Saved
    from launch_kits.inputs.audience import Audience

__all__ = ["render"]


@click.command()
@click.argument("launch_or_brief")
@click.argument("task", required=False)
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    default="md",
    help="Of md, html, pdf, pptx, docx; md by default.",
)
@click.option(
    "--audience",
    metavar="LIST",
    default="internal",
    help="Of internal, partner, customer, with commas; internal by default.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=PATH,
    help="The folder; HOME/documents/LAUNCH by default, ./LAUNCH for a brief.",
)
@click.option(
    "--merge",
    is_flag=True,
    help="Bring edited Markdown and its new draft together; 1 if a person has to decide.",
)
@click.option("--force", is_flag=True, help="Overwrite edited documents.")
@click.option(
    "--complete",
    is_flag=True,
    help="Exit with 1 if a document for partners or customers lacks a part.",
)
@kit_option
@now_option
def render(
    launch_or_brief: str,
    task: str | None,
    formats: str,
    audience: str,
    out: Path | None,
    merge: bool,
    force: bool,
    complete: bool,
    kit: Path | None,
    now: datetime | None,
) -> None:
    """Write the documents as of now, with drafts.

    Tasks that are not reached yet get drafts. A document that you edited is kept: its new draft
    is written beside it, as NAME.new.md.

    LAUNCH_OR_BRIEF is a launch's name, or a brief's file or folder; with TASK, only its document is
    written.
    Slides (pptx) are made of the documents whose templates offer them.
    """
    from launch_kits.documents import FORMATS
    from launch_kits.inputs.audience import Audience
    from launch_kits.inputs.search import brief_or_launch

    settings = Settings.read()
    edits = _edits(merge=merge, force=force)
    kinds = listed(formats, FORMATS, "format")
    readers = [
        Audience(name)
        for name in listed(audience, [str(each) for each in Audience], "audience")
    ]
    brief = brief_or_launch(launch_or_brief)
    facts = _facts_of(launch_or_brief, brief, kit, settings, clock(now))
    _must_have_document(facts, task, readers)
    home = None if brief else settings.documents / facts.brief.launch
    _write(
        facts,
        task,
        out or home or Path(facts.brief.launch),
        formats=kinds,
        audiences=readers,
        home=home,
        edits=edits,
        complete=complete,
    )


def _edits(*, merge: bool, force: bool) -> Edits:
    from launch_kits.documents.output_folder import Edits

    if merge and force:
        raise Refused(
            "--merge keeps edits and --force overwrites them; choose one of them"
        )
    if force:
        return Edits.FORCE
    return Edits.MERGE if merge else Edits.KEEP


def _write(
    facts: Facts,
    task: str | None,
    folder: Path,
    *,
    formats: Sequence[str],
    audiences: Sequence[Audience],
    home: Path | None,
    edits: Edits,
    complete: bool,
) -> None:
    """Write the documents into a folder.

    ``home`` is the folder of a launch's own documents; those written there are recorded. Raises
    Refused at the end if a person has to decide a conflict, or if the documents must be
    ``complete`` and are not.
    """
    from launch_kits.documents.files import note_written, write
    from launch_kits.inputs.audience import Audience
    from launch_kits.settings.private_home import as_the_user
    from launch_kits.views.facts import read_stale

    settings = Settings.read()
    of: dict[str, Any] = {
        "documents": settings.documents,
        "folders": settings.templates,
    }
    stale = read_stale(facts, **of) if home else {}
    chosen: dict[str, Any] = {
        "formats": formats,
        "audiences": audiences,
        "only": task,
        "folders": settings.templates,
    }
    renewed: set[str] = set()
    made: list[Written] = []
    with as_the_user(folder, home=settings.home):
        own = settings.masters
        for written in write(facts, folder, **chosen, edits=edits, masters=own):
            made.append(written)
            if _tell_files(written, home) and written.audience is Audience.INTERNAL:
                note_written(facts, written.task, **of)
                renewed.add(written.task)
    say_missing(facts, chosen, nothing_written=not any(made))
    kept = _tell_made(made, folder)
    say_unedited(made, [folder, *([home] if home else [])])
    _say_stale(stale, renewed, task)
    refuse_conflicts(kept)
    if complete:
        refuse_lacks(made)


def _tell_files(written: Written, home: Path | None) -> bool:
    """Print the files of a document; returns whether one is the launch's own, not edited."""
    for saved in written.saved:
        if not saved.held_back:
            tell(saved.draft or saved.path)
    return any(
        home == saved.path.parent and not saved.edited for saved in written.saved
    )


def _tell_made(made: Sequence[Written], folder: Path) -> Sequence[Saved]:
    """Say which files were written, kept and held back; returns all files."""
    kept = [saved for written in made for saved in written.saved]
    say_edits(kept)
    say_lacks(made)
    say_boxes(made)
    documents = sum(not each.held_back for each in kept)
    say(f"{count(documents, 'document')} written to {folder}")
    return kept


def _say_stale(
    stale: Mapping[str, Sequence[str]], renewed: AbstractSet[str], task: str | None
) -> None:
    """Say why documents are out of date; the others are counted if one was asked for."""
    for key, why in stale.items():
        if task in (None, key):
            verb = "was" if key in renewed else "is"
            say(f"{key} {verb} out of date: {', '.join(why)}")
    others = len(stale.keys() - {task}) if task else 0
    if others:
        verb = "is" if others == 1 else "are"
        say(f"{count(others, 'other document')} {verb} out of date")


def _facts_of(
    name: str,
    brief: Path | None,
    kit: Path | None,
    settings: Settings,
    now: datetime,
) -> Facts:
    if brief:
        return _facts_of_brief(brief, kit, now)
    if kit:
        raise Refused(
            "a launch keeps the kit that it was started from; --kit goes with a brief"
        )
    return _facts_of_launch(name, settings, now)


def _facts_of_brief(brief: Path, kit: Path | None, now: datetime) -> Facts:
    from launch_kits.views.facts import facts_of_rollout

    planned = planned_brief(brief, kit=kit, now=now)
    lost = [fault for fault in planned.faults if fault.code == "unknown-section"]
    if lost:
        raise InputError(lost)
    rollout = planned.rollout
    return facts_of_rollout(rollout, today=now.astimezone(rollout.brief.zone()).date())


def _facts_of_launch(slug: str, settings: Settings, now: datetime) -> Facts:
    from launch_kits.views.facts import read_facts

    with by_name(slug), open_store(settings).read() as session:
        return read_facts(session, slug, now=now, documents=settings.documents)


def _must_have_document(
    facts: Facts, key: str | None, readers: Sequence[Audience]
) -> None:
    """Refuse a task without a document for these readers."""
    if key is None:
        return
    task = next((each for each in facts.tasks if each.key == key), None)
    if task is None:
        keys = [each.key for each in facts.tasks]
        raise NotFound(f'{facts.brief.launch} has no task "{key}"{suggest(key, keys)}')
    if task.template is None:
        having = ", ".join(each.key for each in facts.tasks if each.template)
        raise Refused(f'task "{key}" leaves no document; these do: {having or "none"}')
    if not any(reader.may_read(task.audience) for reader in readers):
        raise Refused(
            f'the document of "{key}" is {task.audience}: '
            f"it does not go to {' or '.join(readers)} readers; for a copy that does, write "
            f"`documents: {{{key}: {{audience: {readers[0]}}}}}` into the brief"
        )
