"""Files written whole, in the place of whatever has their name."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step; its folder must be there.

    A reader never sees half of it, and a crash never leaves half of it. A link of its name is
    replaced, not followed: someone else may have put it there to have another file
    overwritten. The draft has a name that no one can guess, and is never an existing file.
    The file gets the rights that the umask leaves. Raises OSError.
    """
    # the name of the file is not part of the draft's: that would make the longest one too long
    draft = path.with_name(f".{secrets.token_hex(8)}.draft")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    descriptor = os.open(draft, flags, 0o666)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123  a descriptor, not a path
            file.write(content)
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
