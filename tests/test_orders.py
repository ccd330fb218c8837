"""Rows that were written at the same instant have an order too, the same on each database."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "launch_kits"
#: columns that several rows may have the same value of, as they end
SHARED = ("at", "on", "due", "until")


def orders(tree: ast.AST) -> Iterator[list[ast.expr]]:
    """What each query is ordered by; a tuple with a name is looked up."""
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            names = [each.id for each in node.targets if isinstance(each, ast.Name)]
            named |= dict.fromkeys(names, node.value.elts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "order_by":
            found: list[ast.expr] = []
            for each in node.args:
                tuple_ = getattr(getattr(each, "value", None), "id", "")
                found += (
                    named.get(tuple_, []) if isinstance(each, ast.Starred) else [each]
                )
            yield found


def column(order: ast.expr) -> str:
    """The column: of `col(Task.due)`, `col(Task.due).desc()`, `Task.due` or `"due"`."""
    names = [node.attr for node in ast.walk(order) if isinstance(node, ast.Attribute)]
    names += [
        str(node.value) for node in ast.walk(order) if isinstance(node, ast.Constant)
    ]
    (name,) = [name for name in names if name not in {"asc", "desc"}] or [""]
    return name


def test_the_columns_of_an_order_are_found() -> None:
    query = 'newest = (col(A.at).desc(), A.id)\nq.order_by(*newest)\nq.order_by("at")'
    found = [[column(each) for each in order] for order in orders(ast.parse(query))]
    assert found == [["at", "id"], ["at"]]


def test_no_order_ends_with_an_instant_or_a_day() -> None:
    ends = [
        f"{path.relative_to(PACKAGE)}: {column(order[-1])}"
        for path in PACKAGE.rglob("*.py")
        for order in orders(ast.parse(path.read_text("utf-8")))
        if order and column(order[-1]).rpartition("_")[2] in SHARED
    ]
    assert ends == []
