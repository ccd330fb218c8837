from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.documents import render
from launch_kits.documents.facts import DeskEntry
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import add_to_faq, answer, ask, flag, propose_for_faq
from launch_kits.views.desk_entries import desk_entries
from launch_kits.views.facts import read_facts
from tests.desk import KNOWN, LINK, NEW, OTHER, SELLER, question, with_desk
from tests.launches import NOW, SLUG, at, launch

TRIAL = "Is there a free trial period?"


def entries(store: Store) -> tuple[DeskEntry, ...]:
    with store.read() as session:
        brief = Brief.kept(launch(store).brief)
        return desk_entries(session, SLUG, brief, now=NOW)


def answered(store: Store, source: str) -> int:
    number = ask(with_desk(store), SLUG, NEW, by=SELLER, now=NOW).id
    answer(store, number, text="Yes, it can.", source=source, now=NOW)
    ask(store, SLUG, TRIAL, by=OTHER, now=NOW)
    return number


def test_open_questions_come_first_with_who_answers_and_when(store: Store) -> None:
    answered(store, LINK)
    waits, done = entries(store)
    assert (waits.question, waits.answer, waits.by) == (TRIAL, None, "Sue")
    assert waits.on == at("01-12").date()
    assert (done.question, done.answer, done.by) == (NEW, "Yes, it can.", "Sue")
    assert [each.url for each in done.sources] == [LINK]
    assert done.stated == ""


def test_a_claim_as_source_gives_its_sources_and_other_words_stay(store: Store) -> None:
    answered(store, "osprey.y1")
    (_, done) = entries(store)
    assert [each.url for each in done.sources] == ["https://osprey.example.com"]
    answer(store, question(store).id, text="No", source="The price list", now=NOW)
    assert entries(store)[0].stated == "The price list"


def test_automatic_answers_doubts_and_faq_entries_are_left_out(store: Store) -> None:
    number = answered(store, LINK)
    ask(store, SLUG, KNOWN, by=SELLER, now=NOW)
    for person in (SELLER, OTHER):
        flag(store, SLUG, "osprey.y1", by=person, now=NOW)
    propose_for_faq(store, number, now=NOW)
    add_to_faq(store, number, now=NOW)
    assert [each.question for each in entries(store)] == [TRIAL]


def test_the_documents_of_sellers_have_them_for_colleagues_alone(
    store: Store, tmp_path: Path
) -> None:
    answered(store, LINK)
    for person in (SELLER, OTHER):
        flag(store, SLUG, "osprey.y1", by=person, now=NOW)
    with store.read() as session:
        facts = read_facts(session, SLUG, now=NOW, documents=tmp_path)
    desk = render("answer_desk.md.j2", facts)
    assert f"- **{NEW}** Yes, it can.[^2] Sue, Mon 11 January 2027. Internal." in desk
    assert f"| {TRIAL} | Sue | Tue 12 January 2027 |" in desk
    sales = render("sales_faq.md.j2", facts)
    assert "## Asked by sellers" in sales
    assert NEW in sales
    assert "questioned, wait for the answer" in sales
    outside = render("sales_faq.md.j2", replace(facts, reader=Audience.PARTNER))
    assert NEW not in outside
