import io

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings

from launch_kits.documents import DocumentMetadata, metadata_of, render
from launch_kits.documents.escaping import escape
from launch_kits.documents.formats.docx import to_docx
from tests.documents.saying import letters, said
from tests.documents.test_escaping import HOSTILE, shown
from tests.documents.test_templates import NAMES, full
from tests.samples import TODAY

METADATA = DocumentMetadata(
    title="Card", product="Acme 2", reader="Internal", author="Pam", day=TODAY
)


def opened(markdown: str, metadata: DocumentMetadata = METADATA):
    return Document(io.BytesIO(to_docx(markdown, metadata)))


def written(markdown: str) -> list[tuple[str, str]]:
    """The style and text of each paragraph."""
    return [
        (paragraph.style.name, paragraph.text)
        for paragraph in opened(markdown).paragraphs
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=HOSTILE)
def test_every_text_is_shown_as_it_is(text):
    value = escape(text)
    expected = f"w{shown(text)}".strip()
    file = opened(
        f"# w{value}\n\n## w{value}\n\n- w{value}\n\n| w{value} |\n|---|\n| x |"
    )
    assert [paragraph.text for paragraph in file.paragraphs] == [
        expected,
        expected,
        expected,
        "",
    ]
    assert [[cell.text for cell in row.cells] for row in file.tables[0].rows] == [
        [expected],
        ["x"],
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_document_says_the_same_as_its_markdown(name):
    given = full(of=name)
    text = render(name, given)
    file = opened(text, metadata_of(given, given.task))
    texts = [paragraph.text for paragraph in file.paragraphs]
    texts += [
        cell.text for table in file.tables for row in table.rows for cell in row.cells
    ]
    assert letters(said(text)) <= letters("\n".join(texts))


def test_blocks_have_the_styles_of_word():
    text = (
        "# T\n\na\n\n## H\n\n### K\n\n- b\n  - c\n\n    d\n\n1. e\n\n> f\n\n```\ng\n"
        "h\n```\n\n---"
    )
    assert written(text) == [
        ("Title", "T"),
        ("Normal", "a"),
        ("Heading 1", "H"),
        ("Heading 2", "K"),
        ("List Bullet", "b"),
        ("List Bullet 2", "c"),
        ("List Continue 2", "d"),
        ("List Number", "e"),
        ("Normal", "f"),
        ("No Spacing", "g"),
        ("No Spacing", "h"),
        ("Normal", ""),
    ]


def test_an_item_may_begin_with_another_block():
    assert written("- ```\n  a\n  ```\n- b") == [
        ("List Bullet", ""),
        ("No Spacing", "a"),
        ("List Bullet", "b"),
    ]
    assert written("-\n- b") == [("List Bullet", ""), ("List Bullet", "b")]


def test_runs_keep_their_format_and_links_their_address():
    paragraph = opened(
        "plain **bold** *italic* `code` [link](https://a.example)[^1]\\\nend\n\n[^1]: x"
    ).paragraphs[0]
    by = {run.text: run for run in paragraph.runs}
    assert by["bold"].bold
    assert by["italic"].italic
    assert by["code"].font.name == "Consolas"
    assert by["1"].font.superscript
    assert [(link.text, link.address) for link in paragraph.hyperlinks] == [
        ("link", "https://a.example")
    ]
    assert paragraph.text == "plain bold italic code link1\nend"


def test_a_paragraph_in_arabic_runs_from_the_right():
    file = opened("# مرحبا\n\nمرحبا\n\nplain\n\n- مرحبا\n\n| مرحبا |\n|---|\n| a |")  # noqa: RUF001
    turned = [
        paragraph
        for paragraph in file.paragraphs
        if paragraph._p.find(".//{*}pPr/{*}bidi") is not None
    ]
    assert [each.style.name for each in turned] == ["Title", "Normal", "List Bullet"]
    assert all(run.font.rtl for each in turned for run in each.runs)
    tags = [each.tag.rpartition("}")[2] for each in turned[2]._p.pPr]
    assert tags.index("bidi") < tags.index("jc")
    cell = file.tables[0].cell(0, 0).paragraphs[0]
    order = [each.tag.rpartition("}")[2] for each in cell._p.pPr]
    assert order[-1] == "spacing"


def test_a_line_that_leads_to_a_list_or_a_table_stays_with_it():
    file = opened("# A\n\nlead\n\n- b\n\nalone\n\nrow\n\n| c |\n|---|\n| d |\n\nend")
    kept = [
        paragraph.text
        for paragraph in file.paragraphs
        if paragraph.paragraph_format.keep_with_next
    ]
    assert kept == ["lead", "row"]


def test_a_few_sources_stay_on_one_page_and_many_do_not() -> None:
    def kept(count: int) -> int:
        notes = "".join(f"[^{at}]: source {at}\n" for at in range(1, count + 1))
        cited = "".join(f"[^{at}]" for at in range(1, count + 1))
        made = opened(f"# T\n\nText{cited}\n\n## Sources\n\n{notes}")
        return sum(
            line.text.startswith("source")
            and bool(line.paragraph_format.keep_with_next)
            for line in made.paragraphs
        )

    assert (kept(4), kept(20)) == (3, 0)


def test_the_number_of_a_source_has_the_size_of_its_text() -> None:
    made = opened("# T\n\nText[^1]\n\n## Sources\n\n[^1]: source 1\n")
    line = made.paragraphs[-1]
    (size,) = line._p.pPr.xpath("./w:rPr/w:sz/@w:val")
    assert size == f"{round(line.runs[0].font.size.pt * 2)}"


def test_an_item_stays_with_the_list_below_it() -> None:
    made = opened("# T\n\n- a\n  - b\n- c\n")
    kept = [
        line.text for line in made.paragraphs if line.paragraph_format.keep_with_next
    ]
    assert kept == ["a"]


def test_no_row_of_a_table_stands_alone_on_a_page() -> None:
    (table,) = opened("# T\n\n| h |\n|---|\n| 1 |\n| 2 |\n| 3 |\n| 4 |\n").tables
    kept = [
        bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next)
        for row in table.rows
    ]
    assert kept == [True, True, False, True, False]
    (short,) = opened("# T\n\n| h |\n|---|\n").tables
    assert not short.cell(0, 0).paragraphs[0].paragraph_format.keep_with_next
