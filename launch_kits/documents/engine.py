"""Find, compile and run templates.

They run in Jinja2's sandbox, and every value is escaped for Markdown.
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
from launch_kits.documents.context import TemplateContext
from launch_kits.documents.environment import Sandbox
from launch_kits.documents.facts import Facts
from launch_kits.documents.gaps import Rendered
from launch_kits.documents.kept_templates import KeptTemplates
from launch_kits.documents.names import names_for
from launch_kits.errors import DocumentError, LaunchKitsError, suggest
from launch_kits.inputs.template_folders import built_in_templates
from launch_kits.settings.small_file import NotAFile, TooLarge, read_within

__all__ = ["BUILT_IN", "Engine", "engine"]

#: the prefix under which a built-in template is found even if a user's template has its name
BUILT_IN = "built-in"

#: the most bytes of a template; the largest built-in one has a tenth of them
LARGEST = 64 * 1024


class _Folder(FileSystemLoader):
    """A user's folder of templates, which refuses files which are too large or lie elsewhere."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        folder = Path(self.searchpath[0])
        path = folder.joinpath(*split_template_path(template))
        try:
            # the folder itself may be a link
            content = read_within(path, folder, most=LARGEST)
            written_at = path.stat().st_mtime
        except TooLarge:
            raise TemplateSyntaxError(
                "is larger than 64 KiB; split it, and include the parts", 1, template
            ) from None
        except ValueError:
            raise TemplateSyntaxError(
                "is a link out of its folder; put the file itself there", 1, template
            ) from None
        except (OSError, NotAFile):
            return super().get_source(environment, template)

        def is_current() -> bool:
            with suppress(OSError):
                return path.stat().st_mtime == written_at
            return False

        return content.decode(self.encoding), str(path), is_current


@lru_cache(maxsize=16)
def engine(folders: tuple[Path, ...]) -> Engine:
    """The engine for some folders, kept with its compiled templates.

    A template is looked for in the folders first, then among the built-in ones.
    """
    return Engine(folders)


class Engine:
    """Runs templates; compiles each once, and again if its file changes."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = [*folders, built_in_templates()]
        # our own files may each be a link, as some installers make them
        built_in = FileSystemLoader(built_in_templates())
        loaders: list[BaseLoader] = [*(_Folder(folder) for folder in folders), built_in]
        loader = ChoiceLoader([*loaders, PrefixLoader({BUILT_IN: built_in})])
        kept = KeptTemplates(built_in_templates())
        self._environment = Sandbox(loader, kept=kept)
        #: source → its syntax tree; parsing is the costliest part of digesting a document's inputs
        self._trees: dict[str, nodes.Template] = {}

    def run(self, name: str, facts: Facts) -> Rendered:
        """Fill a template with facts.

        Returns Markdown, with the missing parts and the sources at the end. Raises DocumentError
        for any fault of the template.
        """
        context = TemplateContext(facts)
        try:
            with metered():
                template = self._environment.get_template(name)
                text = template.render(names_for(facts, context))
        except TemplateNotFound as error:
            raise self._not_found(name, error) from None
        except TemplateSyntaxError as error:
            raise _unreadable(error) from None
        except Exception as error:  # noqa: BLE001 - any error is the template's fault
            raise DocumentError(
                f"template {_place(name, error)}: {_why(error)}"
            ) from None

        for part in (context.to_finish(), context.sources()):
            text = f"{text.rstrip()}\n{part}" if part else text
        return Rendered(text, tuple(context.gaps), tuple(context.held_back))

    def source(self, name: str) -> str:
        """Read the source of a template.

        Raises DocumentError if it is not found or cannot be read.
        """
        try:
            return self._load(name)[0]
        except TemplateNotFound as error:
            raise self._not_found(name, error) from None
        except TemplateSyntaxError as error:
            raise _unreadable(error) from None
        except (OSError, UnicodeError) as error:
            raise DocumentError(f"template {name}: {_why(error)}") from None

    def parse(self, name: str) -> Iterator[tuple[str, nodes.Template]]:
        """Parse a template and the templates that it includes or extends.

        Returns the source and the syntax tree of each. Raises DocumentError if one is missing or
        cannot be read.
        """
        waiting = [name]
        seen = {name}
        while waiting:
            part = waiting.pop(0)
            source = self.source(part)
            tree = self._tree(part, source)
            yield source, tree
            named = [
                found
                for found in meta.find_referenced_templates(tree)
                if found and found not in seen
            ]
            waiting += named
            seen.update(named)

    def _tree(self, name: str, source: str) -> nodes.Template:
        if source not in self._trees:
            try:
                self._trees[source] = self._environment.parse(source, name)
            except TemplateSyntaxError as error:
                raise _unreadable(error) from None
        return self._trees[source]

    def files(self) -> Iterator[tuple[str, Path]]:
        """The name and the file of every template, ordered by name.

        Leaves out parts of other templates: files that begin with ``_``.
        """
        for name in self._environment.list_templates(filter_func=_is_whole):
            # a file that cannot be read is listed too
            paths = [folder / name for folder in self._folders]
            yield name, next(filter(Path.is_file, paths), paths[0])

    def _load(self, name: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]

    def _not_found(self, name: str, error: TemplateNotFound) -> DocumentError:
        missed = str(error.name or name)
        known = [
            file
            for file in self._environment.list_templates()
            if not file.startswith(f"{BUILT_IN}/")
        ]
        hint = suggest(missed, known) or f"; known: {', '.join(known) or 'none'}"
        problem = f'template "{missed}" is in none of the template folders'
        if missed != name:
            problem = f"template {name} needs another template: {problem}"
        return DocumentError(f"{problem}{hint}")


def _is_whole(name: str) -> bool:
    return name.endswith(".j2") and not name.startswith(("_", f"{BUILT_IN}/"))


def _unreadable(error: TemplateSyntaxError) -> DocumentError:
    message = error.message or ""
    if unknown := re.match(r"No (filter|test) named '(.*)'", message):
        message = (
            f'unknown {unknown[1]} "{unknown[2]}"; '
            f"use one that docs/reference/templates.md lists"
        )
    return DocumentError(
        f"template {error.name}, line {error.lineno}: {_remedied(message)}"
    )


def _place(name: str, error: Exception) -> str:
    """The template and the line of an error, as its traceback tells."""
    place = name
    for frame, line in traceback.walk_tb(error.__traceback__):
        # Jinja rewrites the frames of compiled templates to show the lines of their sources
        if "__jinja_exception__" in frame.f_globals:
            place = f"{Path(frame.f_code.co_filename).name}, line {line}"
    return place


def _why(error: Exception) -> str:
    if isinstance(error, LaunchKitsError):
        return str(error)
    if isinstance(error, RecursionError):
        return "includes or calls itself endlessly; remove the include or the call"
    if isinstance(error, TemplateError):
        return _remedied(error.message)
    return _remedied(f"{type(error).__name__}: {error}")


def _remedied(message: str | None) -> str:
    """A message that ends in a remedy."""
    if message and ";" in message:
        return message
    return f"{message or 'cannot be rendered'}; fix the template"
