"""How densely the code is written: statement and expression nodes for each line of code.

Blank lines, comments and docstrings are not counted, in lines or in nodes. Run it as
`python scripts/density.py launch_kits`; it prints the figure for each folder and for all of them.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

_NOT_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class Size(NamedTuple):
    """The nodes and the lines of code of some source."""

    nodes: int
    lines: int

    @property
    def density(self) -> float:
        """Nodes for each line of code."""
        return self.nodes / self.lines if self.lines else 0.0


def measure(source: str) -> Size:
    """Count the statement and expression nodes, and the lines of code, of a module."""
    tree = ast.parse(source)
    docstrings = [found for node in ast.walk(tree) if (found := _docstring(node))]
    nodes = sum(isinstance(node, ast.stmt | ast.expr) for node in ast.walk(tree))
    nodes -= 2 * len(docstrings)

    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _NOT_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for docstring in docstrings:
        lines.difference_update(
            range(docstring.lineno, (docstring.end_lineno or 0) + 1)
        )
    return Size(nodes, len(lines))


def _docstring(node: ast.AST) -> ast.Expr | None:
    if not isinstance(node, _DOCUMENTED) or not node.body:
        return None
    first = node.body[0]
    if not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
        return None
    return first if isinstance(first.value.value, str) else None


def measure_folder(folder: Path) -> dict[str, Size]:
    """Measure the modules of a folder; returns the sum for each folder in it."""
    sums: defaultdict[str, Size] = defaultdict(lambda: Size(0, 0))
    for path in sorted(folder.rglob("*.py")):
        size = measure(path.read_text(encoding="utf-8"))
        place = str(path.parent)
        sums[place] = Size(
            sums[place].nodes + size.nodes, sums[place].lines + size.lines
        )
    return dict(sums)


def main(folders: list[str]) -> None:
    """Print the density of each folder, and of all."""
    found = {
        place: size
        for name in folders
        for place, size in measure_folder(Path(name)).items()
    }
    found["all"] = Size(
        sum(size.nodes for size in found.values()),
        sum(size.lines for size in found.values()),
    )
    for place, size in found.items():
        print(f"{size.density:5.2f}  {size.lines:6,} lines  {place}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["launch_kits", "flows"])
