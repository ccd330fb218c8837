from __future__ import annotations

from launch_kits.database.store import Store
from tests.cli.commands import Cli
from tests.desk import KNOWN, NEW, SELLER, SUPPORT, question, with_desk
from tests.launches import SLUG, at

NOW = at("01-11").isoformat()


def test_a_question_is_asked_and_delivered(cli: Cli, database: Store) -> None:
    with_desk(database)
    said = cli.ok("ask", SLUG, NEW, "--as", SELLER, "--now", NOW)
    assert said.out == (
        f"question 1 is asked; {SUPPORT} answers by 2027-01-12T15:00+00:00\n"
    )
    assert f'Please answer by Tue 12 Jan, 10:00: "{NEW}"' in said.err
    assert question(database).asked_by == SELLER


def test_a_known_answer_is_printed_with_its_source(cli: Cli, database: Store) -> None:
    with_desk(database)
    said = cli.ok("ask", SLUG, KNOWN, "--as", SELLER, "--now", NOW)
    again = f"`launch-kits ask {SLUG} … --as {SELLER} --anyway`"
    assert said.out.splitlines() == [
        "question 1 is answered from the FAQ: No, on Linux alone.",
        "source: https://osprey.example.com",
        f"this is an automatic match; {again} asks a person",
    ]


def test_anyway_asks_a_person(cli: Cli, database: Store) -> None:
    with_desk(database)
    cli.ok("ask", SLUG, KNOWN, "--as", SELLER, "--anyway", "--now", NOW)
    assert question(database).answer is None


def test_the_person_who_asks_is_named(cli: Cli, database: Store) -> None:
    with_desk(database)
    assert cli("ask", SLUG, NEW).code == 2
    assert cli("ask", SLUG, " ", "--as", SELLER).err == (
        "the question is empty; write it in a few words\n"
    )
