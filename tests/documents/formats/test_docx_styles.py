import pytest
from docx.shared import Mm

from launch_kits.documents import DocumentMetadata
from launch_kits.documents.dates import long_day
from launch_kits.documents.formats.metadata import Paper
from tests.documents.formats.test_docx import opened
from tests.samples import TODAY


def test_each_numbered_list_has_its_own_numbers():
    file = opened("1. a\n2. b\n\ntext\n\n5. c")
    counts = [
        each._p.pPr.numPr.numId.val
        for each in file.paragraphs
        if each.style.name == "List Number"
    ]
    assert counts[0] == counts[1] != counts[2]
    starts = {
        num.numId: num.lvlOverride_lst[0].startOverride.val
        for num in file.part.numbering_part.element.num_lst
        if num.lvlOverride_lst
    }
    assert [starts[counts[0]], starts[counts[2]]] == [1, 5]


@pytest.mark.parametrize(("paper", "width"), [(Paper.A4, 210), (Paper.LETTER, 215.9)])
def test_header_and_footer_have_the_metadata_on_the_right_paper(paper, width):
    metadata = DocumentMetadata(
        title="Card",
        product="Acme 2",
        reader="For partners",
        author="Pam",
        day=TODAY,
        paper=paper,
    )
    section = opened("# The card", metadata).sections[0]
    assert section.header.paragraphs[0].text == "Acme 2\tFor partners"
    assert section.footer.paragraphs[0].text == f"The card\t{long_day(TODAY)} ·  / "
    assert "NUMPAGES" in section.footer.paragraphs[0]._p.xml
    assert abs(section.page_width - Mm(width)) < Mm(0.1)
