from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.claims.doubtable import (
    doubtable_line,
    doubtable_refs,
    faq_ref,
    is_faq,
    of_entry,
)
from tests.desk import ENTRY, KNOWN, desk_brief


def test_the_reference_of_an_entry_stays_if_only_signs_and_capitals_change() -> None:
    same = {faq_ref(text) for text in (KNOWN, f"  {KNOWN.upper()} ", KNOWN.rstrip("?"))}
    assert same == {ENTRY}
    assert faq_ref("Does Falcon run on Linux?") != ENTRY


@given(st.text(), st.text())
def test_other_words_have_another_reference(one: str, other: str) -> None:
    assert is_faq(faq_ref(one))
    words = [one.casefold().split(), other.casefold().split()]
    if words[0] == words[1]:
        assert faq_ref(one) == faq_ref(other)


@pytest.mark.parametrize("ref", ["redis.w3", "faq.1", "question.7", ENTRY + "0", ""])
def test_other_references_are_none_of_the_faq(ref: str) -> None:
    assert not is_faq(ref)


def test_every_line_and_entry_is_found_by_its_reference() -> None:
    brief = desk_brief()
    refs = doubtable_refs(brief)
    assert ENTRY in refs
    found = [doubtable_line(brief, ref) for ref in refs]
    assert [line.ref for line in found if line] == refs
    assert doubtable_line(brief, "osprey.gone") is None
    assert doubtable_line(brief, faq_ref("Is it blue?")) is None


def test_an_entry_says_its_question_and_its_answer() -> None:
    brief = desk_brief()
    assert doubtable_line(brief, ENTRY) == of_entry(brief.faq[0])
    entry = of_entry(brief.faq[0])
    assert (entry.card, entry.name) == (ENTRY, "")
    assert entry.text == f"{KNOWN} No, on Linux alone."
