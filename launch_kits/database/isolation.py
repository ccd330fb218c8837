"""Work on many launches, people or documents, of which one may fail."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from launch_kits.errors import DatabaseError, LaunchKitsError
from launch_kits.settings.visible import one_line

__all__ = ["each_alone"]

_log = logging.getLogger(__name__)


def each_alone(
    names: Iterable[str], work: Callable[[str], object], *, doing: str
) -> list[str]:
    """Do a piece of work for each name, so that one that fails holds no other up.

    ``doing`` is said of the name, such as ``could not be advanced``. Returns a problem for each
    piece that failed, which is written to the log too. Raises DatabaseError, which concerns all.
    """
    problems = []
    for name in names:
        try:
            work(name)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  whatever failed, the others go on
            known = isinstance(error, LaunchKitsError)
            why = one_line(str(error)) if known else f"{type(error).__name__}: {error}"
            problem = f"{name} {doing}: {one_line(why)}"
            _log.warning(
                "%s", problem, exc_info=None if known else error, extra={"piece": name}
            )
            problems.append(problem)
    return problems
