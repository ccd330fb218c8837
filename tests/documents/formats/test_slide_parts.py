from launch_kits.documents.formats.outline import outline
from launch_kits.documents.formats.slide_parts import divided, height_of
from launch_kits.documents.formats.slide_pieces import ROOM, pieces_of


def test_each_part_has_room_on_a_slide_and_nothing_is_lost() -> None:
    (section,) = outline("## A\n\n" + "- One line of a list\n" * 50)
    pieces = list(pieces_of(section.blocks))
    parts = list(divided(pieces, 20, ROOM))
    assert [piece for part in parts for piece in part] == pieces
    assert all(height_of(part, 20, ROOM) <= ROOM.height for part in parts)
