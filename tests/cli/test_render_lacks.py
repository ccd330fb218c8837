from __future__ import annotations

import pytest

from launch_kits.cli.render_lacks import refuse_lacks, say_boxes, say_lacks
from launch_kits.documents.files import Written
from launch_kits.errors import Refused
from tests.samples import CUSTOMER, INTERNAL


def test_a_document_for_several_readers_is_told_once(capsys) -> None:
    lacks = ("press.place",)
    say_lacks([Written("p", reader, (), lacks) for reader in (INTERNAL, CUSTOMER)])
    assert capsys.readouterr().err == "note: p lacks press.place\n"


def test_only_complete_documents_are_let_pass() -> None:
    refuse_lacks([Written("p", CUSTOMER, ())])
    with pytest.raises(Refused, match="not complete: p, q; supply"):
        refuse_lacks([Written(key, CUSTOMER, (), ("faq",)) for key in ("p", "q", "p")])


def test_characters_without_a_font_are_told_once_with_their_documents(capsys) -> None:
    say_boxes([Written("p", INTERNAL, ())])
    assert capsys.readouterr().err == ""
    say_boxes([Written(key, INTERNAL, (), boxes="速") for key in ("p", "q", "p")])
    said = capsys.readouterr().err
    assert "warning: no font of this machine has 速 (U+901F): boxes" in said
    assert "PDF files of p, q; install fonts" in said
