"""Every file is read within a bound, and only if it is a regular file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "launch_kits"

#: module → why it reads or opens a file itself
ALLOWED = {
    "settings/small_file.py": "it is the reader with a bound",
    "settings/whole_file.py": "it opens a new file only",
    "inputs/starter/first_brief.py": "a new file (mode x), and a template of our own",
    "board/prefect_server.py": "a lock file, of which nothing is read",
    "server/processes.py": "the log that it appends to",
    "cli/init_questions.py": "a table of the package tzdata",
    "documents/kept_templates.py": "modules of our own package",
    "documents/formats/page.py": "a part of our own package",
    "documents/formats/typst.py": "a part of our own package",
    "room/assets.py": "a part of our own package",
}
READING = {".read_text", ".read_bytes", "open"}


def openings(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else ""
        if isinstance(called, ast.Attribute):
            name = f".{called.attr}"
        # of a path with a mode; ports, views and task lists have an `open` too
        given = [*node.args, *(word.value for word in node.keywords)]
        moded = any(isinstance(each, ast.Constant) for each in given)
        if name in READING or (name == ".open" and moded):
            yield node


def test_no_module_reads_a_file_by_itself() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts
        and any(openings(ast.parse(path.read_text("utf-8"))))
    }
    assert found == set(ALLOWED)
