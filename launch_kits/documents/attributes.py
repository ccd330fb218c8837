"""The attributes that filters of Jinja take from each element of a list.

The sandbox counts each step to one. Here the paths, and the values they lead to, are weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import filters
from jinja2.environment import Environment
from jinja2.runtime import Undefined

from launch_kits.documents.bounds import spend, weighed

__all__ = ["spend_on_paths", "weigh_compared"]

#: the most characters of an argument that costs nothing more to take apart
_SHORT = 64
#: filter that compares what an attribute holds → the place of the attribute in its arguments
_PLACES = {"groupby": 0, "max": 1, "min": 1, "sort": 2, "unique": 1}


def spend_on_paths(*arguments: object) -> None:
    """Count the work of taking paths such as ``owner.name`` apart."""
    for argument in arguments:
        if isinstance(argument, str) and len(argument) > _SHORT:
            spend(3 * len(argument))


def weigh_compared(
    environment: Environment,
    name: str,
    elements: Iterable[object],
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> None:
    """Weigh what a filter compares: the elements, or what their attributes hold."""
    given = dict(enumerate(args))
    attribute = kwargs.get("attribute", given.get(_PLACES.get(name, -1)))
    if attribute is None:
        weighed(elements)
        return
    default = kwargs.get("default", given.get(1)) if name == "groupby" else None
    several = name == "sort" and isinstance(attribute, str)
    for path in attribute.split(",") if several else [attribute]:
        take = filters.make_attrgetter(environment, path, default=default)
        for held in map(take, elements):
            if not isinstance(held, Undefined):
                weighed(held)
