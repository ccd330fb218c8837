from __future__ import annotations

from launch_kits.documents.layout_marks import with_marks, without_marks

DRAFT = """# Title

<!-- layout: columns -->

## One

- a

<!-- layout: plain -->
<!-- layout: folded -->
## Two

<!-- picture: timeline -->

The end
"""
PLAIN = """# Title

## One

- a

## Two

<!-- picture: timeline -->

The end
"""


def test_a_file_has_no_marks_and_pictures_keep_their_place() -> None:
    assert without_marks(DRAFT) == PLAIN
    assert without_marks(PLAIN) == PLAIN


def test_marks_come_back_before_the_same_lines() -> None:
    again = with_marks(PLAIN, DRAFT)
    assert without_marks(again) == PLAIN
    assert again.index("layout: columns") < again.index("## One")
    assert again.index("- a") < again.index("layout: plain") < again.index("## Two")


def test_a_mark_whose_line_is_gone_is_left_out() -> None:
    edited = PLAIN.replace("## One", "## First")
    again = with_marks(edited, DRAFT)
    assert "columns" not in again
    assert "folded" in again
    assert without_marks(again) == edited


def test_a_document_with_marks_of_its_own_stays() -> None:
    own = "<!-- layout: columns -->\n## One\n"
    assert with_marks(own, DRAFT) == own
