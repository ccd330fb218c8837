"""Messages of `render` about documents that lack a part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from launch_kits.cli.options import say
from launch_kits.errors import Refused

if TYPE_CHECKING:
    from launch_kits.documents.files import Written

__all__ = ["refuse_lacks", "say_lacks"]


def say_lacks(documents: Iterable[Written]) -> None:
    """Say which documents for partners or customers lack a part, or are held back."""
    told: set[tuple[str, Sequence[str]]] = set()
    for each in documents:
        if each.held_back:
            parts = ", ".join(each.held_back)
            say(
                f"note: {each.task} is held back from {each.audience} readers: "
                f"it lacks {parts}"
            )
        elif each.lacks and (each.task, each.lacks) not in told:
            told.add((each.task, each.lacks))
            say(f"note: {each.task} lacks {', '.join(each.lacks)}")


def refuse_lacks(documents: Iterable[Written]) -> None:
    """Raise Refused if a document for partners or customers lacks a part."""
    lacking = dict.fromkeys(each.task for each in documents if each.lacks)
    if lacking:
        raise Refused(
            f"not complete: {', '.join(lacking)}; supply the parts in the brief, "
            "or render without --complete"
        )
