from __future__ import annotations

from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from tests.cli.commands import Cli
from tests.launches import NOW


def test_a_member_acts_with_the_email_of_the_profile(cli: Cli, flying: Store) -> None:
    with flying.write() as session:
        session.add(
            SlackUser(
                id="U1",
                name="Pia",
                email="old@example.com",
                told_email="new@example.com",
                read_at=NOW,
            )
        )
    said = cli.ok("rebind", "U1").out
    assert said == "U1 acts as new@example.com now, no longer as old@example.com\n"
    assert "had no other email" in cli.refused("rebind", "U1")
    assert 'no Slack member "U2"' in cli.refused("rebind", "U2")
