from __future__ import annotations

from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import NOW, brief_with


def test_brackets_in_names_are_no_markup(cli: Cli, flying):
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
