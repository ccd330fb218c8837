from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import col, select

import launch_kits
from launch_kits.database.records import ChangedDay, DayChangeRow, EventVerb
from launch_kits.database.store import Store
from launch_kits.verbs import NewTask, add, extend, move
from launch_kits.verbs.day_changes import first_dates, set_anchor_days, set_due
from launch_kits.verbs.replan import plan_now
from launch_kits.verbs.transaction import changing, reading
from tests.launches import LEAD, NOW, SLUG, at, launch, task

HERE = Path(launch_kits.__file__).parent
DAYS = {"due", "planned_due", "launch_on", "release_on"}
SETTER = HERE / "verbs/day_changes.py"


def rows(store: Store) -> list[DayChangeRow]:
    with store.read() as session:
        query = select(DayChangeRow).order_by(col(DayChangeRow.id))
        return list(session.exec(query).all())


def assigned(tree: ast.AST) -> Iterator[str]:
    """The attributes that some code assigns to."""
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
            targets = [node.target]
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Attribute):
                    yield part.attr


def test_a_day_is_set_in_one_module_only() -> None:
    setters = {
        path
        for path in HERE.rglob("*.py")
        if DAYS & set(assigned(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert setters == {SETTER}


def test_a_new_due_day_is_recorded_with_its_cause(falcon: Store) -> None:
    before = task(falcon, "legal_review").due
    after = before + timedelta(1)
    with changing(falcon, SLUG, now=NOW) as change:
        set_due(
            change,
            change.task("legal_review"),
            after,
            by=LEAD,
            verb=EventVerb.MOVE,
            why="Counsel is away",
            planned=True,
        )
    [row] = rows(falcon)
    assert (row.task, row.day, row.at) == ("legal_review", ChangedDay.DUE, NOW)
    assert (row.by, row.verb, row.why) == (LEAD, "move", "Counsel is away")
    assert (row.before, row.after) == (before, after)
    there = task(falcon, "legal_review")
    assert there.due == there.planned_due == after
    assert there.baseline_due == before


def test_a_day_that_stays_leaves_no_row(falcon: Store) -> None:
    there = launch(falcon)
    with changing(falcon, SLUG, now=NOW) as change:
        for each in change.tasks.values():
            set_due(
                change,
                each,
                each.due,
                by=LEAD,
                verb=EventVerb.MOVE,
                why=None,
                planned=True,
            )
        set_anchor_days(
            change,
            release_on=there.release_on,
            launch_on=there.launch_on,
            by=LEAD,
            verb=EventVerb.MOVE,
            why=None,
        )
    assert rows(falcon) == []


def test_each_change_follows_on_from_the_one_before(falcon: Store) -> None:
    first = task(falcon, "legal_review").due
    extend(falcon, SLUG, "legal_review", until=date(2027, 2, 26), by=LEAD, now=NOW)
    move(falcon, SLUG, on=date(2027, 3, 9), now=at("01-12"), note="The venue is taken")
    move(falcon, SLUG, on=date(2027, 3, 16), now=at("01-13"))
    own = [row for row in rows(falcon) if row.task == "legal_review"]
    assert [row.verb for row in own] == ["extend", "move", "move"]
    assert [row.before for row in own] == [first, *(row.after for row in own[:-1])]
    assert own[-1].after == task(falcon, "legal_review").due
    days = [row for row in rows(falcon) if row.day == ChangedDay.LAUNCH]
    assert [row.after for row in days] == [date(2027, 3, 9), date(2027, 3, 16)]
    assert days[0].why == "The venue is taken"
    assert launch(falcon).baseline_launch_on == days[0].before


def test_a_move_is_the_plan_in_force_and_keeps_the_baseline(falcon: Store) -> None:
    before = task(falcon, "training")
    move(falcon, SLUG, on=date(2027, 3, 9), now=at("01-12"))
    after = task(falcon, "training")
    assert launch(falcon).planned_at == at("01-12")
    assert (after.baseline_start, after.baseline_finish, after.baseline_due) == (
        before.start,
        before.finish,
        before.due,
    )
    assert after.due != after.baseline_due


def test_an_added_task_has_its_first_dates_as_baseline(falcon: Store) -> None:
    add(falcon, SLUG, NewTask(title="Poster", days=2), now=at("01-12"))
    there = task(falcon, "poster")
    assert there.baseline_at == at("01-12")
    assert (there.baseline_due, there.baseline_days) == (there.due, 2)
    assert (there.planned_start, there.planned_finish) == (there.start, there.finish)
    assert task(falcon, "training").baseline_at is None
    assert rows(falcon) == []


def test_a_task_that_is_late_from_the_start_is_due_today(falcon: Store) -> None:
    late = at("02-26")
    with reading(falcon, SLUG, now=late) as change:
        there = change.task("research")
        first_dates(change, there, plan_now(change).spans["research"])
        assert there.due == there.planned_due == late.date()
        assert there.finish >= late.date()
