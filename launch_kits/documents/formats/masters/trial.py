"""A trial of the company's own files, with a short document in each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from launch_kits.documents.formats.masters.office_file import read_master
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.registry import make
from launch_kits.errors import DocumentError
from launch_kits.settings.masters import Masters

__all__ = ["unfit"]

#: it has what documents have: sections, both kinds of lists, a table, a source
_TRIAL = (
    "# Trial\n\nText\n\n## Section\n\n- point\n\n1. step\n\n| a | b |\n|---|---|\n| 1 | 2[^1] |\n\n"
    "## Sources\n\n[^1]: a source\n"
)


def unfit(masters: Masters, *, day: date) -> Iterator[DocumentError]:
    """Yield the fault of each master in which no document can be made.

    The error names the setting, the file, the fault and the remedy. Masters that are not set have
    none.
    """
    for name in ("pptx", "docx"):
        try:
            master = read_master(masters, name)
            if master is not None:
                about = DocumentMetadata(
                    title="Trial",
                    product="Trial",
                    reader="Internal",
                    author="",
                    day=day,
                    master=master,
                )
                make(name, _TRIAL, about)
        except DocumentError as error:
            yield error
