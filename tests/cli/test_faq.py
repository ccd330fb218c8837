from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import answer, ask
from tests.cli.commands import Cli
from tests.desk import LINK, NEW, SELLER, question, with_desk
from tests.launches import NOW, SLUG, at

LATER = ("--now", at("01-11", 11).isoformat())


def answered(store: Store) -> None:
    number = ask(with_desk(store), SLUG, NEW, by=SELLER, now=NOW).id
    answer(store, number, text="Yes", source=LINK, now=NOW)


def test_an_answer_is_proposed_and_added(cli: Cli, database: Store) -> None:
    answered(database)
    said = cli.ok("faq", 1, "propose", *LATER)
    assert said.out == "question 1 is proposed for the FAQ; lead@example.com decides\n"
    said = cli.ok("faq", 1, "add", "--audience", "customer", *LATER)
    assert said.out == (
        "question 1 is in the FAQ, for customer readers; "
        "add it to the brief's file too, or the next `update` takes it out\n"
    )
    assert question(database).faq == "added"


def test_an_answer_is_declined(cli: Cli, database: Store) -> None:
    answered(database)
    cli.ok("faq", 1, "propose", *LATER)
    said = cli.ok("faq", 1, "decline", *LATER)
    assert said.out == "question 1 stays out of the FAQ\n"


def test_only_an_added_entry_has_an_audience(cli: Cli, database: Store) -> None:
    answered(database)
    said = cli("faq", 1, "propose", "--audience", "partner")
    assert said.code == 1
    assert said.err == "--audience belongs to `faq ID add`; leave it out\n"
