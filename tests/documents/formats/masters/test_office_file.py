from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from launch_kits.documents.formats.masters import office_file
from launch_kits.documents.formats.masters.office_file import read_master
from launch_kits.documents.formats.masters.slides import own_deck
from launch_kits.documents.formats.registry import make
from launch_kits.errors import DocumentError
from launch_kits.settings.masters import Masters
from tests.documents.formats.masters.samples import (
    changed,
    company_slides,
    company_word,
    in_file,
    related,
    replaced,
)
from tests.documents.formats.test_pptx import METADATA

TYPES = "[Content_Types].xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
MASTER_RELATIONS = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
STYLES = "word/styles.xml"
SETTINGS_RELATIONS = "word/_rels/settings.xml.rels"
DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"


def refusal(folder: Path, name: str, data: bytes) -> str:
    """The message about a master, without its setting and path."""

    def used() -> None:
        master = in_file(folder, name, data)
        make(name, "# A\n\n## B\n\nc", replace(METADATA, master=master))

    with pytest.raises(DocumentError) as raised:
        used()
    setting = f"LAUNCH_KITS_{name.upper()}_MASTER {folder / f'company.{name}'}: "
    assert str(raised.value).startswith(setting)
    return str(raised.value).removeprefix(setting)


def bomb() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        file.writestr(TYPES, b"<Types/>")
        file.writestr("ppt/media/image1.png", bytes(office_file.MOST_UNPACKED))
    return made.getvalue()


def active(kind: bytes) -> bytes:
    """A master with a part of a type, to which the master of the slides refers."""
    part = b'<Override PartName="/ppt/vba.bin" ContentType="' + kind + b'"/></Types>'
    relation = (
        b'<Relationship Id="rId98" Type="http://schemas.example/part" '
        b'Target="../vba.bin"/></Relationships>'
    )
    return changed(
        company_slides(),
        {
            TYPES: replaced(b"</Types>", part),
            MASTER_RELATIONS: replaced(b"</Relationships>", relation),
            "ppt/vba.bin": lambda _: b"code",
        },
    )


HOSTILE = [
    ("pptx", b"no zip", "not a PowerPoint file that can be read; save it again"),
    ("docx", b"PK\x05\x06" + bytes(18), "not a Word file that can be read"),
    ("docx", company_slides(), "not a Word file that can be read"),
    ("pptx", b"\xd0\xcf\x11\xe0" + bytes(600), "has a password or an old format"),
    ("pptx", bomb(), "unpacks to more than 100 MiB or 2,000 files"),
    (
        "pptx",
        changed(company_slides(), {f"a/{at}": lambda _: b"" for at in range(2_001)}),
        "unpacks to more than",
    ),
    (
        "pptx",
        changed(company_slides(), {MASTER: lambda old: b"<!DOCTYPE x>" + old}),
        f"has a document type in {MASTER}",
    ),
    (
        "pptx",
        changed(
            company_slides(),
            {MASTER: lambda _: "<!DOCTYPE x><x/>".encode("utf-16")},
        ),
        f"has a document type in {MASTER}",
    ),
    (
        "pptx",
        changed(company_slides(), {MASTER: lambda _: b"<a>" * 100_000}),
        "not a PowerPoint file that can be read",
    ),
    ("pptx", active(b"application/vnd.ms-office.vbaProject"), "has macros; take"),
    ("pptx", active(b"application/vnd.ms-office.activeX+xml"), "has a control; take"),
    (
        "pptx",
        active(b"application/vnd.openxmlformats-officedocument.oleObject"),
        "has an embedded object; take it out, and save it as .pptx",
    ),
    (
        "pptx",
        changed(
            company_slides(),
            {MASTER_RELATIONS: related("image", "https://example.com/x.png")},
        ),
        "has a picture that lies elsewhere (https://example.com/x.png); take it out",
    ),
    (
        "pptx",
        changed(
            company_slides(),
            {MASTER_RELATIONS: related("hyperlink", "file:///etc/passwd")},
        ),
        "has a link that leads neither to the web nor to a mailbox (file:///etc/passwd)",
    ),
    (
        "docx",
        changed(
            company_word(),
            {DOCUMENT_RELATIONS: related("attachedTemplate", "//host/a.dotx")},
        ),
        "has a template that lies elsewhere (//host/a.dotx)",
    ),
]


@pytest.mark.parametrize(("name", "data", "message"), HOSTILE)
def test_a_hostile_master_is_refused_with_its_name(
    name: str, data: bytes, message: str, tmp_path: Path
) -> None:
    assert refusal(tmp_path, name, data).startswith(message)


def test_a_link_that_people_click_is_not_a_part_elsewhere(tmp_path: Path) -> None:
    linked = changed(
        company_slides(),
        {MASTER_RELATIONS: related("hyperlink", "https://example.com/")},
    )
    assert own_deck(in_file(tmp_path, "pptx", linked)).own


def test_only_a_regular_small_file_is_read(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(office_file, "MOST_BYTES", 1024)
    assert refusal(tmp_path, "pptx", company_slides()).startswith("larger than 0 MiB")
    os.mkfifo(tmp_path / "pipe")
    for path, message in (
        (tmp_path, "this is a folder; name a file"),
        (tmp_path / "pipe", "this is a pipe; name a file"),
        (tmp_path / "missing", "no such file or directory; correct the setting"),
    ):
        with pytest.raises(DocumentError, match=message):
            read_master(Masters(docx=path), "docx")


def test_a_format_without_a_master_has_none(tmp_path: Path) -> None:
    assert read_master(Masters(docx=tmp_path / "missing"), "pptx") is None
    assert read_master(Masters(docx=tmp_path / "missing"), "html") is None


def test_a_template_is_a_master_too(tmp_path: Path) -> None:
    template = changed(
        company_slides(),
        {TYPES: replaced(b"presentation.main+xml", b"template.main+xml")},
    )
    assert own_deck(in_file(tmp_path, "pptx", template)).own
