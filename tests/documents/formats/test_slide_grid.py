import pytest

from launch_kits.documents.formats.outline import outline
from launch_kits.documents.formats.slide_grid import grid_of, grid_of_sections
from launch_kits.documents.formats.slide_pieces import ROOM, pieces_of


def grid(markdown: str):
    (section,) = outline(f"## A\n\n{markdown}")
    return grid_of(tuple(pieces_of(section.blocks)), ROOM)


def said(card) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in card]


def test_each_point_is_a_card_with_its_bold_words_as_a_heading() -> None:
    made = grid("- **Move in a day.** No client changes\n- **Keep it.** One licence")
    assert [said(card) for card in made.cards] == [
        ["Move in a day.", "No client changes"],
        ["Keep it.", "One licence"],
    ]
    assert made.cards[0][0].heading


def test_a_sentence_alone_is_one_card() -> None:
    assert [said(card) for card in grid("One sentence.").cards] == [["One sentence."]]


def test_lines_before_and_after_the_points_stay_outside_of_cards() -> None:
    made = grid("Signs:\n\n- One\n- Two\n\n*For us.*")
    assert (said(made.above), said(made.below)) == (["Signs:"], ["For us."])
    assert made.room(ROOM).top > ROOM.top
    assert made.fits(ROOM)


@pytest.mark.parametrize("count", range(1, 7))
def test_cards_lie_within_the_slide_and_do_not_overlap(count: int) -> None:
    made = grid("- A point\n" * count)
    places = list(made.places(ROOM))
    assert len(places) == count
    for at, one in enumerate(places):
        assert one.left + one.width <= ROOM.left + ROOM.width + 0.1
        assert one.top + one.height <= ROOM.top + ROOM.height + 0.1
        for other in places[at + 1 :]:
            apart = one.left + one.width <= other.left
            assert apart or one.top + one.height <= other.top


@pytest.mark.parametrize(
    "markdown",
    [
        "- A point\n" * 7,
        "1. First\n2. Second",
        "One paragraph.\n\nAnother one.",
        "> **Stop.** A warning",
        "| a |\n|---|\n| b |",
        "- " + "word " * 400,
        "- " + "x" * 90 + "\n- y",
        "- a\n\nbetween\n\n- b",
    ],
)
def test_other_content_is_not_made_into_cards(markdown: str) -> None:
    assert grid(markdown) is None


def test_sections_are_cards_if_all_of_them_are_short() -> None:
    short = outline("## One\n\n- a\n\n## Two\n\nb")
    assert [said(card) for card in grid_of_sections(short, ROOM).cards] == [
        ["One", "a"],
        ["Two", "b"],
    ]
    assert grid_of_sections(short[:1], ROOM) is None
    table = outline("## One\n\n| a |\n|---|\n\n## Two\n\nb")
    assert grid_of_sections(table, ROOM) is None
