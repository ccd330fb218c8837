from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import answer, ask
from tests.cli.commands import Cli
from tests.desk import KNOWN, LINK, NEW, SELLER, with_desk
from tests.launches import NOW, SLUG, at

LATER = ("--now", at("01-12", 11).isoformat())


def test_the_questions_are_listed_with_their_answers(cli: Cli, database: Store) -> None:
    with_desk(database)
    ask(database, SLUG, KNOWN, by=SELLER, now=NOW)
    ask(database, SLUG, NEW, by=SELLER, now=NOW)
    ask(database, SLUG, "Who trains our partners?", by=SELLER, now=NOW)
    answer(database, 3, text="[bold]Sales", source=LINK, now=NOW)
    out = cli.ok("desk", SLUG, *LATER).out
    assert "overdue" in out
    assert "automatic" in out
    assert f"[bold]Sales ({LINK})" in out
    assert "Launch" not in out
    assert "Launch" in cli.ok("desk", *LATER).out
    found = cli.ok("desk", SLUG, "--json", *LATER).json
    assert [each["status"] for each in found] == ["overdue", "answered", "answered"]
    assert found[0].keys() >= {
        *("id", "asked_by", "asked_at", "due_at", "owner", "status"),
        *("question", "answer", "source"),
    }


def test_an_empty_desk_says_so(cli: Cli, database: Store) -> None:
    with_desk(database)
    assert cli.ok("desk", *LATER).out == "No question was asked.\n"
    assert cli.ok("desk", "--json", *LATER).json == []
    assert 'no launch "falcn-2"' in cli("desk", "falcn-2").err
