from __future__ import annotations

import pytest

from launch_kits.cli.render_lacks import refuse_lacks, say_lacks
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
