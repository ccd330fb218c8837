"""Compile templates so that their output is escaped and their work counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

__all__ = ["Generator"]

#: the imports of a compiled template; Jinja's code calls some functions by its own names for them
_IMPORTS = (
    "from launch_kits.documents.bounds import counted, made, spend, weighed",
    "from launch_kits.documents.escaping import Macro, Markdown as Markup",
    "from launch_kits.documents.printing import joined as markup_join, printed as escape",
)

#: the work of running a node, if it is more than 1
_COSTS: Mapping[type[nodes.Node], int] = {
    nodes.Call: 10,
    nodes.CallBlock: 10,
    nodes.Concat: 3,
    nodes.Extends: 100,
    nodes.Filter: 4,
    nodes.FromImport: 100,
    nodes.Import: 100,
    nodes.Include: 100,
    nodes.Macro: 10,
    nodes.Output: 2,
    nodes.Test: 2,
}
#: children of a node that count their own work when they run
_APART: Mapping[type[nodes.Node], tuple[str, ...]] = {
    nodes.Block: ("body",),
    nodes.CallBlock: ("body",),
    nodes.For: ("target", "body", "test"),
    nodes.Macro: ("body",),
}
#: Jinja's names for the further arguments of a macro, which cannot be measured
_FURTHER = ("varargs", "kwargs")


def _cost(parts: Iterable[nodes.Node]) -> int:
    """The work of running parts of a template once."""
    total = 0
    waiting = list(parts)
    while waiting:
        node = waiting.pop()
        total += _COSTS.get(type(node), 1)
        if isinstance(node, nodes.TemplateData):
            total += len(node.data) >> 4
        waiting += node.iter_child_nodes(exclude=_APART.get(type(node), ()))
    return total


class Generator(CodeGenerator):
    """Jinja's compiler for Markdown, with bounds to loops and values."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Jinja's own
        super().__init__(*args, **kwargs)
        #: id of an expression → the code before and behind it, which checks its value
        self._checks: dict[int, tuple[str, str]] = {}
        #: id of a body → the work of running it
        self._bodies: dict[int, int] = {}

    def visit(self, node: nodes.Node, *args: object, **kwargs: object) -> object:
        before, behind = self._checks.pop(id(node), ("", ""))
        if not before:
            return super().visit(node, *args, **kwargs)
        self.write(before)
        super().visit(node, *args, **kwargs)
        self.write(behind)
        return None

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        cost = self._bodies.get(id(body))
        if cost:
            self.writeline(f"spend({cost})")
        super().blockvisit(body, frame)

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self._bodies[id(node.body)] = _cost(node.body)
        for kind in (nodes.Block, nodes.CallBlock, nodes.Macro):
            for part in node.find_all(kind):
                body = part.body  # type: ignore[attr-defined]
                self._bodies[id(body)] = _cost(body)
        super().visit_Template(node, frame)
        # these imports come after Jinja's own, so that they replace its functions
        for line in _IMPORTS:
            self.writeline(line)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        if node.recursive:
            self.fail(
                "a loop cannot call itself; write a macro that calls itself",
                node.lineno,
            )
        tests = [node.test] if node.test else []
        cost = _cost([node.target, *node.body, *tests])
        self._checks[id(node.iter)] = ("counted(", f", {cost})")
        super().visit_For(node, frame)

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        if node.name in _FURTHER:
            self.fail(
                f'"{node.name}" is not supported; name every parameter of the macro',
                node.lineno,
            )
        super().visit_Name(node, frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        for part in (node.expr, *(operand.expr for operand in node.ops)):
            if not isinstance(part, nodes.Const):
                self._checks[id(part)] = ("weighed(", ")")
        super().visit_Compare(node, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        self.write("made(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self.write("made(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        # the targets of a loop or of `set` are a tuple too
        if node.ctx == "store":
            super().visit_Tuple(node, frame)
            return
        self.write("made(")
        super().visit_Tuple(node, frame)
        self.write(")")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        # Jinja would slice values itself, and measure nothing
        self.write("environment.getitem(")
        self.visit(node.node, frame)
        self.write(", slice(")
        for part in (node.arg.start, node.arg.stop, node.arg.step):
            self.visit(part or nodes.Const(None), frame)
            self.write(", ")
        self.write("))")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        node.nodes = [_as_written(child) for child in node.nodes]
        super().visit_Output(node, frame)

    def visit_EvalContextModifier(
        self, node: nodes.EvalContextModifier, frame: Frame
    ) -> None:
        self.fail(
            "escaping cannot be switched off; use `| safe` for a text that is Markdown",
            node.lineno,
        )

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> str:
        # no expression is evaluated at compile time, where no work is counted
        inner = node.expr if isinstance(node, nodes.MarkSafe) else node
        if not isinstance(inner, nodes.Const | nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


def _as_written(node: nodes.Expr) -> nodes.Expr:
    """Mark the constant texts of an expression as Markdown.

    The text in ``{{ " or " if more }}`` is the template's own, so it is not escaped.
    """
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return nodes.MarkSafe(node)
    if isinstance(node, nodes.CondExpr):
        node.expr1 = _as_written(node.expr1)
        node.expr2 = node.expr2 and _as_written(node.expr2)
    elif isinstance(node, nodes.Concat):
        node.nodes = [_as_written(part) for part in node.nodes]
    elif isinstance(node, nodes.Or | nodes.And):
        node.left = _as_written(node.left)
        node.right = _as_written(node.right)
    return node
