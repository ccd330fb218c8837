"""The place of this process: its user and its machine."""

from __future__ import annotations

import getpass
import socket
from functools import cache

__all__ = ["this_place"]


@cache
def this_place() -> str:
    """The user and the machine, such as ``ops@desk-4``; a user without a name has a number."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user that no file names
        import os

        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"
