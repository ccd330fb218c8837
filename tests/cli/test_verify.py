from __future__ import annotations

from launch_kits.database.store import Store
from tests.cli.commands import Cli
from tests.desk import with_desk
from tests.launches import LEAD, SLUG, at, notices

NOW = ("--now", at("01-28").isoformat())


def test_a_card_counts_as_reviewed(cli: Cli, database: Store) -> None:
    with_desk(database)
    said = cli.ok("verify", SLUG, "osprey", *NOW)
    assert said.out.startswith(
        "the card on Osprey Data Hub counts as reviewed today; the next review is due by "
    )
    again = cli.ok("verify", SLUG, "osprey", *NOW)
    assert again.out == "the card on Osprey Data Hub was reviewed today already\n"


def test_the_lead_hears_what_has_to_change(cli: Cli, database: Store) -> None:
    with_desk(database)
    said = cli.ok("verify", SLUG, "osprey", "--change", "The price went up", *NOW)
    assert said.out == (
        f"{LEAD} is told the change that the card on Osprey Data Hub needs\n"
    )
    assert [each.to for each in notices(database, "news")] == [LEAD]
