"""Reading of single settings: secrets, folders, numbers, words."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch_kits.errors import SettingsError
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file

__all__ = ["choice", "folders", "number", "path", "secret"]


def secret(env: Mapping[str, str], name: str) -> str | None:
    """A secret, from its variable or from a file.

    ``NAME_FILE`` names the file. Returns the text without the newline at its end. Raises
    SettingsError.
    """
    given = env.get(name)
    path = env.get(f"{name}_FILE")
    if not path:
        return given or None
    if given:
        raise SettingsError(f"{name} and {name}_FILE are both set; unset one of them")
    try:
        text = read_file(Path(path).expanduser()).decode().removesuffix("\n")
    except UnicodeDecodeError:
        raise SettingsError(
            f'{name}_FILE="{path}" is not text in UTF-8; write the secret to it as text'
        ) from None
    except TooLarge:
        raise SettingsError(
            f'{name}_FILE="{path}" is larger than 64 KiB; name a file that holds the secret alone'
        ) from None
    except (NotAFile, OSError, RuntimeError, ValueError) as error:
        reason = f"it is {error}" if isinstance(error, NotAFile) else _reason(error)
        raise SettingsError(
            f'{name}_FILE="{path}" cannot be read ({reason}); '
            "name a file that holds the secret, or unset it"
        ) from None
    if not text or "\n" in text:
        raise SettingsError(
            f'{name}_FILE="{path}" must hold the secret on one line, and nothing else'
        )
    return text


def _reason(error: Exception) -> str:
    # A path with ~ may name no user, and one with a NUL is none.
    return getattr(error, "strerror", None) or "it is not a path"


def path(written: str, *, name: str) -> Path:
    """The absolute path in a variable; raises SettingsError if its ~ names no user."""
    try:
        return Path(written).expanduser().absolute()
    except RuntimeError:
        raise SettingsError(
            f'{name}="{written}": the ~ in it names no home of a user; write the path in full'
        ) from None


def folders(env: Mapping[str, str], name: str) -> tuple[Path, ...]:
    """The absolute paths of a list of folders; raises SettingsError."""
    parts = (env.get(name) or "").split(os.pathsep)
    return tuple(path(part, name=name) for part in parts if part)


def number(
    env: Mapping[str, str], name: str, *, default: int, least: int, most: int
) -> int:
    """A whole number within bounds, both included; raises SettingsError, which names it."""
    written = env.get(name)
    if not written:
        return default
    try:
        value = int(written)
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        raise SettingsError(
            f'{name}="{written}" is not a whole number from {least} to {most}; '
            "correct it or unset it"
        )
    return value


def choice(env: Mapping[str, str], name: str, *, among: Sequence[str]) -> str:
    """One of some words, the first by default; raises SettingsError, which names them."""
    written = env.get(name) or among[0]
    if written not in among:
        raise SettingsError(
            f'{name}="{written}" is not one of {", ".join(among)}; correct it or unset it'
        )
    return written
