from __future__ import annotations

from launch_kits.database.store import Store
from tests.cli.commands import Cli
from tests.desk import OTHER, SELLER, question, uses, with_desk
from tests.launches import PMM, SLUG, at

NOW = ("--now", at("01-11").isoformat())


def test_two_people_mark_a_line(cli: Cli, database: Store) -> None:
    with_desk(database)
    first = ("--as", SELLER, "--note", "Renamed", *NOW)
    said = cli.ok("flag", SLUG, "osprey.y1", *first)
    assert said.out == f"{PMM} is told that osprey.y1 may be wrong\n"
    assert (
        '"Falcon is faster". seller@example.com says that it is wrong: Renamed.'
        in said.err
    )
    said = cli.ok("flag", SLUG, "osprey.y1", "--as", OTHER, *NOW)
    assert said.out.startswith("osprey.y1 is marked as questioned until")
    assert question(database).about == "osprey.y1"
    assert [each.by for each in uses(database)] == [SELLER, OTHER]


def test_an_unknown_line_is_refused(cli: Cli, database: Store) -> None:
    with_desk(database)
    said = cli("flag", SLUG, "osprey.y9", "--as", SELLER)
    assert said.code == 1
    assert "did you mean" in said.err


def test_the_owner_says_why_a_line_holds(cli: Cli, database: Store) -> None:
    with_desk(database)
    cli.ok("flag", SLUG, "osprey.y1", "--as", SELLER, *NOW)
    said = cli.ok("flag", SLUG, "osprey.y1", "--holds", "Measured again", *NOW)
    assert said.out == f"osprey.y1 holds; {SELLER} will hear of it\n"
    assert cli("flag", SLUG, "osprey.y1").code == 2


def test_the_owner_agrees_that_a_line_is_wrong(cli: Cli, database: Store) -> None:
    with_desk(database)
    cli.ok("flag", SLUG, "osprey.y1", "--as", SELLER, *NOW)
    said = cli.ok("flag", SLUG, "osprey.y1", "--wrong", "It was renamed", *NOW)
    assert said.out == (
        f"osprey.y1 is marked until it is corrected; {SELLER} will hear of it\n"
    )
    both = cli("flag", SLUG, "osprey.y1", "--wrong", "Old", "--holds", "New")
    assert both.code == 2
