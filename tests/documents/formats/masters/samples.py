"""PowerPoint and Word files of a company, and hostile ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from pptx import Presentation
from pptx.util import Inches

from launch_kits.documents.formats.masters.office_file import (
    OfficeMaster,
    read_master,
)
from launch_kits.settings.masters import Masters

#: hyperlinks and colours of the usual theme
LINK = b'<a:hlink><a:srgbClr val="0000FF"/></a:hlink>'
TEXTS = b'<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'


def saved(file: object) -> bytes:
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def company_slides() -> bytes:
    """A master of 4:3 with a slide of its own, and a footer with a sample text."""
    made = Presentation()
    made.slide_width = Inches(10)
    made.slide_height = Inches(7.5)
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text_frame.text = "Last year's secret"
    slide.notes_slide.notes_text_frame.text = "A secret note"
    return saved(made)


def company_word() -> bytes:
    """A Word file with text, a header with places, and a footer."""
    made = docx.Document()
    made.add_paragraph("Last year's secret")
    section = made.sections[0]
    header = section.header.paragraphs[0]
    for part in ("Example Ltd · {pro", "duct} · ", "{reader}"):
        header.add_run(part)
    section.footer.paragraphs[0].text = "Example Ltd, 1 Example Street"
    return saved(made)


def changed(data: bytes, parts: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """A zip file with changed parts; a part that it does not have is added."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, bytes)(old.read(name)))
        for name in set(parts) - set(old.namelist()):
            new.writestr(name, parts[name](b""))
    return made.getvalue()


def replaced(one: bytes, other: bytes) -> Callable[[bytes], bytes]:
    def replace(content: bytes) -> bytes:
        assert one in content
        return content.replace(one, other)

    return replace


def related(kind: str, target: str) -> Callable[[bytes], bytes]:
    """Adds a relation to something that lies elsewhere."""
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/'
        f'2006/relationships/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )
    return replaced(b"</Relationships>", relation.encode())


def in_file(folder: Path, name: str, data: bytes) -> OfficeMaster:
    """The master of a format, read from a file."""
    path = folder / f"company.{name}"
    path.write_bytes(data)
    found = read_master(Masters(**{name: path}), name)
    assert found is not None
    return found
