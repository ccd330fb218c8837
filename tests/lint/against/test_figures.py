from __future__ import annotations

import pytest

from launch_kits.inputs.audience import Audience
from launch_kits.lint.against import figures
from launch_kits.lint.against.known import Known
from launch_kits.lint.against.texts import OutsideText, PlacedText, text_of


def said(text: str) -> OutsideText:
    return text_of("-", [PlacedText("line 1", text)])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ValKey is here", '"ValKey" is written differently'),
        ("Valkley is here", '"Valkley" may be misspelt'),
        ("VALKEY, Valkey and valkey-server", None),
    ],
)
def test_names_are_written_as_in_the_brief(known: Known, text, told):
    found = [slip.message for slip in figures.names(said(text), known)]
    assert [told in message for message in found] == ([True] if told else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Valkey 9.1 is out", "another version; the brief is of Valkey 9.0"),
        ("better than Redis 9.9", "no line of the brief or its ledgers"),
        ("Valkey 9, Valkey 9.0 and Redis 8.4", None),
    ],
)
def test_versions_are_those_that_the_inputs_name(known: Known, text, told):
    found = [slip.message for slip in figures.versions(said(text), known)]
    assert [told in message for message in found] == ([True] if told else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Out on 5 May 2027.", "not a day of the brief"),
        ("Valkey ships on 5 May.", "not a day of the brief"),
        ("Valkey ships on 31 February 2027.", "no such day"),
        ("The launch is on 16 February 2027.", "the launch day is 2027-03-02"),
        ("Available from 2 March 2027.", "the release day is 2027-02-16"),
        ("On Monday, 2 March 2027.", "is a Tuesday"),
        ("Launch on 2 March 2027, release on 16 February.", None),
        ("We met on 5 May 2020.", None),
    ],
)
def test_days_are_the_brief_s(known: Known, text, told):
    found = figures.dates(said(text), known, reader=Audience.CUSTOMER)
    messages = [slip.message for slip in found]
    assert [told in message for message in messages] == ([True] if told else [])


def test_a_text_for_inside_may_name_other_days(known: Known):
    text = said("We are away on 5 May 2027.")
    assert list(figures.dates(text, known, reader=Audience.INTERNAL)) == []


def test_a_holiday_may_be_named_as_one(known: Known):
    told = "Our launch team is off: Thanksgiving, Thu 26 November 2026, is a holiday."
    assert list(figures.dates(said(told), known, reader=Audience.INTERNAL)) == []
    wrong = said("The launch is on Thu 26 November 2026.")
    (slip,) = figures.dates(wrong, known, reader=Audience.INTERNAL)
    assert "not a day of the brief" in slip.message
