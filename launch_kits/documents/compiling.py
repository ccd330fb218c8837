"""Templates compiled so that what they print is escaped for Markdown, and what they do is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

__all__ = ["Generator"]

#: what compiled templates are handed, by the names under which Jinja's own code looks for it
_ESCAPING = "from launch_kits.documents.escaping import Macro, Markdown as Markup"
_BOUNDS = "from launch_kits.documents.bounds import counted, made, printed as escape, joined as markup_join, spend, weighed"

#: what a part of a template costs when it is run, where that is more than 1
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
#: parts that are counted by themselves, when they are run
_APART: Mapping[type[nodes.Node], tuple[str, ...]] = {
    nodes.Block: ("body",),
    nodes.CallBlock: ("body",),
    nodes.For: ("target", "body", "test"),
    nodes.Macro: ("body",),
}
#: what Jinja makes of a macro's further arguments cannot be measured
_FURTHER = ("varargs", "kwargs")


def _cost(parts: Iterable[nodes.Node]) -> int:
    """What it costs to run parts of a template once."""
    total, waiting = 0, list(parts)
    while waiting:
        node = waiting.pop()
        total += _COSTS.get(type(node), 1)
        if isinstance(node, nodes.TemplateData):
            total += len(node.data) >> 4
        waiting += node.iter_child_nodes(exclude=_APART.get(type(node), ()))
    return total


class Generator(CodeGenerator):
    """Jinja's compiler, with Markdown in the place of HTML and a bound to whatever could be much."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Jinja's own
        super().__init__(*args, **kwargs)
        #: expressions → what is written before and behind them, to look at their values
        self._seen: dict[int, tuple[str, str]] = {}
        #: bodies → what to run them costs
        self._bodies: dict[int, int] = {}

    def visit(self, node: nodes.Node, *args: object, **kwargs: object) -> object:
        before, behind = self._seen.pop(id(node), ("", ""))
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
        # the compiled module looks these names up when it runs: the last import holds
        self.writeline(_ESCAPING)
        self.writeline(_BOUNDS)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        if node.recursive:
            self.fail("a loop cannot call itself; write a macro that does", node.lineno)
        cost = _cost([node.target, *node.body, *([node.test] if node.test else [])])
        self._seen[id(node.iter)] = ("counted(", f", {cost})")
        super().visit_For(node, frame)

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        if node.name in _FURTHER:
            self.fail(
                f'"{node.name}" is not known; name every parameter of the macro',
                node.lineno,
            )
        super().visit_Name(node, frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        for part in (node.expr, *(operand.expr for operand in node.ops)):
            if not isinstance(part, nodes.Const):
                self._seen[id(part)] = ("weighed(", ")")
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
        # the names that a loop or a `set` fills are written as a tuple too
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
        # Jinja would cut values itself, without a look at them
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
            "escaping cannot be switched off; use `| safe` for what is Markdown by your own word",
            node.lineno,
        )

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> str:
        # nothing is worked out before it is counted
        written = node.expr if isinstance(node, nodes.MarkSafe) else node
        if not isinstance(written, nodes.Const | nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


def _as_written(node: nodes.Expr) -> nodes.Expr:
    """An expression whose texts are printed as the template has them.

    ``{{ " or " if more }}`` is no value.
    """
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
