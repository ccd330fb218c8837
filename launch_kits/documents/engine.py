"""Templates found, compiled once and run.

Jinja2 in a sandbox, with every value escaped for Markdown.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)
from jinja2.loaders import split_template_path

from launch_kits.documents.bounds import metered
from launch_kits.documents.context import TemplateContext, names_for
from launch_kits.documents.environment import Sandbox
from launch_kits.documents.facts import Facts
from launch_kits.errors import DocumentError, LaunchKitsError, suggest
from launch_kits.inputs.template_folders import built_in_templates

__all__ = ["BUILT_IN", "Engine", "engine"]

#: the built-in templates under a name that a user's template of the same name does not hide
BUILT_IN = "built-in"

#: bytes of a template at most: the largest built-in one has a tenth of it
LARGEST = 64 * 1024


class _Folder(FileSystemLoader):
    """A folder of templates, of which none is larger than it can be read at once."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        with suppress(OSError, ValueError):
            if (
                Path(self.searchpath[0], *split_template_path(template)).stat().st_size
                > LARGEST
            ):
                raise TemplateSyntaxError(
                    "is larger than 64 KiB; take it apart, and include its parts",
                    1,
                    template,
                )
        return super().get_source(environment, template)


@lru_cache(maxsize=16)
def engine(folders: tuple[Path, ...]) -> Engine:
    """The templates of some folders and, behind them, the built-in ones.

    Kept with all that it compiled.
    """
    return Engine(folders)


class Engine:
    """The templates that can be found, each compiled once and again when its file changes."""

    def __init__(self, folders: Sequence[Path]) -> None:
        built_in = _Folder(built_in_templates())
        loaders: list[BaseLoader] = [*(_Folder(folder) for folder in folders), built_in]
        loader = ChoiceLoader([*loaders, PrefixLoader({BUILT_IN: built_in})])
        self._environment = Sandbox(loader)
        #: source → its syntax tree: to read one costs more than all else that tells what a document
        #: is made from
        self._trees: dict[str, nodes.Template] = {}

    def run(self, name: str, facts: Facts) -> str:
        """A template filled with facts, its sources at the end; raises DocumentError."""
        context = TemplateContext(facts)
        try:
            with metered():
                text = self._environment.get_template(name).render(
                    names_for(facts, context)
                )
        except TemplateNotFound as error:
            raise self._not_found(name, error) from None
        except TemplateSyntaxError as error:
            raise _unreadable(error) from None
        except Exception as error:  # noqa: BLE001 - whatever a template does wrong is told as its fault, with its line
            raise DocumentError(
                f"template {_place(name, error)}: {_why(error)}"
            ) from None
        sources = context.sources()
        return f"{text.rstrip()}\n{sources}" if sources else text

    def source(self, name: str) -> str:
        """A template as it is written.

        Raises DocumentError where it is not found or cannot be read.
        """
        try:
            return self._environment.loader.get_source(self._environment, name)[0]  # type: ignore[union-attr]
        except TemplateNotFound as error:
            raise self._not_found(name, error) from None
        except TemplateSyntaxError as error:
            raise _unreadable(error) from None
        except (OSError, UnicodeError) as error:
            raise DocumentError(f"template {name}: {_why(error)}") from None

    def parse(self, name: str) -> Iterator[tuple[str, nodes.Template]]:
        """A template and those that it includes or builds on, each as its source and its syntax
        tree.

        Raises DocumentError where one is missing or cannot be read.
        """
        waiting, seen = [name], {name}
        while waiting:
            part = waiting.pop(0)
            source = self.source(part)
            try:
                tree = self._trees.get(source) or self._environment.parse(source, part)
            except TemplateSyntaxError as error:
                raise _unreadable(error) from None
            self._trees[source] = tree
            yield source, tree
            named = [
                found
                for found in meta.find_referenced_templates(tree)
                if found and found not in seen
            ]
            waiting += named
            seen.update(named)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Name and file of every template, by name.

        Without the parts that others are made of (`_…`).
        """
        for name in self._environment.list_templates(filter_func=_is_whole):
            _, path, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
            yield name, Path(path or name)

    def _not_found(self, name: str, error: TemplateNotFound) -> DocumentError:
        missed = str(error.name or name)
        known = [
            file
            for file in self._environment.list_templates()
            if not file.startswith(f"{BUILT_IN}/")
        ]
        hint = suggest(missed, known) or f"; known: {', '.join(known) or 'none'}"
        named_by = f"template {name} asks for another: " if missed != name else ""
        return DocumentError(
            f'{named_by}template "{missed}" is in none of the template folders{hint}'
        )


def _is_whole(name: str) -> bool:
    return name.endswith(".j2") and not name.startswith(("_", f"{BUILT_IN}/"))


def _unreadable(error: TemplateSyntaxError) -> DocumentError:
    message = error.message or ""
    if unknown := re.match(r"No (filter|test) named '(.*)'", message):
        message = f'there is no {unknown[1]} "{unknown[2]}"; docs/reference/templates.md lists those that there are'
    return DocumentError(
        f"template {error.name}, line {error.lineno}: {_remedied(message)}"
    )


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
        return "includes or calls itself without end; take the include or the call away"
    if isinstance(error, TemplateError):
        return _remedied(error.message)
    return _remedied(f"{type(error).__name__}: {error}")


def _remedied(message: str | None) -> str:
    return (
        message
        if message and ";" in message
        else f"{message or 'cannot be rendered'}; mend the template"
    )
