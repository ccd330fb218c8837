"""The password of the Prefect API that `up` serves.

It is made once, and kept in a file that only its owner can read.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from launch_kits.errors import SettingsError
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file

__all__ = ["keep_password", "make_password", "read_password"]

#: Prefect's basic authentication needs a user before the password; the name has no other meaning
USER = "launch-kits"


def make_password() -> str:
    """Make a new password; returns ``user:password``, the form of Prefect's settings."""
    return f"{USER}:{secrets.token_urlsafe(32)}"


def keep_password(path: Path) -> str:
    """Read the password in a file.

    Makes the file with a new password if it is missing. Raises SettingsError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            path.chmod(0o600)
        elif not path.exists():
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(f"{make_password()}\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"the password file {path} cannot be written ({error.strerror})"
        ) from None
    return read_password(path)


def read_password(path: Path) -> str:
    """Read the password in a file; raises SettingsError."""
    try:
        password = read_file(path).decode().strip()
    except (NotAFile, TooLarge, OSError, ValueError):
        password = ""
    if ":" not in password:
        raise SettingsError(
            f"the password file {path} cannot be used; delete it, and run `launch-kits up --auth`"
        )
    return password
