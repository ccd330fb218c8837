"""The brief that a run of the flow is given, as the flow takes it."""

from __future__ import annotations

from typing import Annotated

from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings

__all__ = ["RunBrief"]


def _as_opened(given: object, check: ValidatorFunctionWrapHandler) -> Brief:
    """Check the brief of a new launch in full; take that of an open one as it was opened.

    A suspended run holds the brief by the rules of the version that opened its launch, and goes on
    under all later ones. Raises ValidationError.
    """
    try:
        brief: Brief = check(given)
    except ValidationError:
        if not isinstance(given, dict) or not _is_open(given.get("launch")):
            raise
        return Brief.kept(given)
    return brief


def _is_open(slug: object) -> bool:
    """Whether there is a launch of this name."""
    if not isinstance(slug, str):
        return False
    store = Store(Settings.read().database_url)
    try:
        with store.read() as session:
            find_launch(session, slug)
    except NotFound:
        return False
    finally:
        store.close()
    return True


#: the parameter of the flow; its form is that of `Brief`
RunBrief = Annotated[Brief, WrapValidator(_as_opened)]
