from dataclasses import replace
from datetime import date

import pytest

from launch_kits.documents import inputs_digest, render
from launch_kits.errors import DocumentError
from tests.documents.test_templates import NAMES
from tests.samples import CUSTOMER, TODAY, brief, card_facts, claim, facts, ledger, task

CLAIMS = ledger(why_we_win=[claim(valid_until="2026-11-25")])


def digest_of(given, name: str = "battlecard.md.j2", folders=()) -> str:
    return inputs_digest(name, given, folders=folders)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_facts_have_the_same_digest(name):
    first = digest_of(facts(brief(ledger()), task()), name)
    assert first == digest_of(facts(brief(ledger()), task()), name)
    assert len(first) == 64


def test_a_method_of_a_value_is_digested_by_the_value(tmp_path):
    (tmp_path / "own.md.j2").write_text(
        "{{ launch_on.isoformat() }}\n", encoding="utf-8"
    )

    def digest(**days: date) -> str:
        made = replace(facts(brief(ledger()), task()), **days)
        return digest_of(made, "own.md.j2", (tmp_path,))

    first = digest(launch_on=date.fromisoformat("2027-03-02"))
    assert first == digest(launch_on=date.fromisoformat("2027-03-02"))
    assert first != digest(launch_on=date.fromisoformat("2027-03-03"))


def test_a_new_day_alone_changes_nothing():
    assert digest_of(card_facts(CLAIMS)) == digest_of(
        card_facts(CLAIMS, today=date(2026, 11, 25))
    )


@pytest.mark.parametrize(
    "changed",
    [
        card_facts(CLAIMS, today=date(2026, 11, 26)),
        card_facts(CLAIMS, today=date(2026, 12, 2)),
        card_facts(ledger(why_we_win=[claim(valid_until="2026-11-25", text="New.")])),
        card_facts(CLAIMS, product="Acme 3"),
        card_facts(CLAIMS, pricing=[{"plan": "Pro", "amount": 1, "currency": "EUR"}]),
        card_facts(CLAIMS, reader=CUSTOMER),
    ],
    ids=[
        "a claim ends",
        "the card grows stale",
        "a claim",
        "the product",
        "a price",
        "the reader",
    ],
)
def test_the_digest_changes_with_the_document(changed):
    assert digest_of(changed) != digest_of(card_facts(CLAIMS))


def test_the_digest_ignores_facts_that_the_document_does_not_use():
    given = card_facts(CLAIMS)
    assert given.task
    moved = replace(
        given, task=replace(given.task, status="doing", due=date(2027, 2, 1)), tasks=[]
    )
    assert digest_of(moved) == digest_of(given)
    assert digest_of(
        card_facts(CLAIMS, goals=[{"metric": "x", "target": 1, "by": "2027-05-01"}])
    ) == digest_of(given)


def test_a_plan_changes_with_the_state_of_its_tasks():
    given = facts(brief(), task())
    assert given.task
    moved = replace(given, tasks=[replace(given.task, status="done")])
    assert digest_of(moved, "launch_plan.md.j2") != digest_of(
        given, "launch_plan.md.j2"
    )


def test_a_document_that_looks_at_the_day_changes_on_the_launch_day():
    given = facts(brief(launch_on="2026-11-23"), task())
    assert digest_of(given, "partner_brief.md.j2") != digest_of(
        replace(given, today=date(2026, 11, 23)), "partner_brief.md.j2"
    )


def test_the_digest_changes_with_the_template_and_its_includes(tmp_path):
    def written(part: str) -> str:
        (tmp_path / "own.md.j2").write_text("{% include 'part.md.j2' %}", "utf-8")
        (tmp_path / "part.md.j2").write_text(part, "utf-8")
        return digest_of(facts(brief()), "own.md.j2", folders=[tmp_path])

    assert written("one") != written("two")


def test_a_template_that_chooses_another_when_it_runs_may_use_everything(tmp_path):
    (tmp_path / "own.md.j2").write_text("{% include reader ~ '.md.j2' %}", "utf-8")
    given = facts(brief(), today=TODAY)
    other = facts(brief(product="Acme 3"), today=TODAY)
    assert digest_of(given, "own.md.j2", [tmp_path]) != digest_of(
        other, "own.md.j2", [tmp_path]
    )


def test_a_template_that_only_asks_who_reads_changes_with_the_reader(tmp_path):
    (tmp_path / "own.md.j2").write_text("{% if inside %}secret{% endif %}", "utf-8")
    given = facts(brief())
    assert digest_of(given, "own.md.j2", [tmp_path]) != digest_of(
        replace(given, reader=CUSTOMER), "own.md.j2", [tmp_path]
    )


def test_a_template_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "own.md.j2").write_bytes(b"\xff")
    for made in (inputs_digest, render):
        with pytest.raises(
            DocumentError,
            match=r"template own.md.j2: UnicodeDecodeError: .*; fix the template",
        ):
            made("own.md.j2", facts(brief()), folders=[tmp_path])
