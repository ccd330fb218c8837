"""Typst, kept from document to document.

A fixed program that is handed the texts as data, never as Typst.
"""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import as_file, files
from tempfile import TemporaryDirectory
from threading import Lock

__all__ = ["TypstCompiler", "compiler"]


class TypstCompiler:
    """Typst with its program and fonts; there is no other file that it could read."""

    def __init__(self) -> None:
        from typst import Compiler, Fonts

        kept = ExitStack()
        atexit.register(kept.close)
        nothing = kept.enter_context(TemporaryDirectory(prefix="launch-kits-"))
        here = files(__package__)
        self._program = here.joinpath("page.typ").read_bytes()
        self._typst = Compiler(
            root=nothing,
            package_path=nothing,
            package_cache_path=nothing,
            font_paths=Fonts(
                font_paths=[str(kept.enter_context(as_file(here.joinpath("fonts"))))]
            ),
        )
        self._lock = Lock()

    def compile(self, document: str, *, day: date) -> bytes:
        """A document, given as the JSON that the program takes, as PDF of a day."""
        return self._compile(self._program, document, day)

    def _compile(self, program: bytes, document: str, day: date) -> bytes:
        stamp = datetime.combine(day, time(), UTC)
        with self._lock:
            made = self._typst.compile(
                program,
                format="pdf",
                sys_inputs={"document": document},
                timestamp=stamp,
            )
        if not isinstance(made, bytes):
            raise TypeError("Typst gave no PDF")
        return made


@lru_cache(maxsize=1)
def compiler() -> TypstCompiler:
    """The one compiler of this process."""
    return TypstCompiler()
