"""The company's own PowerPoint and Word files, in which documents are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from launch_kits.settings.reading import path

__all__ = ["Masters"]


@dataclass(frozen=True, slots=True)
class Masters:
    """The paths of the masters; None for the project's own look."""

    pptx: Path | None = field(
        default=None,
        metadata={
            "env": "LAUNCH_KITS_PPTX_MASTER",
            "doc": "PowerPoint file whose layouts, colours and fonts slides have",
        },
    )
    docx: Path | None = field(
        default=None,
        metadata={
            "env": "LAUNCH_KITS_DOCX_MASTER",
            "doc": "Word file whose styles, header and footer Word documents have",
        },
    )

    @classmethod
    def read(cls, env: Mapping[str, str]) -> Masters:
        """The masters that an environment names, as absolute paths; raises SettingsError."""
        names = {item.name: str(item.metadata["env"]) for item in fields(cls)}
        return cls(
            **{
                item: path(written, name=name)
                for item, name in names.items()
                if (written := env.get(name))
            }
        )

    def of(self, name: str) -> tuple[str, Path] | None:
        """The setting and the path of the master for a format; None if there is none."""
        for item in fields(self):
            path = getattr(self, item.name)
            if item.name == name and path is not None:
                return str(item.metadata["env"]), path
        return None

    def shown(self) -> list[tuple[str, str, str]]:
        """List (variable, value, purpose)."""
        return [
            (
                str(item.metadata["env"]),
                str(getattr(self, item.name) or ""),
                str(item.metadata["doc"]),
            )
            for item in fields(self)
        ]
