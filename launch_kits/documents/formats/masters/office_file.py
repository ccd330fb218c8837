"""The company's own PowerPoint or Word file, read within bounds and checked.

A file with macros, with controls or with parts that lie elsewhere is refused: it would be sent on
with every document.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from launch_kits.errors import DocumentError
from launch_kits.inputs.document_types import has_document_type
from launch_kits.inputs.links import is_web_link
from launch_kits.settings.masters import Masters
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file

if TYPE_CHECKING:
    from pptx.oxml.xmlchemy import BaseOxmlElement

__all__ = ["OfficeMaster", "must_be_clean", "read_master"]

MIB = 1024 * 1024
#: bytes of the file: every document made in it is as large
MOST_BYTES = 20 * MIB
MOST_UNPACKED = 100 * MIB
MOST_MEMBERS = 2_000

_KINDS = {"pptx": "PowerPoint", "docx": "Word"}
#: the first bytes of a file with a password, and of the formats before 2007
_COMPOUND = b"\xd0\xcf\x11\xe0"
_TYPES = "[Content_Types].xml"
#: the type of a template → that of a document, which the libraries open
_TEMPLATES = {
    b"presentationml.template.main+xml": b"presentationml.presentation.main+xml",
    b"wordprocessingml.template.main+xml": b"wordprocessingml.document.main+xml",
}
#: a part of a type → its name in words
_ACTIVE = {
    "macroenabled": "macros",
    "vbaproject": "macros",
    "activex": "a control",
    "oleobject": "an embedded object",
    "officedocument.package": "an embedded file",
}
_LINKED = "a part that lies elsewhere"
#: the end of a relation's type → what it refers to
_ELSEWHERE = {
    "attachedTemplate": "a template that lies elsewhere",
    "image": "a picture that lies elsewhere",
    "hyperlink": "a link that leads neither to the web nor to a mailbox",
}

#: the errors of a file that is no sound zip file
_NO_ZIP = (
    *(BadZipFile, EOFError, KeyError, ZlibError),
    *(NotImplementedError, RuntimeError, ValueError),
)


class _UnfitMaster(Exception):
    """A file that cannot be a master; the text has the fault and the remedy."""


@dataclass(frozen=True, slots=True)
class OfficeMaster:
    """A file that documents are made in."""

    #: its setting and path, for messages
    named: str
    #: the name of its format
    name: str
    data: bytes

    def fault(self, message: str) -> DocumentError:
        """An error about this file."""
        return DocumentError(f"{self.named}: {message}")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn the errors of libraries into one that names the file."""
        try:
            yield
        except DocumentError:
            raise
        except Exception as error:
            raise self.fault(str(_unreadable(self.name))) from error


def read_master(masters: Masters, name: str) -> OfficeMaster | None:
    """The master for the format ``name``; None if the settings name none.

    Raises DocumentError, which names the setting, the file, the fault and the remedy.
    """
    found = masters.of(name)
    if found is None:
        return None
    setting, path = found
    named = f"{setting} {path}"
    try:
        data = read_file(path, most=MOST_BYTES)
    except NotAFile as error:
        raise DocumentError(f"{named}: this is {error}; name a file") from None
    except TooLarge:
        raise DocumentError(
            f"{named}: larger than {MOST_BYTES // MIB} MiB; make its pictures smaller"
        ) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "cannot be read").lower()
        raise DocumentError(
            f"{named}: {reason}; correct the setting or unset it"
        ) from None
    try:
        return OfficeMaster(named, name, _opened(data, name))
    except _UnfitMaster as error:
        raise DocumentError(f"{named}: {error}") from None


@lru_cache(maxsize=2)
def _opened(data: bytes, name: str) -> bytes:
    """The file, if it can be opened without harm; a template as a document. Raises _UnfitMaster."""
    if data.startswith(_COMPOUND):
        raise _UnfitMaster(
            f"has a password or an old format; save it as .{name} without"
        )
    parts = _parts(data, name)
    if _TYPES not in parts:
        raise _unreadable(name)
    for part, content in parts.items():
        is_xml = part.endswith((".xml", ".rels"))
        if is_xml and has_document_type(content):
            raise _UnfitMaster(
                f"has a document type in {part}; save it again as .{name}"
            )
    return _as_document(parts)


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(data)) as file:
            _must_be_small(file.infolist())
            return {each.filename: file.read(each) for each in file.infolist()}
    except _NO_ZIP as fault:
        raise _unreadable(name) from fault


def _unreadable(name: str) -> _UnfitMaster:
    return _UnfitMaster(
        f"not a {_KINDS[name]} file that can be read; save it again as .{name}"
    )


def _must_be_small(members: list[ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise _UnfitMaster(
            f"unpacks to more than {MOST_UNPACKED // MIB} MiB or {MOST_MEMBERS:,} files; "
            "take pictures and films out of it"
        )


def must_be_clean(master: OfficeMaster) -> None:
    """Raise DocumentError if a part is active, embedded or elsewhere."""
    for fault in _faults(_parts(master.data, master.name)):
        raise master.fault(f"has {fault}; take it out, and save it as .{master.name}")


def _faults(parts: dict[str, bytes]) -> Iterator[str]:
    """Name the forbidden parts of a master, by their types and relations."""
    types = [str(each.get("ContentType", "")) for each in _elements(parts, _TYPES)]
    for part in (*types, *parts):
        yield from (told for mark, told in _ACTIVE.items() if mark in part.casefold())
    for name in parts:
        if name.endswith(".rels"):
            yield from _elsewhere(parts, name)


def _elsewhere(parts: dict[str, bytes], name: str) -> Iterator[str]:
    """Name relations to other files; links that a reader may click are none."""
    for each in _elements(parts, name):
        target = str(each.get("Target", ""))
        kind = str(each.get("Type", ""))
        clicked = kind.endswith("/hyperlink") and (
            is_web_link(target) or target.startswith("mailto:")
        )
        if each.get("TargetMode") == "External" and not clicked:
            told = _ELSEWHERE.get(kind.rpartition("/")[2], _LINKED)
            yield f"{told} ({target[:60]})"


def _elements(parts: dict[str, bytes], name: str) -> Iterator[BaseOxmlElement]:
    from pptx.oxml import parse_xml

    yield from parse_xml(parts[name])


def _as_document(parts: dict[str, bytes]) -> bytes:
    """The parts as a file that is no template."""
    types = parts[_TYPES]
    for template, document in _TEMPLATES.items():
        types = types.replace(template, document)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, types if name == _TYPES else content)
    return made.getvalue()
