from pptx.util import Pt

from tests.documents.formats.test_pptx import opened, runs


def test_text_has_the_size_of_its_slide():
    slide = opened("## A\n\nplain").slides[1]
    assert [run.font.size for run in runs(slide) if run.text == "plain"] == [Pt(32)]


def test_runs_keep_their_format():
    slide = opened(
        "## A\n\nplain **bold** *italic* `code` [link](https://a.example)[^1][^1]\n\n[^1]: x"
    ).slides[1]
    by = {run.text: run for run in runs(slide)}
    assert by["bold"].font.bold
    assert by["italic"].font.italic
    assert by["code"].font.name == "Consolas"
    assert by["link"].hyperlink.address == "https://a.example"
    assert (
        by["1"].font._element.get("baseline")
        == by[",1"].font._element.get("baseline")
        == "30000"
    )


def test_a_long_address_is_written_in_parts_between_which_lines_break():
    address = "github.com/a-company/a-project/blob/55bbbe09a3b37a98c907dbfbc2/COPYING"
    slide = opened(f"## A\n\n[{address}](https://{address})").slides[1]
    found = [run for run in runs(slide) if run.hyperlink.address]
    assert "".join(run.text for run in found) == address
    assert {run.hyperlink.address for run in found} == {f"https://{address}"}
    assert max(len(run.text) for run in found) <= 24


def test_lists_are_indented_and_numbered():
    slide = opened("## A\n\n3. one\n4. two\n   - deep\n\n   more").slides[1]
    paragraphs = slide.placeholders[1].text_frame.paragraphs
    assert [paragraph.level for paragraph in paragraphs] == [0, 0, 1, 0]
    xml = [paragraph._p.xml for paragraph in paragraphs]
    assert 'startAt="3"' in xml[0]
    assert 'startAt="4"' in xml[1]
    assert "buChar" in xml[2]
    assert "buNone" in xml[3]


def test_a_paragraph_in_hebrew_runs_from_the_right():
    slide = opened("## שלום\n\nשלום\n\nplain\n\n| שלום |\n|---|\n| a |").slides[1]  # noqa: RUF001
    found = {
        (paragraph.text, paragraph._p.pPr.get("rtl"), paragraph._p.pPr.get("algn"))
        for shape in slide.shapes
        if shape.has_text_frame and shape.text_frame.text.strip()
        for paragraph in shape.text_frame.paragraphs
        if paragraph.text in {"שלום", "plain"}
    }
    assert found == {("שלום", "1", "r"), ("plain", None, None)}
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert table.cell(0, 0).text_frame.paragraphs[0]._p.pPr.get("rtl") == "1"
