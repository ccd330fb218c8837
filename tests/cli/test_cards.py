from __future__ import annotations

from launch_kits.database.records import CardUseKind
from launch_kits.database.store import Store
from launch_kits.verbs import count_use, flag
from tests.cli.commands import Cli
from tests.desk import OTHER, SELLER, with_desk
from tests.launches import NOW, SLUG


def test_the_use_of_each_card_is_shown(cli: Cli, database: Store) -> None:
    with_desk(database)
    count_use(database, SLUG, "osprey", CardUseKind.OPENED, by=SELLER, now=NOW)
    for person in (SELLER, OTHER):
        flag(database, SLUG, "osprey.y1", by=person, now=NOW)
    out = cli.ok("cards", SLUG).out
    row = next(line for line in out.splitlines() if "Osprey Data Hub" in line)
    assert row.split()[3:] == [
        *("pmm@example.com", "1", "0", "2", "1", "osprey.y1", "osprey.y1")
    ]
    found = cli.ok("cards", SLUG, "--json").json
    assert [each["opened"] for each in found] == [1, 0]


def test_a_launch_without_cards_says_so(cli: Cli, database: Store) -> None:
    with_desk(database, positioning={}, faq=[])
    assert cli.ok("cards", SLUG).out == (
        "The launch has no card: no alternative of its brief has claims.\n"
    )
