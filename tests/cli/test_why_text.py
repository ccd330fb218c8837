from __future__ import annotations

from rich.console import Console

from launch_kits.cli.why_text import why_lines
from launch_kits.plan import Predecessor, Work
from launch_kits.workdays.offsets import Offset
from tests.plan.chains import planned, watched

PINNED = Work("m", 0, (Predecessor("a"),), not_before=Offset(-3))
LAST = Work("b", 2, (Predecessor("m", 1),), due=Offset(0))
TITLES = {"a": "Alpha [bold]", "m": "The meeting", "b": "Beta"}


def said(*work: Work) -> str:
    console = Console(width=120)
    lines = why_lines(TITLES, planned(*work), watched=watched(*work))
    with console.capture() as captured:
        for line in lines:
            console.print(line)
    return captured.get()


def test_work_to_watch_comes_before_the_last_days():
    first, _, then = said(Work("a", 3), PINNED, LAST).partition("The last days")
    assert "Work to watch: the least float" in first
    assert "Alpha [bold]" in first
    assert 'the day of "The meeting", then 1 working day' in then
    assert "What drives the date" not in first + then


def test_a_chain_that_begins_with_work_is_alone():
    found = said(Work("a", 3), Work("b", 2, (Predecessor("a"),)))
    assert "What drives the date" in found
    assert "waits for the task above" in found
    assert "Work to watch" not in found


def test_the_limit_names_its_task_by_title():
    found = said(
        Work("a", 3), Work("b", 0, (Predecessor("a"),), due=Offset(-5), not_before=None)
    )
    assert 'the due day of "Beta" (5 working days before the launch day)' in found


def test_no_open_work_drives_nothing():
    (line,) = why_lines({}, None, watched=None)
    assert "No work is open" in str(line)
