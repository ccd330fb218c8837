from __future__ import annotations

from launch_kits.documents.front import finished, front_formats, front_of
from tests.documents.test_battlecard import PRICES, card

FOLDED = """\
# Card

<!-- layout: columns -->

## Answer

One.[^2]

<!-- layout: folded -->

## Prices

Two.[^4][^2]

<!-- layout: folded -->

## More

Three.[^1]

## Sources

[^1]: [a](https://a.example)
[^2]: [b](https://b.example), page 2
[^3]: [c](https://c.example)
[^4]: [d](https://d.example)
"""


def test_a_front_page_ends_at_the_second_fold_with_its_own_sources():
    assert (
        front_of(FOLDED)
        == """\
# Card

<!-- layout: columns -->

## Answer

One.[^1]

<!-- layout: columns -->

## Prices

Two.[^2][^1]

## Sources

[^1]: [b](https://b.example), page 2
[^2]: [d](https://d.example)
"""
    )


def test_a_document_without_a_second_fold_is_its_own_front():
    text = FOLDED.replace("<!-- layout: folded -->", "", 1)
    assert front_of(text) == text


def test_a_battlecard_is_one_page_in_pdf_and_slides():
    assert front_formats("battlecard.md.j2") == ("pdf", "pptx")
    assert front_formats("one_pager.md.j2") == ("pdf", "docx")
    assert front_formats("pitch.md.j2") == ()
    front = front_of(card(pricing=PRICES))
    assert "## Walk away when" in front
    assert "## What changed" not in front
    assert "To finish" not in front


def test_slides_have_no_list_of_missing_parts():
    text = "# A\n\nOne.[^1]\n\n## To finish this document\n\n- It\n\n## Sources\n\n[^1]: b\n"
    assert finished(text) == "# A\n\nOne.[^1]\n\n## Sources\n\n[^1]: b\n"
    assert finished("# A\n") == "# A\n"
    assert finished("# A\n\n## To finish this document\n\n- It\n") == "# A\n"
