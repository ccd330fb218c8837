"""Stored results of runs, which are never read.

They are pickles, and a writer of Prefect's API can name any file as a result.
"""

from __future__ import annotations

from typing import NoReturn

from prefect.results import ResultStore

from launch_kits.errors import PrefectError

__all__ = ["refuse_stored_results"]


def refuse_stored_results() -> None:
    """Make reading stored results fail in this process.

    The flows keep their facts in the database and store no results. If a state names one, another
    writer made it, and unpickling it would run that writer's code.
    """
    for name in ("read", "aread"):
        setattr(ResultStore, name, _refuse)


def _refuse(*_: object, **__: object) -> NoReturn:
    raise PrefectError(
        "the run's state in Prefect names a stored result, which is never read; start the run again"
    )
