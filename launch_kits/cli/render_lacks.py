"""Messages of `render` about documents that lack a part, or the font of a character."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from launch_kits.cli.options import say
from launch_kits.errors import Refused
from launch_kits.workdays.in_words import listed

if TYPE_CHECKING:
    from launch_kits.documents.files import Written

__all__ = ["refuse_lacks", "say_boxes", "say_lacks"]

#: characters without a font that are named
NAMED = 12


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


def say_boxes(documents: Iterable[Written]) -> None:
    """Say which characters are boxes in PDF files, and how to show them."""
    from launch_kits.documents.formats.glyphs import REMEDY

    boxes: dict[str, list[str]] = {}
    for each in documents:
        for character in each.boxes:
            boxes.setdefault(character, []).append(each.task)
    if not boxes:
        return
    named = " ".join(f"{each} (U+{ord(each):04X})" for each in [*boxes][:NAMED])
    more = f" and {len(boxes) - NAMED} more" if len(boxes) > NAMED else ""
    tasks = list(dict.fromkeys(task for found in boxes.values() for task in found))
    where = ", ".join(listed(tasks, most=5))
    say(
        f"warning: no font of this machine has {named}{more}: boxes in the PDF files of {where}; "
        f"{REMEDY}"
    )


def refuse_lacks(documents: Iterable[Written]) -> None:
    """Raise Refused if a document for partners or customers lacks a part."""
    lacking = dict.fromkeys(each.task for each in documents if each.lacks)
    if lacking:
        raise Refused(
            f"not complete: {', '.join(lacking)}; supply the parts in the brief, "
            "or render without --complete"
        )
