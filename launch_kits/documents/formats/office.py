"""What the files of Word and PowerPoint have in common.

Their properties, and bytes that depend on nothing else.
"""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from launch_kits.documents.formats.metadata import DocumentMetadata

if TYPE_CHECKING:
    from docx.document import Document
    from pptx.presentation import Presentation

__all__ = ["sealed"]


def sealed(
    file: Document | Presentation, imprint: DocumentMetadata, *, title: str
) -> bytes:
    """A file as bytes, with the imprint as its properties.

    The time at which it is made leaves no trace.
    """
    about = file.core_properties
    about.title = imprint.called(title)
    about.subject = imprint.reader
    about.author = about.last_modified_by = imprint.author
    about.created = about.modified = datetime.combine(imprint.day, time())
    about.comments = about.keywords = ""
    about.revision = 1
    written = BytesIO()
    file.save(written)
    return _dated(written, imprint)


def _dated(file: BytesIO, imprint: DocumentMetadata) -> bytes:
    """A zip file whose members are all of the imprint's day."""
    day = imprint.day
    made = BytesIO()
    with ZipFile(file) as given, ZipFile(made, "w", ZIP_DEFLATED) as kept:
        for member in given.namelist():
            stamp = ZipInfo(member, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            stamp.compress_type = ZIP_DEFLATED
            kept.writestr(stamp, given.read(member))
    return made.getvalue()
