from __future__ import annotations

from pathlib import Path

from launch_kits import verbs
from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from tests.cli.commands import Cli
from tests.launches import NOW, OPS, PMM, SLUG


def test_forget_shows_first_and_does_it_with_apply(
    cli: Cli, flying: Store, home: Path
) -> None:
    assert "still has a part" in cli.refused("forget", PMM)
    verbs.delegate(flying, person=PMM, to=OPS, now=NOW)
    cli.ok("status", SLUG)
    document = home / "documents" / SLUG / "card.md"
    document.parent.mkdir(parents=True)
    document.write_text(f"by {PMM}", encoding="utf-8")

    shown = cli.ok("forget", PMM).out
    assert f"{PMM}, Pia would become person-1." in shown
    assert "changed: 1 launch with its brief" in shown
    assert "_" not in "".join(row for row in shown.splitlines() if "changed:" in row)
    assert str(document) in shown
    assert shown.endswith(
        "Nothing is changed yet; --apply does it, and cannot be undone.\n"
    )

    done = cli.ok("forget", PMM, "--apply").out
    assert f"{PMM}, Pia is now person-1." in done
    assert "No Prefect server is used." in done
    assert PMM not in cli.ok("history", SLUG, "--json").out
    assert PMM not in cli.ok("export", SLUG, "--format", "json", "--out", "-").out
    assert "is nowhere in the database" in cli.refused("forget", PMM)


def test_forget_says_which_name_stays_because_another_person_has_it(
    cli: Cli, flying: Store
) -> None:
    with flying.write() as session:
        for who, email in (("U1", "nobody@evil.example"), ("U2", "ann@example.com")):
            session.add(SlackUser(id=who, email=email, name="Ann Lee", read_at=NOW))
    said = (
        '"Ann Lee" is also the name of ann@example.com, so it stays in texts; '
        '--name "Ann Lee" replaces it there'
    )
    assert said in cli.ok("forget", "nobody@evil.example").out
    named = cli.ok("forget", "nobody@evil.example", "--name", "Ann Lee", "--apply").out
    assert said not in named
    with flying.read() as session:
        assert session.get_one(SlackUser, "U2").name == "Ann Lee"
