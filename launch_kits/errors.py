"""One tree of errors: each names the thing, the fault and the remedy.

Every command catches `LaunchKitsError` at one place. Its branches: `InputError` (a brief, kit or
ledger has faults), `PlanError` (dates cannot be computed) with `CycleError`, `InfeasiblePlan`,
`PastLaunchDay`, `NotFound`, `Refused` (a verb is not allowed now) with `NotYours`,
`SettingsError`, `DatabaseError` with `DatabaseBehind`, `DocumentError`, `DeliveryError` and
`PrefectError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

__all__ = [
    "CycleError",
    "DatabaseBehind",
    "DatabaseError",
    "DeliveryError",
    "DocumentError",
    "Fault",
    "InfeasiblePlan",
    "InputError",
    "LaunchKitsError",
    "NotFound",
    "NotYours",
    "PastLaunchDay",
    "PlanError",
    "PrefectError",
    "Refused",
    "SettingsError",
    "suggest",
]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong, or doubtful, at one place of an input."""

    #: the file as the user named it, or ``-`` for input that came without a file
    path: str
    #: counted from 1; None if no line is to blame
    line: int | None
    #: a stable name for the kind of fault, e.g. ``unknown-key``
    code: str
    #: the fault; the remedy
    message: str

    @property
    def place(self) -> str:
        """The file, and the line if one is to blame."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    def as_warning(self) -> str:
        """The fault as a warning."""
        return f"{self.place}: warning: {self.message}"

    def as_json(self) -> dict[str, str | int | None]:
        """The fault as ``{path, line, code, message}``."""
        return {
            "path": self.path,
            "line": self.line,
            "code": self.code,
            "message": self.message,
        }


class LaunchKitsError(Exception):
    """A fault that a user can mend; its text names fault and remedy."""


class InputError(LaunchKitsError):
    """A brief, kit or ledger has faults.

    ``faults`` holds all of them, in the order of their lines.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(
            sorted(faults, key=lambda fault: (fault.path, fault.line or 0))
        )
        super().__init__("\n".join(str(fault) for fault in self.faults))


class PlanError(LaunchKitsError):
    """Dates that cannot be computed."""


class CycleError(PlanError):
    """Tasks that wait for each other; ``path`` starts and ends with the same task."""

    def __init__(self, path: Sequence[str]) -> None:
        self.path = tuple(path)
        super().__init__(
            f"these tasks wait for each other: {' → '.join(self.path)}; take one `after` away"
        )


class InfeasiblePlan(LaunchKitsError):
    """The plan does not hold, and the user did not accept that."""


class PastLaunchDay(LaunchKitsError):
    """The launch day is over, and the user did not accept that."""


class NotFound(LaunchKitsError):
    """No such launch, task, stage, kit or template."""


class Refused(LaunchKitsError):
    """A verb that is not allowed now; nothing was changed."""


class NotYours(Refused):
    """A verb by a person who may not; nothing was changed."""


class SettingsError(LaunchKitsError):
    """An environment variable that cannot be used."""


class DatabaseError(LaunchKitsError):
    """The database cannot be reached or written."""


class DatabaseBehind(DatabaseError):
    """The database waits for ``launch-kits db upgrade``."""


class DocumentError(LaunchKitsError):
    """A template that cannot be rendered."""


class DeliveryError(LaunchKitsError):
    """A notice that could not be delivered."""


class PrefectError(LaunchKitsError):
    """Prefect cannot be reached, or does not pick a run up."""


def suggest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word nearest to a misspelt one.

    Returns ``; did you mean "x"?``, or an empty string if no known word is near.
    """
    near = get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
