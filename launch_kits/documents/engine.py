"""Templates found, compiled once and run: Jinja2 in a sandbox, with every value escaped for Markdown."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import MethodType

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing
from pydantic import BaseModel

from launch_kits.documents.desk import NAMES, Desk, names_for
from launch_kits.documents.escaping import Macro
from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.documents.filters import FILTERS, Group
from launch_kits.documents.messages import Message
from launch_kits.errors import DocumentError, LaunchKitsError, suggest
from launch_kits.lines import Change, Cited, Conflict, Line, Value
from launch_kits.models import Model
from launch_kits.proofs import Supported
from launch_kits.sheets import Sheet
from launch_kits.template_folders import built_in_templates

__all__ = ["BUILT_IN", "Engine", "engine"]

#: the built-in templates under a name that a user's template of the same name does not hide
BUILT_IN = "built-in"

#: values of the project's own making, whose public parts a template may take
OURS = (Model, Line, Sheet, Cited, Conflict, Value, Change, Supported, TaskFacts, Group, Message)

#: what Pydantic gives every model: it reads files, among other things
_MACHINERY = frozenset(dir(BaseModel))

#: filters whose result is HTML, which has no place in Markdown
_HTML_FILTERS = ("urlize", "xmlattr", "tojson", "striptags")


class _Ours(dict[type[object], bool]):
    """Whether values of a type are of the project's own making, asked once a type."""

    def __missing__(self, kind: type[object]) -> bool:
        self[kind] = found = issubclass(kind, OURS)
        return found


_ours = _Ours()


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
        known = [part for part in dir(thing) if not part.startswith(("_", "model_"))]
        return f'a {type(thing).__name__} has no "{name}"{suggest(name, known)}'


class _Generator(CodeGenerator):
    """Compiles templates so that Jinja's own escaping of values escapes for Markdown instead of HTML."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(node, frame)
        # the compiled module looks these names up when it runs: the last import holds
        names = "Macro, Markdown as Markup, escape, joined as markup_join"
        self.writeline(f"from launch_kits.documents.escaping import {names}")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        node.nodes = [_as_written(child) for child in node.nodes]
        super().visit_Output(node, frame)

    def visit_EvalContextModifier(self, node: nodes.EvalContextModifier, frame: Frame) -> None:
        self.fail("escaping cannot be switched off; use `| safe` for what is Markdown by your own word", node.lineno)


def _as_written(node: nodes.Expr) -> nodes.Expr:
    """An expression whose texts are printed as the template has them: ``{{ " or " if more }}`` is no value."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return nodes.MarkSafe(node)
    if isinstance(node, nodes.CondExpr):
        node.expr1 = _as_written(node.expr1)
        node.expr2 = node.expr2 and _as_written(node.expr2)
    elif isinstance(node, nodes.Concat):
        node.nodes = [_as_written(part) for part in node.nodes]
    elif isinstance(node, nodes.Or | nodes.And):
        node.left, node.right = _as_written(node.left), _as_written(node.right)
    return node


class _Environment(SandboxedEnvironment):
    code_generator_class = _Generator

    def getattr(self, obj: object, attribute: str) -> object:
        # what the sandbox looks for (functions, frames, code) has no place among these values, and looking takes time
        if _ours[type(obj)] and attribute[:1] != "_":
            if attribute in _MACHINERY:
                return self.unsafe_undefined(obj, attribute)
            found = getattr(obj, attribute, missing)
            if found is not missing:
                return found
        return super().getattr(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        # filters such as `map(attribute="name")` come this way; the values named here have attributes, and no items
        if type(argument) is str and _ours[type(obj)]:
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call(self, context: Context, obj: object, /, *args: object, **kwargs: object) -> object:
        # a template's macros and the functions it was handed are safe to call, and want nothing of Jinja's context
        kind = type(obj)
        if kind is Macro or (kind is MethodType and type(obj.__self__) is Desk):  # type: ignore[attr-defined]
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return obj(*args, **kwargs)  # type: ignore[operator]
        return super().call(context, obj, *args, **kwargs)


@lru_cache(maxsize=16)
def engine(folders: tuple[Path, ...]) -> Engine:
    """The templates of some folders and, behind them, the built-in ones; kept with all that it compiled."""
    return Engine(folders)


class Engine:
    """The templates that can be found, each compiled once and again when its file changes."""

    def __init__(self, folders: Sequence[Path]) -> None:
        built_in = FileSystemLoader(built_in_templates())
        loaders: list[BaseLoader] = [*(FileSystemLoader(folder) for folder in folders), built_in]
        loader = ChoiceLoader([*loaders, PrefixLoader({BUILT_IN: built_in})])
        self._environment = _Environment(
            loader=loader, undefined=_Undefined, autoescape=True, trim_blocks=True, lstrip_blocks=True, cache_size=400
        )
        for name in _HTML_FILTERS:
            self._environment.filters.pop(name)
        self._environment.filters.update(FILTERS)
        #: source → its syntax tree: to read one costs more than all else that tells what a document is made from
        self._trees: dict[str, nodes.Template] = {}

    def run(self, name: str, facts: Facts) -> str:
        """A template filled with facts, its sources at the end; raises DocumentError."""
        desk = Desk(facts)
        try:
            text = self._environment.get_template(name).render(names_for(facts, desk))
        except TemplateNotFound as error:
            raise self._not_found(name, error) from None
        except TemplateSyntaxError as error:
            raise DocumentError(f"template {error.name}, line {error.lineno}: {_remedied(error.message)}") from None
        except Exception as error:  # noqa: BLE001 - whatever a template does wrong is told as its fault, with its line
            raise DocumentError(f"template {_place(name, error)}: {_why(error)}") from None
        sources = desk.sources()
        return f"{text.rstrip()}\n{sources}" if sources else text

    def source(self, name: str) -> str:
        """A template as it is written; raises DocumentError where it is not found or cannot be read."""
        try:
            return self._environment.loader.get_source(self._environment, name)[0]  # type: ignore[union-attr]
        except TemplateNotFound as error:
            raise self._not_found(name, error) from None
        except (OSError, UnicodeError) as error:
            raise DocumentError(f"template {name}: {_why(error)}") from None

    def parse(self, name: str) -> Iterator[tuple[str, nodes.Template]]:
        """A template and those that it includes or builds on, each as its source and its syntax tree.

        Raises DocumentError where one is missing or cannot be read.
        """
        waiting, seen = [name], {name}
        while waiting:
            part = waiting.pop(0)
            source = self.source(part)
            try:
                tree = self._trees.get(source) or self._environment.parse(source, part)
            except TemplateSyntaxError as error:
                raise DocumentError(f"template {part}, line {error.lineno}: {_remedied(error.message)}") from None
            self._trees[source] = tree
            yield source, tree
            named = [found for found in meta.find_referenced_templates(tree) if found and found not in seen]
            waiting += named
            seen.update(named)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Name and file of every template, by name; without the parts that others are made of (`_…`)."""
        for name in self._environment.list_templates(filter_func=_is_whole):
            _, path, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
            yield name, Path(path or name)

    def _not_found(self, name: str, error: TemplateNotFound) -> DocumentError:
        missed = str(error.name or name)
        known = [file for file in self._environment.list_templates() if not file.startswith(f"{BUILT_IN}/")]
        hint = suggest(missed, known) or f"; known: {', '.join(known) or 'none'}"
        named_by = f"template {name} asks for another: " if missed != name else ""
        return DocumentError(f'{named_by}template "{missed}" is in none of the template folders{hint}')


def _is_whole(name: str) -> bool:
    return name.endswith(".j2") and not name.startswith(("_", f"{BUILT_IN}/"))


def _place(name: str, error: Exception) -> str:
    """The template and the line where it went wrong, as far as the traceback tells."""
    place = name
    for frame, line in traceback.walk_tb(error.__traceback__):
        # Jinja rewrites the frames of compiled templates to stand for their sources
        if "__jinja_exception__" in frame.f_globals:
            place = f"{Path(frame.f_code.co_filename).name}, line {line}"
    return place


def _why(error: Exception) -> str:
    if isinstance(error, LaunchKitsError):
        return str(error)
    if isinstance(error, RecursionError):
        return "includes itself without end; take the include away"
    if isinstance(error, TemplateError):
        return _remedied(error.message)
    return _remedied(f"{type(error).__name__}: {error}")


def _remedied(message: str | None) -> str:
    return message if message and ";" in message else f"{message or 'cannot be rendered'}; mend the template"
