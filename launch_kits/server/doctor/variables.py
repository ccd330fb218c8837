"""The check of the settings: variables that no one reads, and folders that are not there."""

from __future__ import annotations

import os
from collections.abc import Iterator

from launch_kits.server.doctor.defect import Defect, Installation
from launch_kits.settings.unknown import unknown

__all__ = ["variables"]


def variables(installation: Installation) -> Iterator[Defect]:
    """Whether each variable is a setting, and each folder that one names is there."""
    settings = installation.settings
    known = {name for name, _, _ in settings.shown()}
    for name, near in unknown(os.environ, known=known):
        yield Defect(
            f"{name} is not a setting, so it has no effect",
            f"write {near} if you mean that, or unset it" if near else "unset it",
        )
    named = {
        "LAUNCH_KITS_PATH": settings.path,
        "LAUNCH_KITS_TEMPLATES": settings.templates,
    }
    for name, folders in named.items():
        for folder in folders:
            if not folder.is_dir():
                state = "is not a folder" if folder.exists() else "is missing"
                yield Defect(
                    f"{name} names {folder}, which {state}",
                    "correct the setting, or make the folder",
                )
