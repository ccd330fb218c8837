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


def test_a_second_account_takes_the_email_over(cli: Cli, flying: Store) -> None:
    email = "pia@example.com"
    with flying.write() as session:
        session.add(SlackUser(id="U1", name="Pia", email=email, read_at=NOW))
        session.add(SlackUser(id="U2", name="Pia", told_email=email, read_at=NOW))
    said = cli.ok("rebind", "U2").out
    assert said == f"U2 acts as {email} now, and no other account does\n"
    with flying.read() as session:
        first = session.get(SlackUser, "U1")
    assert first
    assert (first.email, first.told_email) == (None, email)
