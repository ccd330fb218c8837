"""How long records are kept: days, from LAUNCH_KITS_KEEP_*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from launch_kits.settings.reading import number

__all__ = ["Retention"]

MOST_DAYS = 36_500
MOST_MEGABYTES = 10_000


@dataclass(frozen=True, slots=True)
class Retention:
    """How long each kind of record is kept; 0 keeps it for ever.

    All are days, but for ``logs``: the megabytes at which a log begins anew.
    """

    runs: int = field(
        default=90,
        metadata={
            "env": "LAUNCH_KITS_KEEP_RUNS",
            "doc": "days that ended runs stay in Prefect; 0: for ever",
        },
    )
    events: int = field(
        default=30,
        metadata={
            "env": "LAUNCH_KITS_KEEP_EVENTS",
            "doc": "days that events stay in Prefect; 0: for ever",
        },
    )
    outbox: int = field(
        default=180,
        metadata={
            "env": "LAUNCH_KITS_KEEP_OUTBOX",
            "doc": "days that notices of ended launches stay; 0: for ever",
        },
    )
    launches: int = field(
        default=0,
        metadata={
            "env": "LAUNCH_KITS_KEEP_LAUNCHES",
            "doc": "days that ended launches stay; 0: for ever",
        },
    )
    logs: int = field(
        default=10,
        metadata={
            "env": "LAUNCH_KITS_KEEP_LOGS",
            "doc": "megabytes at which a log in HOME begins anew; 0: never",
        },
    )

    @classmethod
    def read(cls, env: Mapping[str, str]) -> Retention:
        """The retention that an environment asks for; raises SettingsError."""
        usual = cls()
        return cls(
            **{
                item.name: number(
                    env,
                    str(item.metadata["env"]),
                    default=int(getattr(usual, item.name)),
                    least=0,
                    most=MOST_MEGABYTES if item.name == "logs" else MOST_DAYS,
                )
                for item in fields(cls)
            }
        )

    def shown(self) -> list[tuple[str, str, str]]:
        """List (variable, value, purpose)."""
        return [
            (
                str(item.metadata["env"]),
                str(getattr(self, item.name)),
                str(item.metadata["doc"]),
            )
            for item in fields(self)
        ]
