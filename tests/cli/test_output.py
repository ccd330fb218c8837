from __future__ import annotations

import json

from launch_kits.cli import output
from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import NOW, brief_with


def test_brackets_in_names_are_not_markup(cli: Cli, flying):
    open_launch(
        flying, brief_with(launch="odd", product="[bold]Odd[/] [/x] [link=x]"), now=NOW
    )
    for words in (
        ["status"],
        ["status", "odd"],
        ["tasks"],
        ["history", "odd"],
        ["outbox"],
    ):
        cli.ok(*words)
    assert "[bold]Odd[/] [/x] [link=x]" in cli.ok("status", "odd").out


def test_json_holds_no_character_that_a_terminal_obeys(capsys):
    hostile = "\x1b[2J\x7f\x9b31m\u202eabc\u2028\n\tü"
    output.as_json({"title": hostile})
    written = capsys.readouterr().out
    assert not output.UNSEEN.search(written)
    assert json.loads(written) == {"title": hostile}
    assert "ü" in written


def test_work_that_is_planned_after_its_due_day_is_marked(cli: Cli, database):
    open_launch(database, brief_with(launch_on="2027-01-21"), now=NOW)
    said = cli.ok("tasks", "--launch", "falcon-2", "--now", NOW.isoformat()).out
    (row,) = (line for line in said.splitlines() if "planned after" in line)
    assert "planned after its due day" in row
