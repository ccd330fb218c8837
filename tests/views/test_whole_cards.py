from __future__ import annotations

from datetime import date

from launch_kits.claims.lines import Mark
from launch_kits.views.whole_cards import matching, whole_cards
from tests.desk import desk_brief, told_to_customers

TODAY = date(2027, 1, 11)


def test_a_card_has_its_lines_by_use():
    osprey, kite = whole_cards(desk_brief(), today=TODAY)
    assert (osprey.key, kite.key) == ("osprey", "kite")
    assert next(iter(osprey.sections)) == "When they say"
    line = osprey.line("osprey.q1")
    assert line
    assert (line.text, line.answer) == (
        "Osprey is cheaper than you",
        "Compare the price with support included.",
    )
    assert osprey.line("kite.y1") is None
    assert not osprey.stale
    assert whole_cards(desk_brief(), today=date(2027, 9, 1))[0].stale


def test_lines_leave_the_house_only_sourced_and_undoubted():
    brief = told_to_customers()
    (osprey, _) = whole_cards(brief, today=TODAY)
    leaves = {
        line.ref: line.leaves for lines in osprey.sections.values() for line in lines
    }
    assert leaves["osprey.y1"]
    assert not leaves["osprey.c1"], "not sourced"
    assert not leaves["osprey.s1"], "for colleagues"
    (doubted, _) = whole_cards(
        brief, today=TODAY, questioned={"osprey.y1": Mark.QUESTIONED}
    )
    line = doubted.line("osprey.y1")
    assert line
    assert line.questioned
    assert not line.leaves


def test_all_words_must_be_there_in_any_form():
    (osprey, _) = whole_cards(desk_brief(), today=TODAY)
    lines = [line for each in osprey.sections.values() for line in each]
    assert [each.ref for each in matching(lines, "Ospreys cheap")] == ["osprey.q1"]
    assert matching(lines, "the of") == []
