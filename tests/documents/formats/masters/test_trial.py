from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pptx

from launch_kits.documents.formats.masters.trial import unfit
from launch_kits.settings.masters import Masters

DAY = date(2026, 11, 30)


def test_masters_that_are_not_set_have_no_fault():
    assert list(unfit(Masters(), day=DAY)) == []


def test_a_sound_master_has_no_fault(tmp_path: Path):
    pptx.Presentation().save(tmp_path / "a.pptx")
    docx.Document().save(tmp_path / "a.docx")
    masters = Masters(pptx=tmp_path / "a.pptx", docx=tmp_path / "a.docx")
    assert list(unfit(masters, day=DAY)) == []


def test_each_unfit_master_is_named_with_its_remedy(tmp_path: Path):
    made = docx.Document()
    made.styles["List Bullet"].delete()
    made.save(tmp_path / "a.docx")
    masters = Masters(pptx=tmp_path / "gone.pptx", docx=tmp_path / "a.docx")
    slides, word = map(str, unfit(masters, day=DAY))
    assert "gone.pptx: no such file" in slides
    assert "LAUNCH_KITS_DOCX_MASTER" in word
    assert "List Bullet" in word
