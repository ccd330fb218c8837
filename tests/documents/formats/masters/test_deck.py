from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from launch_kits.documents.formats.masters.deck import deck_of
from launch_kits.documents.formats.slide_pieces import ROOM
from tests.documents.formats.masters.samples import company_slides, in_file
from tests.documents.formats.test_pptx import METADATA


def test_a_deck_is_the_projects_or_the_companys(tmp_path: Path) -> None:
    ours = deck_of(METADATA)
    assert (ours.own, ours.room, len(ours.presentation.slides)) == (False, ROOM, 0)
    master = in_file(tmp_path, "pptx", company_slides())
    theirs = deck_of(replace(METADATA, master=master))
    assert (theirs.own, len(theirs.presentation.slides)) == (True, 0)
    assert [round(each) for each in theirs.room] == [36, 126, 648, 356]
