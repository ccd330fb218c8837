from __future__ import annotations

import pytest

from launch_kits.claims.subjects import nameless, short_name, subject_of
from launch_kits.inputs.ledger import Claim
from tests.samples import claim, ledger

LEDGER = ledger({"us": "Acme", "them": "Globex Suite / Globex Cloud"})


def line(text: str, **more: object) -> Claim:
    return Claim.model_validate(claim(text=text, **more))


@pytest.mark.parametrize(
    ("found", "section", "subject"),
    [
        (line("It is slow."), "their_weaknesses", "them"),
        (line("It is slow."), "our_weaknesses", "us"),
        (line("It is slow.", about="them"), "why_we_win", "them"),
        (line("All are slow.", about="market"), "their_weaknesses", None),
        (line("USD 30 a seat.", src="theirs"), "pricing", "them"),
        (line("No licence cost.", src="ours"), "pricing", "us"),
        (line("Globex Pro is free.", src="ours"), "pricing", "them"),
        (line("Acme is free.", src="theirs"), "pricing", "us"),
        (line("Both export."), "parity_do_not_claim", None),
    ],
)
def test_a_line_is_about_us_or_them(found, section, subject):
    assert subject_of(LEDGER, found, section) == subject


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A change cannot be rolled back.", "Globex Suite"),
        ("GLOBEX cannot roll back.", ""),
        ("Globex Cloud's changes stay.", ""),
    ],
)
def test_a_line_about_them_that_does_not_name_them_has_the_name_to_say(text, name):
    assert nameless(LEDGER, line(text), "their_weaknesses") == name
    assert nameless(LEDGER, line(text), "our_weaknesses") == ""


def test_a_product_of_several_names_is_called_by_the_first():
    assert short_name("Globex Suite / Globex Cloud") == "Globex Suite"
