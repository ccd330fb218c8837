from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import TaskEdit, edit
from tests.cli.commands import Cli
from tests.launches import LEAD, NOW, SLUG, opened, task


def test_points_are_ticked_and_taken_back(cli: Cli, database: Store) -> None:
    opened(database)
    points = TaskEdit(checklist=("Ask five", "Write it up"))
    edit(database, SLUG, "research", points, by=LEAD, now=NOW)
    at = ("--now", NOW.isoformat())
    said = cli.ok("tick", SLUG, "research", "1", "Write it up", *at).out
    assert said == "2 of 2 points of research are ticked\n"
    cli.ok("tick", SLUG, "research", "1", "--undo", "--by", LEAD, *at)
    assert task(database, "research").ticked == ["Write it up"]
