"""A folder of documents, in which people's edits are never overwritten.

`.launch-kits.json` in it has for each file the SHA-256 of its content as written, the reader, and
of Markdown the text. A file with another content, or without an entry, is edited.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from launch_kits.documents.merging import is_marked, merge
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file
from launch_kits.settings.whole_file import write_whole

__all__ = ["NOTES", "Edits", "OutputFolder", "Saved"]

#: the file with the entries
NOTES = ".launch-kits.json"

#: the most bytes of a document that is compared, and of the entries
LARGEST = 64 * 1024 * 1024


class Edits(StrEnum):
    """What becomes of an edited document."""

    #: it is kept, and the new draft lies beside it
    KEEP = "keep"
    #: Markdown is merged with the new draft, other formats are kept
    MERGE = "merge"
    #: it is overwritten
    FORCE = "force"


@dataclass(frozen=True, slots=True)
class Saved:
    """A document after a render."""

    path: Path
    #: the new draft beside an edited document; None if the document itself was written
    draft: Path | None = None
    #: whether the edits and the new draft were brought together
    merged: bool = False
    #: the number of places that a person has to decide
    conflicts: int = 0
    #: the reason why nothing was written; empty if something was
    held_back: str = ""

    @property
    def edited(self) -> bool:
        """Whether the document was kept as a person edited it."""
        return self.draft is not None or bool(self.held_back)


class OutputFolder:
    """The documents in a folder, for one reader."""

    def __init__(self, folder: Path, reader: Audience = Audience.INTERNAL) -> None:
        self.folder = folder
        self.reader = reader

    def edited_text(self, name: str) -> str | None:
        """The text of an edited Markdown document for this reader.

        Returns None if there is none, or if it is not known to be fit for the reader.
        """
        entry = self._entries().get(name)
        content = self._content(name)
        if content is None or _is_as_written(content, entry):
            return None
        known = entry["audience"] if entry else Audience.INTERNAL
        return _decoded(content) if known == self.reader else None

    def edited(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the named files that a person edited."""
        entries = self._entries()
        contents = [(name, self._content(name)) for name in names]
        return tuple(
            name
            for name, content in contents
            if content is not None and not _is_as_written(content, entries.get(name))
        )

    def save(
        self, name: str, content: bytes, *, edits: Edits = Edits.KEEP, text: bool
    ) -> Saved:
        """Write a document, or its draft beside an edited one.

        ``text`` tells that it is Markdown. Raises DocumentError if it cannot be written.
        """
        path = self.folder / name
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with _held(self.folder):
                return self._save(path, content, edits=edits, text=text)
        except OSError as error:
            reason = (error.strerror or "cannot be written").lower()
            raise DocumentError(
                f"{path}: {reason}; check the folder and its permissions"
            ) from None

    def discard(self, name: str) -> bool:
        """Remove a document, unless a person edited it; returns whether it is gone now."""
        content = self._content(name)
        if content is not None and _is_as_written(content, self._entries().get(name)):
            with suppress(OSError):
                (self.folder / name).unlink()
                return True
        return False

    def _save(self, path: Path, content: bytes, *, edits: Edits, text: bool) -> Saved:
        entries = self._entries()
        entry = entries.get(path.name)
        if edits is Edits.FORCE or self._may_replace(path, entry, content):
            self._write(path, content, entries, text=text)
            return Saved(path)
        if edits is Edits.MERGE and text:
            found = self._merged(path, entry, content)
            if found is not None:
                return self._write_merged(path, content, found, entries)
        draft = _beside(path)
        if not self._may_replace(draft, entries.get(draft.name), content):
            why = f"{draft.name} was edited too; move it away to get the new draft"
            return Saved(path, held_back=why)
        write_whole(draft, content)
        self._note(entries, draft.name, content, text=text)
        return Saved(path, draft=draft)

    def _write(
        self, path: Path, content: bytes, entries: dict[str, Any], *, text: bool
    ) -> None:
        write_whole(path, content)
        self._remove_draft(path, entries)
        self._note(entries, path.name, content, text=text)

    def _write_merged(
        self,
        path: Path,
        draft: bytes,
        found: tuple[bytes, int],
        entries: dict[str, Any],
    ) -> Saved:
        """Write a merged document; its base is the draft from now on."""
        content, conflicts = found
        write_whole(path, content)
        self._remove_draft(path, entries)
        self._note(entries, path.name, draft, text=True)
        return Saved(path, merged=True, conflicts=conflicts)

    def _merged(
        self, path: Path, entry: dict[str, Any] | None, draft: bytes
    ) -> tuple[bytes, int] | None:
        """The edited document with the changes of a draft, and the number of conflicts.

        Returns None for a document that is no text, or was written for other readers.
        """
        content = self._content(path.name)
        edited = None if content is None else _decoded(content)
        known = entry["audience"] if entry else Audience.INTERNAL
        if edited is None or known != self.reader:
            return None
        merged = merge(entry["base"] if entry else None, edited, draft.decode())
        conflicts = max(merged.conflicts, int(is_marked(merged.text)))
        return merged.text.encode(), conflicts

    def _may_replace(
        self, path: Path, entry: dict[str, Any] | None, content: bytes
    ) -> bool:
        """Whether there is no file, or one as it was written or will be."""
        if path.is_symlink():
            return False
        if not path.exists():
            return True
        found = self._content(path.name)
        return found is not None and (found == content or _is_as_written(found, entry))

    def _content(self, name: str) -> bytes | None:
        """The content of a file; None if there is none, or for a link."""
        path = self.folder / name
        if path.is_symlink():
            return None
        with suppress(OSError, NotAFile, TooLarge, ValueError):
            return read_file(path, most=LARGEST)
        return None

    def _remove_draft(self, path: Path, entries: dict[str, Any]) -> None:
        """Remove the draft beside a document that has its changes now."""
        draft = _beside(path)
        content = self._content(draft.name)
        if content is not None and _is_as_written(content, entries.get(draft.name)):
            draft.unlink()
        entries.pop(draft.name, None)

    def _note(
        self, entries: dict[str, Any], name: str, content: bytes, *, text: bool
    ) -> None:
        entries[name] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "audience": self.reader.value,
            "base": content.decode() if text else None,
        }
        lines = [
            _line(name, each["sha256"], each["audience"], each.get("base"))
            for name, each in sorted(entries.items())
        ]
        kept = "{{\n{}\n}}\n".format(",\n".join(lines)).encode()
        path = self.folder / NOTES
        write_whole(path, kept)
        _known.clear()
        _known[path] = kept, dict(entries)

    def _entries(self) -> dict[str, Any]:
        """The entries of the folder; those that cannot be read are left out."""
        content = self._content(NOTES) or b"{}"
        known = _known.get(self.folder / NOTES)
        if known is not None and known[0] == content:
            return dict(known[1])
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {name: entry for name, entry in found.items() if _is_entry(entry)}


#: the entries that this process wrote last, with the content of their file: a render writes them
#: once for each document
_known: dict[Path, tuple[bytes, dict[str, Any]]] = {}


@lru_cache(maxsize=1024)
def _line(name: str, sha256: str, audience: str, base: str | None) -> str:
    """An entry as JSON, on one line."""
    entry = {"audience": audience, "base": base, "sha256": sha256}
    return f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}"


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("sha256"), str)
        and isinstance(entry.get("audience"), str)
        and isinstance(entry.get("base"), str | None)
    )


def _is_as_written(content: bytes, entry: dict[str, Any] | None) -> bool:
    return entry is not None and entry["sha256"] == hashlib.sha256(content).hexdigest()


def _decoded(content: bytes) -> str | None:
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    return None


def _beside(path: Path) -> Path:
    """The place of a draft: ``battlecard-redis.new.md``."""
    return path.with_name(f"{path.stem}.new{path.suffix}")


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Let one process at a time write into a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
