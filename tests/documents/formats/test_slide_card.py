from __future__ import annotations

from launch_kits.documents.formats.blocks import plain
from launch_kits.documents.formats.outline import outline
from launch_kits.documents.formats.slide_card import COLUMNS, card_of, cited_in

CARD = """# Us vs them

Verified today

## Answer

Short.[^1]

## Compared

| Wins | On |
|---|---|
| ▲ Us | Speed |

## Empty

## Sources

[^1]: A source
"""


def test_sections_fill_columns_and_tables_become_lines():
    card = card_of(outline(CARD), title="Other")
    assert (card.title, plain(card.about)) == ("Us vs them", "Verified today")
    lines = [line for column in card.columns for line in column]
    assert [plain(line.runs) for line in lines] == [
        "Answer",
        "Short.",
        "Compared",
        "▲ Us  Speed",
    ]
    assert [line.heading for line in lines] == [True, False, True, False]
    assert cited_in(lines) == [1]


def test_columns_are_even_and_the_text_as_large_as_it_may_be():
    section = "## Part {}\n\n" + "A line of some words that fill it.\n\n" * 4
    card = card_of(outline("".join(map(section.format, range(6)))), title="Card")
    assert len(card.columns) == COLUMNS
    assert {len(column) for column in card.columns} == {10}
    assert card.left_out == ()


def test_sections_without_room_are_left_for_the_notes():
    section = "## Part {}\n\n" + "A line of some words that fill it.\n\n" * 25
    card = card_of(outline("".join(map(section.format, range(6)))), title="Card")
    assert plain(card.left_out[0].runs).startswith("Part")
    shown = sum(len(column) for column in card.columns)
    assert shown + len(card.left_out) == 6 * 26


def test_a_section_goes_on_in_the_next_column_if_the_text_is_larger_then():
    long = "## Long\n\n" + "- A line of some words that fill it.\n" * 24
    card = card_of(outline(f"{long}\n## Short\n\nWords.\n"), title="Card")
    first, second, *_ = card.columns
    assert plain(second[0].runs) == "Long (continued)"
    assert (first[0].heading, second[0].heading) == (True, True)
    assert not any(column[-1].heading for column in card.columns)
    shown = [line for column in card.columns for line in column if not line.heading]
    assert len(shown) == 25


def test_an_item_stays_with_the_items_in_it():
    item = "- A line of some words that fill it.\n  - One within it.\n"
    card = card_of(outline("## Long\n\n" + item * 14), title="Card")
    begun = [column[1] for column in card.columns]
    assert len(begun) > 1
    assert {line.level for line in begun} == {1}
