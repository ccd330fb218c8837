"""The shape of the house: few rooms, small modules, and a test file for each module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch_kits.statuses import LaunchStatus, TaskStatus
from scripts import density

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PACKAGE = ROOT / "launch_kits"

MOST_ENTRIES = 20
MOST_LINES_OF_A_MODULE = 300
MOST_LINES_OF_A_FUNCTION = 50
HIGHEST_DENSITY = 4.4

#: the locals that may be assigned together, because they are the two ends of one thing
PAIRS = [
    {"start", "finish"},
    {"start", "end"},
    {"first", "last"},
    {"low", "high"},
    {"least", "most"},
    {"before", "after"},
    {"x", "y"},
    {"width", "height"},
    {"left", "right"},
    {"earliest", "latest"},
    {"begins", "ends"},
    {"since", "until"},
    {"head", "tail"},
]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def names_in(folder: Path) -> set[str]:
    """The folders (with a slash) and files of a folder, without Python's own."""
    return {
        f"{path.name}/" if path.is_dir() else path.name
        for path in folder.iterdir()
        if path.name not in {"__init__.py", "__pycache__", "py.typed"}
    }


def modules() -> Iterator[tuple[str, Path]]:
    """Each module of the package, with its path in the package; without migrations."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(PACKAGE).as_posix(), path


def trees() -> Iterator[tuple[str, ast.Module]]:
    for name, path in modules():
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def functions(node: ast.AST, path: str = "") -> Iterator[tuple[str, Function]]:
    """The functions and methods below a node, with their qualified names."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield f"{path}{child.name}", child
        if isinstance(child, Function | ast.ClassDef):
            yield from functions(child, f"{path}{child.name}.")
        else:
            yield from functions(child, path)


def has_nested_conditional(function: Function) -> bool:
    return any(
        isinstance(inner, ast.IfExp)
        for outer in ast.walk(function)
        if isinstance(outer, ast.IfExp)
        for child in ast.iter_child_nodes(outer)
        for inner in ast.walk(child)
    )


def test_the_package_has_few_entries() -> None:
    assert len(names_in(PACKAGE)) <= MOST_ENTRIES


def test_the_readme_shows_the_rooms_of_the_package() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    picture = readme.partition("## The rooms of the house")[2].split("```")[1]
    shown = re.findall(r"^  ([a-z_]+(?:/|\.py)) ", picture, re.MULTILINE)
    assert len(shown) == len(set(shown))
    assert set(shown) == names_in(PACKAGE)
    around = re.findall(r"^([a-z_]+/) ", picture, re.MULTILINE)
    assert [name for name in around if not (ROOT / name).is_dir()] == []


def test_each_module_has_a_test_file_of_its_path() -> None:
    untested = {
        name
        for name, path in modules()
        if path.name != "__init__.py"
        and not (TESTS / name).with_name(f"test_{path.name}").exists()
    }
    assert untested == set()


def test_no_code_hides_in_an_init_file_which_has_no_test_file() -> None:
    hidden = {
        f"{module}: {name}"
        for module, tree in trees()
        if Path(module).name == "__init__.py"
        for name in (
            getattr(each, "name", "")
            for each in tree.body
            if isinstance(each, Function | ast.ClassDef)
        )
        # loads names when they are first asked for
        if name != "__getattr__"
    }
    assert hidden == set()


def test_modules_are_short() -> None:
    long = {
        name
        for name, path in modules()
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES_OF_A_MODULE
    }
    assert long == set()


def test_functions_are_short() -> None:
    long = {
        f"{module}: {name}"
        for module, tree in trees()
        for name, function in functions(tree)
        if (function.end_lineno or 0) - function.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    }
    assert long == set()


def test_conditional_expressions_are_not_nested() -> None:
    nested = {
        f"{module}: {name}"
        for module, tree in trees()
        for name, function in functions(tree)
        if has_nested_conditional(function)
    }
    assert nested == set()


def unrelated_assignments(tree: ast.Module) -> Iterator[str]:
    """The tuple assignments of fields, or of locals that are not one thing with two ends."""
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Tuple)
            and isinstance(node.value, ast.Tuple)
        ):
            continue
        targets = node.targets[0].elts
        read = {ast.unparse(inner) for inner in ast.walk(node.value)}
        # all are read before any is written, as in a swap
        if any(ast.unparse(target) in read for target in targets):
            continue
        names = {each.id.strip("_") for each in targets if isinstance(each, ast.Name)}
        if len(names) < len(targets) or names not in PAIRS:
            yield ast.unparse(node)


def test_each_field_is_assigned_on_a_line_of_its_own() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {assignment}"
        for folder in ("launch_kits", "flows", "scripts", "bench", "tests")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for assignment in unrelated_assignments(ast.parse(path.read_text("utf-8")))
    }
    assert found == set()


@pytest.mark.parametrize(
    ("code", "unrelated"),
    [
        ("self.a, self.b = x, y", True),
        ("now, launch = clock(), self.launch", True),
        ("first, last = days[0], days[-1]", False),
        ("a, b = b, a", False),
        ("a, b = pair", False),
    ],
)
def test_a_tuple_assignment_of_unrelated_fields_is_found(
    code: str, *, unrelated: bool
) -> None:
    assert bool([*unrelated_assignments(ast.parse(code))]) == unrelated


def statuses_compared_as_text(tree: ast.Module) -> Iterator[str]:
    """The comparisons of a status with a string instead of a member of its enum."""
    words = {*TaskStatus, *LaunchStatus}
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            named = any(
                "status" in ast.unparse(side).rpartition(".")[2] for side in sides
            )
            found = {
                inner.value
                for side in sides
                for inner in ast.walk(side)
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
            }
            if named and found & words:
                yield ast.unparse(node)
        elif isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if len(keys) > 1 and keys <= words:
                yield ast.unparse(node)


def test_statuses_are_members_and_their_facts_are_in_the_table() -> None:
    texts = {
        f"{module}: {found}"
        for module, tree in trees()
        for found in statuses_compared_as_text(tree)
    }
    assert texts == set()


@pytest.mark.parametrize(
    "code",
    [
        'task.status == "done"',
        'view.status in ("running", "done")',
        'words = {"done": 1, "dropped": 2}',
        '{"blocked"} == set(statuses)',
    ],
)
def test_a_status_that_is_compared_as_text_is_found(code: str) -> None:
    assert list(statuses_compared_as_text(ast.parse(code)))


def test_the_code_is_not_dense() -> None:
    sizes = [density.measure(path.read_text(encoding="utf-8")) for _, path in modules()]
    whole = density.Size(
        nodes=sum(size.nodes for size in sizes), lines=sum(size.lines for size in sizes)
    )
    assert whole.density <= HIGHEST_DENSITY
