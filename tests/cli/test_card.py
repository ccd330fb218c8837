from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import flag
from tests.cli.commands import Cli
from tests.desk import OTHER, SELLER, uses, with_desk
from tests.launches import NOW, SLUG, at, ledger_of

AT = ("--now", at("01-12").isoformat())


def test_the_front_of_a_card_is_printed(cli: Cli, database: Store) -> None:
    with_desk(database)
    for person in (SELLER, OTHER):
        flag(database, SLUG, "osprey.y1", by=person, now=NOW)
    doubt = "(questioned, wait for the answer)"
    assert cli.ok("card", "osprey", *AT).out.splitlines() == [
        "Falcon vs Osprey, verified on Mon 4 Jan 2027",
        "Where they win",
        "  osprey.s1  Osprey is well known [osprey.example.com]",
        "Where we win",
        f"  osprey.y1  Falcon is faster {doubt} [osprey.example.com]",
    ]


def test_the_answer_to_an_objection_is_printed_and_counted(
    cli: Cli, database: Store
) -> None:
    with_desk(database)
    words = ("Osprey", "Data", "Hub", "they", "are", "cheaper")
    assert cli.ok("card", *words, "--as", SELLER, *AT).out.splitlines() == [
        '"Osprey is cheaper than you"',
        "Compare the price with support included.",
        "source: https://osprey.example.com",
    ]
    (use,) = [each for each in uses(database) if each.kind == "opened"]
    assert (use.card, use.by) == ("osprey", SELLER)


def test_what_is_not_known_is_not_sourced(cli: Cli, database: Store) -> None:
    with_desk(database)
    for said in ("is there a GUI", "discounts", "certified"):
        out = cli.ok("card", "osprey", said, *AT).out
        assert out.splitlines() == [
            f'"{said}": not sourced.',
            f"`launch-kits ask {SLUG} … --as EMAIL` asks the answer desk",
        ]


def test_a_stale_card_says_so(cli: Cli, database: Store) -> None:
    with_desk(database)
    out = cli.ok("card", "kite", "--now", at("06-01").isoformat()).out
    assert out.startswith(
        "Falcon vs Kite, verified on Mon 4 Jan 2027; its review was due on Sun 4 Apr 2027\n"
    )


def test_an_unknown_card_names_those_there_are(cli: Cli, database: Store) -> None:
    with_desk(database)
    said = cli("card", "eagle")
    assert said.code == 1
    assert said.err == 'no card is called "eagle"; there are: osprey, kite\n'


def test_cards_that_are_called_the_same_are_named(cli: Cli, database: Store) -> None:
    alternatives = [
        {"key": "osprey", "name": "Kite", "claims": ledger_of("osprey")},
        {"key": "kite", "name": "Kite Cloud", "claims": ledger_of("kite")},
    ]
    with_desk(database, positioning={"alternatives": alternatives}, faq=[])
    assert "name one by its key: osprey, kite" in cli("card", "kite").err
