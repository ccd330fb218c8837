"""Change narrow parts of the code on purpose, and count the changes that the tests notice.

`python scripts/mutants.py claims` runs mutmut on one subject, in a copy of the project. It prints
the score, the share of changes that made a test fail, and the changes that no test noticed. A
subject that takes longer than `--minutes` is stopped; its score then covers the changes tried.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COPIED = (
    "launch_kits",
    "flows",
    "templates",
    "examples",
    "scripts",
    "bench",
    "docs",
    "tests",
    "pyproject.toml",
    "README.md",
)
NOTICED = {"killed", "timeout", "suspicious", "segfault"}
UNNOTICED = {"survived", "no tests"}


class Subject(NamedTuple):
    """A part of the code, and the tests that should notice a change in it."""

    code: tuple[str, ...]
    tests: tuple[str, ...]


SUBJECTS = {
    "claims": Subject(
        code=("claims/visibility.py",),
        tests=("tests/claims", "tests/documents/test_leaks.py"),
    ),
    "plan": Subject(code=("plan/dates.py",), tests=("tests/plan",)),
    "verbs": Subject(
        code=("verbs/tasks.py",),
        tests=(
            "tests/verbs/test_tasks.py",
            "tests/verbs/test_hand_in.py",
            "tests/verbs/test_task_checks.py",
            "tests/verbs/test_content_approval.py",
            "tests/verbs/test_decision_gates.py",
            "tests/verbs/test_extension_requests.py",
        ),
    ),
    "outbox": Subject(
        code=("outbox/queue.py",), tests=("tests/outbox", "tests/worker")
    ),
}


def configuration(subject: Subject) -> str:
    """The part of pyproject.toml that mutmut reads."""
    code = [f"launch_kits/{path}" for path in subject.code]
    # PostgreSQL would start anew for each change; SQLite runs the same tests
    options = ["-p", "no:randomly", "-p", "no:cacheprovider", "-k", "not postgresql"]
    also = [name for name in COPIED if name not in {"launch_kits", "pyproject.toml"}]
    return f"""
[tool.mutmut]
source_paths = ["launch_kits"]
only_mutate = {code}
also_copy = {also}
pytest_add_cli_args = {options}
pytest_add_cli_args_test_selection = {list(subject.tests)}
"""


def results(printed: str) -> dict[str, str]:
    """Read the output of `mutmut results`; returns the result of each change by its name."""
    return dict(re.findall(r"^\s*(\S+__mutmut_\d+): (.+?)\s*$", printed, re.MULTILINE))


def score(found: dict[str, str]) -> tuple[int, int]:
    """Count the changes that were noticed, and the changes that were tried."""
    noticed = sum(result in NOTICED for result in found.values())
    return noticed, noticed + sum(result in UNNOTICED for result in found.values())


def copy_project(folder: Path, subject: Subject) -> None:
    """Copy the project to a folder, where mutmut may change it."""
    for part in COPIED:
        if (ROOT / part).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, folder / part, ignore=ignored)
        else:
            shutil.copy(ROOT / part, folder / part)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(configuration(subject))


def mutmut(folder: Path, *arguments: str, seconds: float | None = None) -> str:
    """Run mutmut; returns its output.

    If it takes longer than the seconds given, it is stopped with all its processes.
    """
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        output.seek(0)
        return output.read()


def difference(folder: Path, change: str) -> str:
    """Show the lines that a change removes and adds."""
    shown = mutmut(folder, "show", change)
    return "\n".join(line for line in shown.splitlines() if re.match(r"[-+] ", line))


def try_subject(name: str, *, minutes: float, processes: int) -> bool:
    """Run mutmut on a subject, print its score and the changes that no test noticed.

    Returns whether any change was tried.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        copy_project(folder, SUBJECTS[name])
        log = mutmut(
            folder, "run", "--max-children", str(processes), seconds=minutes * 60
        )
        found = results(mutmut(folder, "results", "--all", "true"))
        noticed, tried = score(found)
        if not tried:
            print(f"{name}: no change was tried\n{log[-2000:]}")
            return False
        share = f"{noticed} of {tried} changes noticed ({noticed / tried:.0%})"
        print(f"{name}: {share}; {len(found) - tried} not tried")
        for change, result in found.items():
            if result in UNNOTICED:
                print(f"\n{change}: {result}\n{difference(folder, change)}")
    return True


def main() -> int:
    """Try the subjects asked for; returns 1 if one could not be tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", default=[])
    parser.add_argument("--minutes", type=float, default=10, help="most for a subject")
    asked = parser.parse_args()
    if unknown := set(asked.subjects) - SUBJECTS.keys():
        parser.error(f"unknown subject {unknown.pop()!r}; use {', '.join(SUBJECTS)}")
    tried = [
        try_subject(name, minutes=asked.minutes, processes=os.cpu_count() or 1)
        for name in asked.subjects or SUBJECTS
    ]
    return 0 if all(tried) else 1


if __name__ == "__main__":
    sys.exit(main())
