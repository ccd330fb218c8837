"""The CPU time of short commands, beside the bare imports that they need."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.measure import Comparison, Measurement, print_table, side_by_side

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, str(Path(sys.executable).with_name("launch-kits"))]
EXAMPLE = "examples/valkey-9"
REPEATS = 5
#: the first day of work of the example, so that the rows mean the same on every day
NOW = "2026-11-23T12:00+00:00"
#: the allowed time of a command, as a multiple of its imports' time. Beside its libraries, a check
#: imports the models of brief, kit and ledger (1.2 to 1.4 times its libraries' time, of which
#: Pydantic's look for plugins is 0.2), linter and planner (0.5) and the command line (0.25), and
#: reads and checks the example (0.45). `status` makes 31 tables (0.45 of the time of `import
#: sqlmodel`), the models (0.25), imports Rich, PyYAML and holidays (0.15) and the views (0.15), and
#: computes the launch (0.25).
CHECKED = 3.25
LISTED = 2.25
#: for rows without a target
NONE = float("inf")

#: command, the imports that it is compared with, and the target
COMPARED: Sequence[tuple[Sequence[str], str, float]] = (
    (("check", EXAMPLE, "--now", NOW), "pydantic, yaml, holidays", CHECKED),
    (
        ("plan", f"{EXAMPLE}/brief.yaml", "--json", "--now", NOW),
        "pydantic, yaml, holidays",
        CHECKED,
    ),
    (("status", "--now", NOW), "sqlmodel", LISTED),
    (("--help",), "click", NONE),
)


def environment(home: str) -> dict[str, str]:
    """The environment without settings of Prefect, Slack, Python or ours.

    Only the home folder is set.
    """
    foreign = ("PREFECT_", "SLACK_", "LAUNCH_KITS_", "PYTHON")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(foreign)
    }
    return kept | {"LAUNCH_KITS_HOME": home}


def running(command: Sequence[str], *, home: str) -> Callable[[], object]:
    """A run of a command in another process, which must succeed."""

    def run() -> object:
        return subprocess.run(  # noqa: S603
            command,
            cwd=ROOT,
            env=environment(home),
            stdout=subprocess.DEVNULL,
            check=True,
        )

    return run


def one_launch(home: str) -> None:
    """Make a database with the example's launch."""
    from launch_kits.database.store import Store
    from launch_kits.inputs.loading import load_brief
    from launch_kits.verbs import open_launch

    store = Store(f"sqlite:///{home}/launch-kits.db")
    brief = load_brief(ROOT / EXAMPLE / "brief.yaml").brief
    assert open_launch(
        store, brief, now=datetime(2026, 11, 23, 11, tzinfo=UTC), accept_late=True
    ).new
    store.close()


def compare(
    words: Sequence[str], imports: str, *, target: float, home: str
) -> Comparison:
    """A command against its imports, the best of several runs in turns."""
    ours = running([*COMMAND, *words], home=home)
    theirs = running([sys.executable, "-c", f"import {imports}"], home=home)
    return Comparison(
        *side_by_side(ours, theirs, REPEATS, clock=spent_by_commands), target
    )


def spent_by_commands() -> float:
    """The seconds of CPU that the processes started here have taken, if they have ended.

    Other work of the machine changes them less than it changes the time on the wall.
    """
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def measurements() -> Iterator[Measurement]:
    """Each command beside its imports."""
    with tempfile.TemporaryDirectory() as home:
        one_launch(home)
        for words, imports, target in COMPARED:
            yield Measurement(
                f"{words[0]} beside import {imports}",
                partial(compare, words, imports, target=target, home=home),
            )


if __name__ == "__main__":
    print_table(measurements())
