from docx.shared import Twips

from tests.documents.formats.test_docx import opened


def test_a_table_repeats_its_headings_and_keeps_its_rows_whole():
    table = opened("| Plan | A long price |\n|---|---|\n| a | b |").tables[0]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "tblHeader" not in table.rows[1]._tr.xml
    assert all("cantSplit" in row._tr.xml for row in table.rows)
    assert table.columns[0].width < table.columns[1].width
    assert table.rows[0].cells[0].paragraphs[0].runs[0].bold


def test_a_column_is_wide_enough_for_its_longest_word():
    head = "| Goal | Before | Goal by then | By | Actual | Measured | Of the way |"
    row = "| Customers who finished the set-up | not known | 80 % | 31 May | open | | |"
    table = opened(f"{head}\n|---|---|---|---|---|---|---|\n{row}").tables[0]
    size = table.rows[0].cells[0].paragraphs[0].runs[0].font.size.pt
    assert size == 9
    for cell in table.rows[0].cells:
        longest = max(map(len, cell.text.split()))
        # the text has 5.4 points beside it on either side
        assert cell.width.pt - 10.8 >= longest * size * 0.66
    section = opened("x").sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    # Word counts in twentieths of a point
    twips = Twips(len(table.columns))
    assert sum(cell.width for cell in table.rows[0].cells) <= room + twips
