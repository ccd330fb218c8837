"""Titles of tasks: small templates, filled in with the product and what a task is fanned out over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from launch_kits.errors import suggest

__all__ = ["fill_in", "title_faults"]

#: ``{{ product }}`` and ``{{ item.name }}`` are filled in here: Jinja2 takes longer to import than a kit to check
NAME = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}")
TEMPLATE = re.compile(r"\{[{%#]")


def fill_in(title: str, *, product: str, item: object | None) -> str:
    """The title in plain text, which each reader's format escapes; raises ValueError where it cannot be filled in."""
    if not TEMPLATE.search(NAME.sub("", title)):
        return NAME.sub(lambda found: _value(found[1], product, item), title)
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, finalize=lambda value: "" if value is None else value
    )
    try:
        return environment.from_string(title).render(item=item, product=product)
    except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
        raise ValueError(f'title "{title}" cannot be filled in: {error}') from None


def _value(name: str, product: str, item: object | None) -> str:
    if name == "product":
        return product
    root, _, part = name.partition(".")
    value = getattr(item, part, None) if root == "item" else None
    return "" if value is None else str(value)


def title_faults(title: str, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What is wrong with a title; ``known`` are the names it can use, each with its parts."""
    if not TEMPLATE.search(title):
        return
    if TEMPLATE.search(NAME.sub("", title)):
        yield from _template_faults(title, known)
    for name in dict.fromkeys(NAME.findall(title)):
        root, dot, part = name.partition(".")
        whole = [f"{each}.{part}" for each, parts in known.items() for part in parts]
        if root not in known:
            why = " (it has no `each`)" if root == "item" else suggest(root, known)
            yield f'uses unknown "{root}"{why}'
        elif (dot or known[root]) and part not in known[root]:
            yield f'uses unknown "{name}"{suggest(name, whole) or "; known: " + ", ".join([*whole, "product"])}'


def _template_faults(title: str, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    from jinja2 import Environment, TemplateError, meta

    try:
        names = meta.find_undeclared_variables(Environment(autoescape=True).parse(title))
    except TemplateError as error:
        yield f"is not a template: {error}; write such as {{{{ item.name }}}}"
        return
    simple = {name.partition(".")[0] for name in NAME.findall(title)}
    for name in sorted(names - known.keys() - simple):
        yield f'uses unknown "{name}"' + (" (it has no `each`)" if name == "item" else suggest(name, known))
