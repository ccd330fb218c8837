from __future__ import annotations

from io import BytesIO

from pptx import Presentation
from pptx.util import Pt

from launch_kits.documents.formats.masters.titles import title_size


def test_a_title_has_the_masters_size_if_it_fits_and_a_smaller_one_if_not() -> None:
    layout = Presentation().slide_layouts[1]
    title = layout.placeholders[0]
    title.left = Pt(0)
    title.top = Pt(0)
    title.width = Pt(600)
    title.height = Pt(60)
    assert title_size(layout, title, "Short") is None
    long = title_size(layout, title, "words " * 30)
    longer = title_size(layout, title, "words " * 60)
    wide = title_size(layout, title, "文字文字文字" * 30)
    assert long is not None
    assert longer is not None
    assert 44 > long > longer >= 14
    assert wide is not None
    assert wide < long


def test_the_size_of_the_layout_comes_before_that_of_the_master() -> None:
    made = Presentation()
    layout = made.slide_layouts[1]
    title = layout.placeholders[0]
    title.width = Pt(600)
    title.height = Pt(60)
    title.text_frame.paragraphs[0].font.size = None
    style = title.element.find(".//{*}lstStyle")
    style.append(
        style.makeelement(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}lvl1pPr", {}
        )
    )
    style[0].append(
        style.makeelement(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}defRPr",
            {"sz": "1000"},
        )
    )
    saved = BytesIO()
    made.save(saved)
    assert title_size(layout, title, "words " * 40) is None
