"""The classes that hold a task: each has a reason, and another one needs one."""

from __future__ import annotations

import ast
from pathlib import Path

import launch_kits

PACKAGE = Path(launch_kits.__file__).parent

#: what a task is, whose it is, and when it is due
PARTS = frozenset(
    [
        *("key", "title", "role", "stage", "days", "after"),
        *("owner", "backup", "approver"),
        *("start", "finish", "due", "planned_start", "planned_finish"),
    ]
)
#: the shapes of a task, each with the question that it answers
SHAPES = {
    "KitTask": "what does the recipe say?",
    "Assignment": "which task does this launch need of it, and whose is it?",
    "Work": "what has to be planned?",
    "Task": "what does the database hold?",
    "TaskFacts": "what may a template take of it?",
    "TaskView": "what may all rooms show of it? (a TaskFacts)",
    "NewTask": "what does a person add?",
    "TaskEdit": "what does a person change?",
    "TaskChange": "what does a change make of it?",
    "ToDecide": "which answer is owed about it, or about a gate, card or question?",
}
#: classes with three of the parts that are no task
OTHERS = {
    "Span": "dates alone",
    "Instance": "columns of all tasks, for the levelling",
    "GateState": "a gate",
    "ReminderState": "the reminders so far",
    "VerbSubject": "the people who may act, of a task, a gate or a launch",
}


def with_parts() -> set[str]:
    """The names of the classes with at least three of the parts, or a base that has them."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                named = {
                    each.target.id
                    for each in node.body
                    if isinstance(each, ast.AnnAssign)
                    and isinstance(each.target, ast.Name)
                }
                if len(named & PARTS) >= 3:
                    found.add(node.name)
    return found


def test_a_task_has_ten_shapes():
    assert with_parts() == SHAPES.keys() | OTHERS.keys()
    assert len(SHAPES) == 10
