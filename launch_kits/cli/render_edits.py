"""What `render` says about edited documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from launch_kits.cli.options import say
from launch_kits.errors import Refused

if TYPE_CHECKING:
    from launch_kits.documents.output_folder import Saved

__all__ = ["refuse_conflicts", "say_edits"]


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
