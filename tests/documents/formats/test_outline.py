import pytest
from hypothesis import given

from launch_kits.documents.formats.blocks import (
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Rule,
    Run,
    Section,
    Table,
    plain,
)
from launch_kits.documents.formats.outline import outline, title_of
from launch_kits.documents.formats.sections import Layout
from tests.documents.test_escaping import HOSTILE


def blocks(markdown: str):
    return [block for section in outline(markdown) for block in section.blocks]


def says(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def test_every_kind_of_block_is_read():
    text = (
        "# Title\n\nOne\ntwo\\\nthree\n\n> Mind\n\n---\n\n```\nlet x\n```\n\n| a | b |\n"
        "|---|---|\n| 1 | 2 |"
    )
    assert blocks(text) == [
        Heading(1, (Run("Title"),)),
        Paragraph((Run("One two"), Run("\n"), Run("three"))),
        Callout((says("Mind"),)),
        Rule(),
        Code("let x\n"),
        Table((((Run("a"),), (Run("b"),)), ((Run("1"),), (Run("2"),)))),
    ]


def test_lists_hold_blocks_and_lists():
    assert blocks("- a\n\n  b\n  - c\n\n3. d") == [
        Listing(None, ((says("a"), says("b"), Listing(None, ((says("c"),),))),)),
        Listing(3, ((says("d"),),)),
    ]


def test_runs_have_their_format_and_address():
    assert blocks("a **b *c*** `d*` [e **f**](https://x.y) [g](javascript:alert)") == [
        Paragraph(
            (
                Run("a "),
                Run("b ", bold=True),
                Run("c", bold=True, italic=True),
                Run(" "),
                Run("d*", code=True),
                Run(" "),
                Run("e ", href="https://x.y"),
                Run("f", bold=True, href="https://x.y"),
                Run(" [g](javascript:alert)"),
            )
        )
    ]


def test_sources_are_numbered_as_the_text_names_them():
    found = blocks("x[^b][^a]\n\n## Sources\n\n[^a]: first\n[^b]: second")
    assert found == [
        Paragraph((Run("x"), Run("1", note=True), Run("2", note=True))),
        Notes(((says("second"),), (says("first"),))),
    ]
    assert plain(found[0].runs) == "x"


def test_sections_have_their_heading_and_layout():
    text = (
        "# T\n\n<!-- layout: columns -->\n\n## A\n\na\n\n### B\n\n"
        "<!-- layout: folded -->\n\n## C\n"
    )
    assert outline(text) == (
        Section(Layout.PLAIN, None, (Heading(1, (Run("T"),)),)),
        Section(
            Layout.COLUMNS,
            Heading(2, (Run("A"),)),
            (says("a"), Heading(3, (Run("B"),))),
        ),
        Section(Layout.FOLDED, Heading(2, (Run("C"),)), ()),
    )


@pytest.mark.parametrize(
    ("text", "title"), [("# A *b*[^1]\n\n[^1]: x", "A b"), ("## A", ""), ("", "")]
)
def test_a_document_may_have_a_title(text, title):
    assert title_of(outline(text)) == title


def test_no_text_has_characters_that_files_forbid():
    found = blocks("a\x01\x7f\x9b\ufffeb `\x02c`\n\n    d\x03")
    assert found == [Paragraph((Run("ab "), Run("c", code=True))), Code("d\n")]


@given(HOSTILE)
def test_any_markdown_is_read(text):
    for section in outline(text):
        assert section.heading or section.blocks
