"""The command `render`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    PATH,
    by_name,
    clock,
    kit_option,
    listed,
    now_option,
    open_store,
    say,
    tell,
)
from launch_kits.cli.render_edits import refuse_conflicts, say_edits, say_unedited
from launch_kits.cli.render_formats import say_missing
from launch_kits.cli.render_lacks import refuse_lacks, say_boxes, say_lacks
from launch_kits.errors import Refused
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.documents import Facts
    from launch_kits.documents.files import Written
    from launch_kits.documents.output_folder import Edits, Saved

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
    from launch_kits.views import rendering

    settings = Settings.read()
    readers = listed(audience, [str(each) for each in Audience], "audience")
    asked = rendering.RenderRequest(
        listed(formats, FORMATS, "format"),
        [Audience(name) for name in readers],
        task,
        _edits(merge=merge, force=force),
    )
    brief = brief_or_launch(launch_or_brief)
    facts = _facts_of(launch_or_brief, brief, kit, settings, clock(now))
    home = None if brief else settings.documents / facts.brief.launch
    folder = out or home or Path(facts.brief.launch)
    found = rendering.render(
        facts, folder, asked, settings=settings, home=home, tell=_tell_files
    )
    say_missing(found, readers)
    kept = _tell_made(found.made, folder)
    say_unedited(found.made, [folder, *([home] if home else [])])
    _say_stale(found.stale, found.renewed, task)
    refuse_conflicts(kept)
    if complete:
        refuse_lacks(found.made)


def _edits(*, merge: bool, force: bool) -> Edits:
    from launch_kits.documents.output_folder import Edits

    if merge and force:
        raise Refused(
            "--merge keeps edits and --force overwrites them; choose one of them"
        )
    if force:
        return Edits.FORCE
    return Edits.MERGE if merge else Edits.KEEP


def _tell_files(written: Written) -> None:
    for saved in written.saved:
        if not saved.held_back:
            tell(saved.draft or saved.path)


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
    from launch_kits.views.facts import read_facts
    from launch_kits.views.rendering import facts_of_brief

    if brief:
        return facts_of_brief(brief, settings=settings, kit=kit, now=now)
    if kit:
        raise Refused(
            "a launch keeps the kit that it was started from; --kit goes with a brief"
        )
    with by_name(name), open_store(settings).read() as session:
        return read_facts(session, name, now=now, documents=settings.documents)
