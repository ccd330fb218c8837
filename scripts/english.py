"""How plain the English of the code is: markers for each 10,000 words of docstrings and comments.

Run it as `python scripts/english.py launch_kits`. Six well-read Python projects have `what` 0-8
times in 10,000 words, `where` 0-8, `somebody` and its kind 0, `stands` 0, `if` 22-106 and `return`
45-98 times.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = [
    "MARKERS",
    "count",
    "first_clauses_of",
    "names_of_tests",
    "own_prose_of",
    "prose_of",
    "rates",
    "rates_in",
    "strings_of",
]

#: the name of each marker, and how it is found
MARKERS = {
    "what": r"\bwhat\b",
    "where": r"\bwhere\b",
    "somebody, nobody": r"\b(?:somebody|nobody|whoever|whom)\b",
    # "as things stand" is the usual phrase for a forecast by the facts
    "stands": r"(?<!things )\bstands?\b",
    "if": r"\bif\b",
    "return": r"\breturn(?:s|ed)?\b",
}
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def prose_of(source: str) -> Iterator[str]:
    """Yield the docstrings and comments of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, _DOCUMENTED) and (text := ast.get_docstring(node)):
            yield text
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and not re.match(
            r"#\s*(noqa|type:|!)", token.string
        ):
            yield token.string.lstrip("#: ").partition("# noqa")[0]


def strings_of(source: str) -> Iterator[str]:
    """Yield the strings of a module that hold several words: its messages, help and phrases."""
    tree = ast.parse(source)
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, _DOCUMENTED)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and " " in node.value
            and id(node) not in documented
        ):
            yield node.value


def own_prose_of(template: str) -> str:
    """The words of a template, without its commands, values and tags."""
    return re.sub(r"\{[%{].*?[%}]\}|<[^>]*>", "", template, flags=re.DOTALL)


def names_of_tests(source: str) -> Iterator[str]:
    """Yield the names of the tests of a module as sentences."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name.removeprefix("test_").replace("_", " ")


def first_clauses_of(source: str) -> Iterator[str]:
    """Yield the first clause of each docstring of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, _DOCUMENTED) and (text := ast.get_docstring(node)):
            yield re.split(r"[.;:,\n]", text.partition("\n\n")[0].replace("\n", " "))[0]


def count(texts: Iterable[str]) -> tuple[Counter[str], int]:
    """Count the markers and the words of some texts."""
    found: Counter[str] = Counter()
    words = 0
    for text in texts:
        words += len(re.findall(r"[A-Za-z]+", text))
        for name, pattern in MARKERS.items():
            found[name] += len(re.findall(pattern, text, re.IGNORECASE))
    return found, words


def rates(folders: Iterable[Path]) -> dict[str, float]:
    """Count each marker in the Python files of some folders, for each 10,000 words."""
    paths = (path for folder in folders for path in sorted(folder.rglob("*.py")))
    texts = (
        text for path in paths for text in prose_of(path.read_text(encoding="utf-8"))
    )
    return rates_in(texts)


def rates_in(texts: Iterable[str]) -> dict[str, float]:
    """Count each marker in some texts, for each 10,000 words."""
    found, words = count(texts)
    return {name: 10_000 * found[name] / max(words, 1) for name in MARKERS}


def main(folders: list[str]) -> None:
    """Print the rate of each marker."""
    for name, rate in rates([Path(folder) for folder in folders]).items():
        print(f"{rate:6.1f}  {name}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["launch_kits", "flows"])
