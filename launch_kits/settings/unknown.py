"""Variables that are named as settings are, but that no one reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from launch_kits.settings.environment import SECRETS

__all__ = ["unknown"]

PREFIX = "LAUNCH_KITS_"
#: variables that are read elsewhere: by the program's last resort, the shell's completion, the
#: process of the flows and the tests
OTHERS = frozenset(("LAUNCH_KITS_DEBUG", "LAUNCH_KITS_IMAGE", "LAUNCH_KITS_READY_FD"))
TESTS = ("LAUNCH_KITS_TEST_", "LAUNCH_KITS_ORACLES")


def unknown(
    names: Iterable[str], *, known: Collection[str]
) -> Iterator[tuple[str, str | None]]:
    """Find names that begin as a setting of ours and are none, each with the nearest one.

    ``names`` are those of an environment, ``known`` those of the settings.
    """
    ours = {*known, *(f"{name}_FILE" for name in SECRETS)}
    ends = {each.removeprefix(PREFIX) for each in ours if each.startswith(PREFIX)}
    for name in sorted(names):
        if not name.startswith(PREFIX) or name in ours or name in OTHERS:
            continue
        if not name.startswith(TESTS):
            near = get_close_matches(name.removeprefix(PREFIX), sorted(ends), n=1)
            yield name, f"{PREFIX}{near[0]}" if near else None
