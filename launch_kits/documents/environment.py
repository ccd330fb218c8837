"""The sandbox that templates run in.

A template can use only the listed attributes and functions, and its work is counted.
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
from jinja2.bccache import BytecodeCache
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, TemplateReference
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace, missing

from launch_kits.documents import jinja_filters
from launch_kits.documents.allow_list import FUNCTIONS, called, is_ours, parts
from launch_kits.documents.bounds import once, spend, spend_on, weighed
from launch_kits.documents.compiling import Generator
from launch_kits.documents.filters import FILTERS
from launch_kits.documents.names import NAMES
from launch_kits.documents.operators import OPERATORS
from launch_kits.documents.printing import concatenated
from launch_kits.errors import suggest

__all__ = ["Sandbox"]

#: types other than texts and lists whose values have items
_HOLDERS = frozenset({range, TemplateReference})
#: the work of taking one item, which is one step of a path such as ``owner.name``
_STEP = 4


class _Undefined(StrictUndefined):
    """An unknown name, whose error suggests the nearest known name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return str(self._undefined_hint)
        name = str(self._undefined_name)
        thing = self._undefined_obj
        if thing is missing:
            hint = suggest(name, NAMES) or f"; known: {', '.join(NAMES)}"
            return f'unknown name "{name}"{hint}'
        if thing is None:
            return (
                f'cannot take "{name}" from an empty value; '
                f"test the value first, as in {{% if task %}}"
            )
        known = [*parts[type(thing)], *(thing if isinstance(thing, dict) else ())]
        short = name[:60]
        hint = suggest(short, map(str, known))
        return f'a {type(thing).__name__} has no "{short}"{hint}'


class _Template(Template):
    """A template that gives each importing document its own variables."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self.make_module()


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox with an allow list.

    A template reaches only the attributes, functions, filters and tests that are listed.
    """

    code_generator_class = Generator
    template_class = _Template
    intercepted_binops = frozenset(OPERATORS)
    concat = staticmethod(concatenated)

    def __init__(self, loader: BaseLoader, *, kept: BytecodeCache) -> None:
        # `optimized` would evaluate constant expressions at compile time, where no work is counted
        super().__init__(
            loader=loader,
            undefined=_Undefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=400,
            optimized=False,
            bytecode_cache=kept,
        )
        self.filters = {**jinja_filters.FILTERS, **FILTERS}
        self.tests = dict(jinja_filters.TESTS)
        self.globals = dict(FUNCTIONS)

    @contextmanager
    def _read(self, name: str | None) -> Iterator[None]:
        try:
            yield
        except (MemoryError, RecursionError, SyntaxError):
            # Jinja's parser or Python's has reached its limit
            raise TemplateSyntaxError(
                "is nested too deeply; split it into smaller parts", 1, name
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
        computed = parts[kind].get(attribute)
        if computed is not None:
            return once(obj, attribute) if computed else getattr(obj, attribute)
        if isinstance(obj, dict | TemplateReference):
            with suppress(LookupError):
                return obj[attribute]
        elif (
            isinstance(obj, Namespace | TemplateModule | Undefined)
            and attribute[:1] != "_"
        ):
            # a name that the template itself set or exported; an undefined name raises its error
            with suppress(AttributeError):
                return getattr(obj, attribute)
        if attribute[:1] == "_" or hasattr(kind, attribute):
            return self.unsafe_undefined(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> object:
        spend(_STEP)
        kind = type(obj)
        # filters such as `map(attribute="name")` call this; the project's own values have
        # attributes and no items
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
