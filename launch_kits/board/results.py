"""Results of runs.

Never read back, since they are pickles, and Prefect's API says where they lie.
"""

from __future__ import annotations

from typing import NoReturn

from prefect.results import ResultStore

from launch_kits.errors import PrefectError

__all__ = ["refuse_stored_results"]


def refuse_stored_results() -> None:
    """Have this process read no stored results.

    The flows store none: what they know stands in the database. A state that names one was written
    by someone else, and to unpickle it would run their code.
    """
    for name in ("read", "aread"):
        setattr(ResultStore, name, _refuse)


def _refuse(*_: object, **__: object) -> NoReturn:
    raise PrefectError(
        "the run's state in Prefect names a stored result, which is not read; start the run again"
    )
