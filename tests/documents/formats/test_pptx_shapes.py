from __future__ import annotations

from tests.documents.formats.test_pptx import opened


def test_a_table_has_lines_below_its_cells_and_its_headings_are_bold() -> None:
    slide = opened("## A\n\n| Plan | Price |\n|---|---|\n| one | two |").slides[1]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    head, row = table.rows
    assert [cell.text_frame.paragraphs[0].runs[0].font.bold for cell in head.cells] == [
        True,
        True,
    ]
    for cell in (*head.cells, *row.cells):
        assert cell._tc.tcPr.find("{*}lnB") is not None


def test_every_shape_of_a_slide_has_a_number_of_its_own():
    text = "## A\n\n- one\n- two\n- three\n- four\n\n## B\n\n| a | b |\n|---|---|\n| c | d |"
    for slide in opened(text).slides:
        numbers = [shape.shape_id for shape in slide.shapes]
        assert len(numbers) == len(set(numbers))
