"""The sandbox that templates run in.

What they may take and call is listed, and what they do is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, TemplateReference
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace, missing

from launch_kits.documents import borrowed
from launch_kits.documents.bounds import concatenated, once, spend_on, weighed
from launch_kits.documents.compiling import Generator
from launch_kits.documents.context import NAMES
from launch_kits.documents.filters import FILTERS
from launch_kits.documents.operators import OPERATORS
from launch_kits.documents.reach import FUNCTIONS, called, is_ours, parts
from launch_kits.errors import suggest

__all__ = ["Sandbox"]

#: what has items beside texts and lists
_HOLDERS = frozenset({range, TemplateReference})


class _Undefined(StrictUndefined):
    """A name that is not there, with the known name nearest to it."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return str(self._undefined_hint)
        name, thing = str(self._undefined_name), self._undefined_obj
        if thing is missing:
            return f'unknown name "{name}"{suggest(name, NAMES) or "; known: " + ", ".join(NAMES)}'
        if thing is None:
            return f'there is nothing to take "{name}" from; ask first, as in {{% if task %}}'
        known = [*parts[type(thing)], *(thing if isinstance(thing, dict) else ())]
        return f'a {type(thing).__name__} has no "{name[:60]}"{suggest(name[:60], map(str, known))}'


class _Template(Template):
    """A template whose macros and variables are made anew for every document that imports it."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self.make_module()


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox turned about.

    What a template may take and call is listed, and nothing else is there.
    """

    code_generator_class = Generator
    template_class = _Template
    intercepted_binops = frozenset(OPERATORS)
    concat = staticmethod(concatenated)

    def __init__(self, loader: BaseLoader) -> None:
        # nothing is worked out while a template is read: `optimized` would
        super().__init__(
            loader=loader,
            undefined=_Undefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=400,
            optimized=False,
        )
        self.filters = {**borrowed.FILTERS, **FILTERS}
        self.tests = dict(borrowed.TESTS)
        self.globals = dict(FUNCTIONS)

    @contextmanager
    def _read(self, name: str | None) -> Iterator[None]:
        try:
            yield
        except (MemoryError, RecursionError, SyntaxError):
            # Jinja's parser, or Python's, has had enough
            raise TemplateSyntaxError(
                "is nested too deep to be read; take it apart", 1, name
            ) from None

    def _parse(
        self, source: str, name: str | None, filename: str | None
    ) -> nodes.Template:
        with self._read(name):
            return super()._parse(source, name, filename)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> str:
        with self._read(name):
            return super()._generate(source, name, *args, **kwargs)

    def _compile(self, source: str, filename: str) -> CodeType:
        with self._read(Path(filename).name):
            return super()._compile(source, filename)

    def getattr(self, obj: object, attribute: str) -> object:
        kind = type(obj)
        worked_out = parts[kind].get(attribute)
        if worked_out is not None:
            return once(obj, attribute) if worked_out else getattr(obj, attribute)
        if isinstance(obj, dict | TemplateReference):
            with suppress(LookupError):
                return obj[attribute]
        elif (
            isinstance(obj, Namespace | TemplateModule | Undefined)
            and attribute[:1] != "_"
        ):
            # what a template set or exported itself; an undefined name says so
            with suppress(AttributeError):
                return getattr(obj, attribute)
        if attribute[:1] == "_" or hasattr(kind, attribute):
            return self.unsafe_undefined(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> object:
        kind = type(obj)
        # filters such as `map(attribute="name")` come this way; values of our own have attributes,
        # and no items
        if isinstance(argument, str) and is_ours[kind]:
            return self.getattr(obj, argument)
        if kind in _HOLDERS or isinstance(obj, str | list | tuple | dict):
            if type(argument) is tuple:
                weighed(argument)
            with suppress(TypeError, LookupError):
                found = obj[argument]  # type: ignore[index]
                if type(argument) is slice:
                    spend_on(found)
                return found
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        return self.undefined(obj=obj, name=str(argument))

    def call_binop(
        self, context: Context, operator: str, left: object, right: object
    ) -> object:
        return OPERATORS[operator](left, right)

    def call(
        self, context: Context, obj: object, /, *args: object, **kwargs: object
    ) -> object:
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return called(obj, args, kwargs)
