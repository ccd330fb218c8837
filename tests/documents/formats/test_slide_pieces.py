from launch_kits.documents.formats.blocks import Run, Table
from launch_kits.documents.formats.outline import outline
from launch_kits.documents.formats.slide_pieces import (
    ROOM,
    SlideLine,
    SlideTable,
    characters_of_line,
    pieces_of,
    row_height,
    table_size,
)
from tests.documents.formats.test_slides import slides_of


def read(markdown: str):
    blocks = [block for section in outline(markdown) for block in section.blocks]
    return list(pieces_of(blocks))


def test_items_have_their_mark_and_depth():
    found = slides_of("## A\n\n- a\n\n  more\n  1. b\n\n3. c")[1].pieces
    assert [(piece.mark, piece.level, piece.first) for piece in found] == [
        ("•", 1, True),
        (None, 1, False),
        (1, 2, False),
        (3, 1, True),
    ]


def test_a_warning_is_loud_and_code_keeps_its_lines():
    assert read("> Mind\n\n```\na\nb\n```") == [
        SlideLine((Run("Mind"),), loud=True),
        SlideLine((Run("a", code=True), Run("\n"), Run("b", code=True))),
    ]


def test_a_line_is_as_high_as_its_text_needs():
    room = int(characters_of_line(0, 20, ROOM))
    one, two = (SlideLine((Run("x" * count),)) for count in (room, room + 1))
    broken = SlideLine((Run("x"), Run("\n"), Run("x")))
    assert one.height(20, ROOM) < two.height(20, ROOM) == broken.height(20, ROOM)
    assert one.height(10, ROOM) < one.height(20, ROOM)


def test_a_deeper_line_has_less_room():
    assert (
        characters_of_line(2, 20, ROOM)
        < characters_of_line(0, 20, ROOM)
        == ROOM.width / 20 / 0.54
    )


def test_a_table_is_as_high_as_its_rows():
    (table,) = read("| a | b |\n|---|---|\n| c | " + "d" * 400 + " |")
    assert isinstance(table, SlideTable)
    head, row = (
        row_height(table.table.widths(), row, 20, ROOM) for row in table.table.rows
    )
    assert head < row
    assert head + row < table.height(20, ROOM)
    assert table_size(20) == 17
    assert row_height(Table((((),),)).widths(), ((),), 20, ROOM) == head
