"""What `render` says about edited documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from launch_kits.cli.options import say
from launch_kits.errors import Refused

if TYPE_CHECKING:
    from launch_kits.documents.files import Written
    from launch_kits.documents.output_folder import Saved

__all__ = ["refuse_conflicts", "say_edits", "say_unedited"]


def say_edits(saved: Sequence[Saved]) -> None:
    """Say which edited documents were kept or merged, and where the new drafts lie."""
    for each in saved:
        if each.held_back:
            say(f"note: {each.path.name} was not written: {each.held_back}")
        elif each.draft is not None:
            remedy = (
                "; `--merge` brings both together" if each.path.suffix == ".md" else ""
            )
            say(
                f"note: {each.path.name} was edited and is kept; "
                f"the new draft is {each.draft.name}{remedy}"
            )
        elif each.merged and not each.conflicts:
            say(f"note: {each.path.name}: your edits and the new draft are merged")


def refuse_conflicts(saved: Sequence[Saved]) -> None:
    """Raise Refused for documents in which a person has to decide."""
    marked = [each for each in saved if each.conflicts]
    if marked:
        told = ", ".join(f"{each.path.name} ({each.conflicts})" for each in marked)
        raise Refused(
            f"conflicts in {told}: decide each place between <<<<<<< and >>>>>>>, "
            "then render again"
        )


def say_unedited(made: Sequence[Written], folders: Sequence[Path]) -> None:
    """Warn of copies for readers outside whose working copy, in one of ``folders``, is edited.

    Such a copy is made from the brief: a working copy may have lines that its readers must not see.
    """
    from launch_kits.documents.files import edited_copies
    from launch_kits.inputs.audience import Audience

    for each in made:
        own_edits = any(saved.edited or saved.merged for saved in each.saved)
        if each.audience is Audience.INTERNAL or own_edits or not each.saved:
            continue
        edited = edited_copies(each.task, folders)
        if edited:
            say(
                f"warning: the copy of {each.task} for {each.audience} readers does not have "
                f"the edits of {edited[0]}; edit {each.saved[0].path} too, or write the "
                f"section into the brief under documents.{each.task}.sections"
            )
