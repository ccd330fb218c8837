from tests.documents.formats.test_docx import opened


def test_a_table_repeats_its_headings_and_keeps_its_rows_whole():
    table = opened("| Plan | A long price |\n|---|---|\n| a | b |").tables[0]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "tblHeader" not in table.rows[1]._tr.xml
    assert all("cantSplit" in row._tr.xml for row in table.rows)
    assert table.columns[0].width < table.columns[1].width
    assert table.rows[0].cells[0].paragraphs[0].runs[0].bold
