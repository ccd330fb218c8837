"""One tree of errors: each names the thing, the fault and the remedy.

Every command catches `LaunchKitsError` at one place. Its branches: `InputError` (a brief, kit or
ledger has faults), `PlanError` (dates cannot be computed) with `CycleError`, `InfeasiblePlan`,
`PastLaunchDay`, `NotFound`, `Refused` (a verb is not allowed now) with `NotReady` and `NotYours`,
`SettingsError`, `DatabaseError` with `DatabaseBehind`, `DocumentError`, `DeliveryError` and
`PrefectError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

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
    "NotPickedUp",
    "NotReady",
    "NotYours",
    "PastLaunchDay",
    "PlanError",
    "PrefectError",
    "Refused",
    "SettingsError",
    "Suggestions",
    "first_of_each_file",
    "suggest",
]

#: faults, or warnings, of one file that are told; how many more there are is told in one line
MOST_TOLD = 200
#: the code of that line
MORE = "more"
#: slips of one input for which the word that was meant is looked for
MOST_SUGGESTIONS = 100
#: known words among which it is looked for, and the longest of them: looking takes time
MOST_KNOWN = 1_000
LONGEST_KNOWN = 120


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

    def as_json(self) -> dict[str, str | int | None]:
        """The fault as ``{path, line, code, message}``."""
        return {
            "path": self.path,
            "line": self.line,
            "code": self.code,
            "message": self.message,
        }


def first_of_each_file(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The first faults of each file, in the order of their lines.

    One more fault of the code ``more`` counts those that were left out.
    """
    by_path: dict[str, list[Fault]] = {}
    counts: list[Fault] = []
    for fault in faults:
        if fault.code == MORE:
            counts.append(fault)
        else:
            by_path.setdefault(fault.path, []).append(fault)
    told = list(counts)
    for found in by_path.values():
        found.sort(key=_order)
        told += found[:MOST_TOLD]
        if len(found) > MOST_TOLD:
            first = found[MOST_TOLD]
            number = len(found) - MOST_TOLD
            message = f"and {number} more from here on; mend those above first"
            told.append(Fault(first.path, first.line, MORE, message))
    return tuple(sorted(told, key=_order))


def _order(fault: Fault) -> tuple[str, int, bool]:
    return fault.path, fault.line or 0, fault.code == MORE


class LaunchKitsError(Exception):
    """A fault that a user can mend; its text names fault and remedy."""


class InputError(LaunchKitsError):
    """A brief, kit or ledger has faults.

    ``faults`` holds the first 200 of each file, in the order of their lines, and a count of the
    others.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = first_of_each_file(faults)
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


class NotReady(Refused):
    """A go while something before it is open; the message has a line for each of ``reasons``.

    ``remedies`` are the commands that clear them, as far as can be done now; the message leaves
    them out. ``task`` is the key of the go or no-go task, ``by`` the email of the person;
    None if not known.
    """

    def __init__(
        self,
        subject: str,
        reasons: Sequence[str],
        *,
        task: str | None = None,
        by: str | None = None,
        remedies: Sequence[str] = (),
    ) -> None:
        self.remedies = tuple(remedies)
        self.subject = subject
        self.reasons = tuple(reasons)
        self.task = task
        self.by = by
        super().__init__("\n".join([f"{subject}:", *(f"- {each}" for each in reasons)]))


class NotYours(Refused):
    """A verb by a person who may not; nothing was changed.

    ``act`` are plain words for it, after "only Lee can"; ``people`` are the emails of those who
    may. Both are empty if no one may.
    """

    def __init__(self, text: str, *, act: str = "", people: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.act = act
        self.people = tuple(people)


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


class NotPickedUp(PrefectError):
    """A run in Prefect that no process has started yet."""


def suggest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word nearest to a misspelt one.

    Returns ``; did you mean "x"?``, or an empty string if no known word is near.
    """
    if len(str(word)) > LONGEST_KNOWN:
        return ""
    looked_at = [
        each for each in islice(known, MOST_KNOWN) if len(each) <= LONGEST_KNOWN
    ]
    near = get_close_matches(str(word), looked_at, n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


@dataclass(slots=True)
class Suggestions:
    """Suggestions for the first slips of one input; no others get any.

    Each compares a word with all known ones, and an input may have thousands of both.
    """

    left: int = MOST_SUGGESTIONS

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """Suggest as `suggest` does, or nothing once enough was suggested."""
        if not self.left:
            return ""
        self.left -= 1
        return suggest(word, known)
