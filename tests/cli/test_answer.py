from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import ask
from tests.cli.commands import Cli
from tests.desk import LINK, NEW, SELLER, question, with_desk
from tests.launches import NOW, PMM, SLUG, at

LATER = at("01-11", 11).isoformat()


def test_a_question_is_answered_by_its_number(cli: Cli, database: Store) -> None:
    ask(with_desk(database), SLUG, NEW, by=SELLER, now=NOW)
    options = ("--source", LINK, "--now", LATER)
    said = cli.ok("answer", 1, "--text", "Yes, it can.", *options)
    assert said.out == f"question 1 is answered; {SELLER} will hear of it\n"
    assert question(database).source == LINK
    assert "Sue answers: Yes, it can." in said.err


def test_without_a_source_it_warns(cli: Cli, database: Store) -> None:
    ask(with_desk(database), SLUG, NEW, by=SELLER, now=NOW)
    said = cli.ok("answer", 1, "--text", "Yes", "--now", LATER)
    assert "warning: question 1 has no source for its answer\n" in said.err


def test_an_unknown_number_and_another_person_are_refused(
    cli: Cli, database: Store
) -> None:
    ask(with_desk(database), SLUG, NEW, by=SELLER, now=NOW)
    assert "no question 7; `launch-kits desk`" in cli("answer", 7, "--text", "x").err
    assert cli("answer", 2**40, "--text", "x").code == 2
    said = cli("answer", 1, "--text", "x", "--by", PMM)
    assert said.code == 1
    assert f'{PMM} may not answer "' in said.err
