from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.documents.formats.blocks import Run
from launch_kits.documents.formats.outline import outline
from launch_kits.documents.formats.slide_pieces import ROOM, SlideLine, SlideTable
from launch_kits.documents.formats.slides import slides
from tests.documents.saying import letters, said
from tests.documents.test_escaping import HOSTILE


def slides_of(markdown: str):
    return list(slides(outline(markdown), title="Card"))


def words(found) -> str:
    texts = []
    for slide in found:
        for piece in slide.pieces:
            cells = (
                [piece.runs]
                if isinstance(piece, SlideLine)
                else [cell for row in piece.table.rows for cell in row]
            )
            texts += [
                "".join(run.text for run in cell if not run.note) for cell in cells
            ]
    return "\n".join(texts)


def test_a_slide_for_each_heading_of_level_two():
    found = slides_of(
        "# The card\n\nFor sellers.\n\n## One\n\n- a\n\n### Part\n\nb\n\n## Two\n\n## Three\n\nc"
    )
    assert [slide.title for slide in found] == ["The card", "One", "Two", "Three"]
    assert [slide.cover for slide in found] == [True, False, False, False]
    assert found[0].pieces == (SlideLine((Run("For sellers."),)),)
    assert found[2].pieces == ()


def test_a_document_without_a_title_has_that_of_its_task():
    assert [slide.title for slide in slides_of("Text")] == ["Card"]
    assert [slide.title for slide in slides_of("")] == ["Card"]


def test_other_blocks_of_the_beginning_come_on_the_second_slide():
    found = slides_of("# The card\n\n- a\n\n## One")
    assert [(slide.title, len(slide.pieces)) for slide in found] == [
        ("The card", 0),
        ("The card", 1),
        ("One", 0),
    ]


def test_more_text_is_written_smaller():
    sizes = [
        slides_of("## A\n\n" + "- A line of text\n" * count)[1].size
        for count in (1, 9, 14, 18)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_a_long_section_continues_on_further_slides():
    found = slides_of(
        "## A\n\n" + "".join(f"- Line {number}\n" for number in range(60))
    )[1:]
    assert [slide.title for slide in found] == [
        f"A ({number} of {len(found)})" for number in range(1, len(found) + 1)
    ]
    assert len(found) > 2
    assert "Line 59" in words(found)


def test_an_answer_stays_with_its_question():
    items = "".join(
        f"- **Question {number}?**\n\n  Answer {number}\n\n" for number in range(40)
    )
    for slide in slides_of("## A\n\n" + items)[1:]:
        assert slide.pieces[0].mark == "•"
        assert slide.pieces[-1].mark is None


def test_a_long_table_goes_on_with_its_headings():
    found = slides_of("## A\n\n| Head | Two |\n|---|---|\n" + "| a | b |\n" * 50)[1:]
    assert len(found) > 1
    for slide in found:
        (grid,) = slide.pieces
        assert grid.table.rows[0][0] == (Run("Head"),)
    assert sum(len(slide.pieces[0].table.rows) - 1 for slide in found) == 50


def test_a_slide_has_the_sources_that_it_cites():
    found = slides_of(
        "## A\n\n- x[^1][^2]\n\n## B\n\n| y[^2] |\n|---|\n\n[^1]: one\n[^2]: two"
    )
    assert [slide.cited for slide in found] == [(), (1, 2), (2,)]


BLOCKS = st.lists(
    st.one_of(
        st.integers(1, 30).map(lambda count: "- item of a list\n" * count),
        st.integers(1, 900).map(lambda count: "word " * count),
        st.integers(1, 40).map(
            lambda count: "| a | b |\n|---|---|\n" + "| cell | another cell |\n" * count
        ),
        st.integers(1, 1500).map(lambda count: "x" * count),
        st.integers(1, 60).map(lambda count: "line\\\n" * count + "end"),
        st.integers(1, 60).map(lambda count: "```\n" + "code\n" * count + "```"),
        HOSTILE,
        st.just("## Another"),
    ),
    max_size=6,
).map("\n\n".join)


@settings(max_examples=80, deadline=None)
@given(BLOCKS)
def test_no_slide_holds_more_than_it_has_room_for_and_nothing_is_lost(markdown):
    found = slides_of(markdown)
    for slide in found[1:]:
        if slide.grid:
            assert slide.grid.fits(ROOM)
            continue
        assert (
            sum(piece.height(slide.size, ROOM) for piece in slide.pieces) <= ROOM.height
            or len(slide.pieces) == 1
        )
    titles = "\n".join(slide.title for slide in found)
    assert letters(said(markdown)) <= letters(words(found)) + letters(titles)


def test_a_long_paragraph_is_divided_among_slides():
    found = slides_of("## A\n\n" + "word " * 3000)[1:]
    assert all(
        slide.pieces[0].height(slide.size, ROOM) <= ROOM.height for slide in found
    )
    assert isinstance(slides_of("## A\n\n| a |\n|---|\n| b |")[1].pieces[0], SlideTable)


def test_little_text_is_larger_so_that_its_slide_does_not_look_empty() -> None:
    line = "- A line of text\n"
    sizes = [slides_of("## A\n\n" + line * count)[1].size for count in (1, 2, 6, 12)]
    assert sizes[0] == sizes[1] == 32
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 28
    table = "## A\n\n| Plan | Price |\n|---|---|\n| One | free |\n"
    assert slides_of(table)[1].size == 32


def filled(slide) -> float:
    """The part of a slide's height that its content takes."""
    if slide.grid:
        last = list(slide.grid.places(ROOM))[-1]
        return (last.top + last.height - ROOM.top) / ROOM.height
    own = sum(piece.height(slide.size, ROOM) for piece in slide.pieces)
    spread = [
        len(piece.table.rows) if isinstance(piece, SlideTable) else 1
        for piece in slide.pieces
    ]
    return (own + slide.extra * sum(spread)) / ROOM.height


def test_no_slide_is_half_empty() -> None:
    row = "| 16 February 2027 | You can get it |\n"
    for body in (
        "- **Value.** What it is",
        "- One\n- Two\n- Three",
        "A sentence that says it all.",
        "They have signs:\n\n- One\n- Two",
        "- A point of nine words that fills a line\n" * 8,
        "| When | What |\n|---|---|\n" + row * 2,
        "| When | What |\n|---|---|\n" + row * 6,
    ):
        (slide,) = slides_of(f"## A\n\n{body}")[1:]
        assert filled(slide) >= 0.7, body


def test_sections_beside_each_other_are_one_slide() -> None:
    text = "<!-- layout: columns -->\n\n## Dates\n\n- a\n- b\n\n## Goals\n\n- c\n\n"
    _, both, last = slides_of(f"{text}<!-- layout: plain -->\n\n## Next\n\n- d")
    assert both.title == "Dates · Goals"
    assert [len(card) for card in both.grid.cards] == [3, 2]
    assert last.title == "Next"


def test_sections_for_pages_are_left_out_of_slides_but_sources_stay() -> None:
    text = "## One\n\n- a[^1]\n\n<!-- layout: pages -->\n\n## Two\n\n- b\n\n"
    found = slides_of(f"{text}## Sources\n\n[^1]: [c](https://c.example)")
    assert [slide.title for slide in found] == ["Card", "One", "Sources"]
