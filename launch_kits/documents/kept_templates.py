"""Compiled built-in templates, kept beside them as Python keeps its modules.

Compiling takes longer than all else that a document needs. Only built-in templates are kept: those
who can write beside them can change the package as well. Templates of users are compiled anew by
each process, since code from their folders must not run.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from contextlib import suppress
from functools import cache
from importlib.resources import files
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from launch_kits.settings.small_file import NotAFile, TooLarge, read_file
from launch_kits.settings.whole_file import write_whole

__all__ = ["KeptTemplates"]

#: the most bytes of a compiled template; the largest has a fifth of them
LARGEST = 1024 * 1024


class KeptTemplates(BytecodeCache):
    """The compiled templates of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file of a compiled template; empty for one that is not kept."""
        # under another name, such as that of the template which it replaces, the code is another
        if filename is None or Path(filename) != self._folder / name:
            return ""
        with suppress(NotImplementedError):
            return cache_from_source(filename)
        return ""

    def get_source_checksum(self, source: str) -> str:
        """The digest of a template and of all that compiles it."""
        return hashlib.sha256(f"{_maker()}{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a compiled template, if it is there and from the same source."""
        if bucket.key:
            with suppress(OSError, NotAFile, TooLarge):
                content = read_file(Path(bucket.key), most=LARGEST)
                # what was cut short or compiled by another version is compiled again
                with suppress(EOFError, ValueError, TypeError):
                    checksum, code = content.split(b"\n", 1)
                    if checksum.decode() == bucket.checksum:
                        bucket.code = marshal.loads(code)  # noqa: S302 - as Python does

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, if its folder can be written."""
        if bucket.key and not sys.dont_write_bytecode:
            path = Path(bucket.key)
            content = f"{bucket.checksum}\n".encode() + marshal.dumps(bucket.code)
            with suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, content)


@cache
def _maker() -> str:
    """The digest of everything but its source that compiles a template."""
    found = hashlib.sha256(jinja2.__version__.encode())
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            found.update(file.read_bytes())
    return found.hexdigest()
