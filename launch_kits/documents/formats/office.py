"""Save Word and PowerPoint files, with their properties."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from launch_kits.documents.formats.metadata import DocumentMetadata

if TYPE_CHECKING:
    from docx.document import Document
    from pptx.presentation import Presentation

__all__ = ["sealed"]


def sealed(
    file: Document | Presentation, metadata: DocumentMetadata, *, title: str
) -> bytes:
    """Save a file with the metadata as its properties.

    Returns bytes that do not depend on the time at which the file is made.
    """
    properties = file.core_properties
    properties.title = metadata.called(title)
    properties.subject = metadata.reader
    properties.author = properties.last_modified_by = metadata.author
    properties.created = properties.modified = datetime.combine(metadata.day, time())
    properties.comments = properties.keywords = ""
    properties.revision = 1
    saved = BytesIO()
    file.save(saved)
    return _dated(saved, metadata.day)


def _dated(file: BytesIO, day: date) -> bytes:
    """Give all members of a zip file the date of one day."""
    # the zip format has no dates before 1980
    stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    dated = BytesIO()
    with ZipFile(file) as source, ZipFile(dated, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = ZipInfo(name, stamp)
            member.compress_type = ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return dated.getvalue()
