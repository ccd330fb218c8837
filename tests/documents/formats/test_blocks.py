from __future__ import annotations

from launch_kits.documents.formats.blocks import Run, Table, plain
from launch_kits.documents.formats.outline import outline


def test_the_columns_of_a_table_have_widths():
    text = f"| a | {'b' * 100} |\n|---|---|\n| {'c' * 9} | d |"
    ((table,),) = (section.blocks for section in outline(text))
    assert isinstance(table, Table)
    assert table.widths() == (14, 44)


def test_plain_text_leaves_out_the_numbers_of_sources():
    runs = (Run("Fast", bold=True), Run("1", note=True), Run(", "), Run("x", code=True))
    assert plain(runs) == "Fast, x"
