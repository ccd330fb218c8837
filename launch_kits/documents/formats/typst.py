"""Typst with a fixed program, kept from document to document.

The program gets the texts of a document as data, and never reads them as Typst.
"""

from __future__ import annotations

import atexit
import json
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Literal

__all__ = ["TypstCompiler", "compiler"]

#: dots in an inch of a PNG picture
RESOLUTION = 200.0


class TypstCompiler:
    """Typst with its program, its fonts and a brand's; it can read no other file."""

    def __init__(self, font: bytes | None = None) -> None:
        from typst import Compiler, Fonts

        kept = ExitStack()
        atexit.register(kept.close)
        empty = kept.enter_context(TemporaryDirectory(prefix="launch-kits-"))
        package = files(__package__)
        fonts = kept.enter_context(as_file(package.joinpath("fonts")))
        folders = [str(fonts)]
        if font is not None:
            own = kept.enter_context(TemporaryDirectory(prefix="launch-kits-"))
            Path(own, "brand.ttf").write_bytes(font)
            folders.append(own)
        self._program = package.joinpath("page.typ").read_bytes()
        self._picture = package.joinpath("picture.typ").read_bytes()
        self._glyphs = package.joinpath("glyphs.typ").read_bytes()
        self._typst = Compiler(
            root=empty,
            package_path=empty,
            package_cache_path=empty,
            font_paths=Fonts(font_paths=folders),
        )
        self._lock = Lock()

    def compile(self, document: str, *, day: date) -> bytes:
        """Make a PDF file of a document.

        ``document`` is the JSON that the program reads; ``day`` is the file's date, at midnight
        UTC. Returns the file.
        """
        return self._compile(self._program, document, day)

    def probe(self, document: str, *, day: date) -> bytes:
        """Make a PDF file with a page for each character of ``document``, which is JSON."""
        return self._compile(self._glyphs, document, day)

    def picture(
        self,
        svg: str,
        *,
        width: int,
        title: str,
        description: str,
        kind: Literal["pdf", "png"],
        day: date,
    ) -> bytes:
        """Make a PDF or PNG file of a picture in SVG, on one page of a width in mm.

        ``day`` is the file's date, at midnight UTC. Returns the file.
        """
        document = json.dumps(
            {"svg": svg, "width": width, "title": title, "description": description}
        )
        return self._compile(self._picture, document, day, kind=kind)

    def _compile(
        self,
        program: bytes,
        document: str,
        day: date,
        *,
        kind: Literal["pdf", "png"] = "pdf",
    ) -> bytes:
        stamp = datetime.combine(day, time(), UTC)
        with self._lock:
            made = self._typst.compile(
                program,
                format=kind,
                ppi=RESOLUTION,
                sys_inputs={"document": document},
                timestamp=stamp,
            )
        if not isinstance(made, bytes):
            raise TypeError(f"Typst returned no single {kind.upper()} file")
        return made


@lru_cache(maxsize=4)
def compiler(font: bytes | None = None) -> TypstCompiler:
    """The one compiler of this process for a brand's font, if there is one."""
    return TypstCompiler(font)
