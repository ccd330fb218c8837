from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from launch_kits.documents.timeline.files import PICTURE_FORMATS, timeline_file
from tests.documents.timeline.samples import HOSTILE, task_facts, timeline_facts

MAGIC = {"svg": b"<svg ", "pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n"}


@pytest.mark.parametrize("kind", PICTURE_FORMATS)
def test_each_kind_of_file_is_one_and_always_the_same(kind):
    made = timeline_file(timeline_facts(), kind)
    assert made.startswith(MAGIC[kind])
    assert timeline_file(timeline_facts(), kind) == made


def test_the_pdf_is_one_page_with_its_texts_and_title():
    task = task_facts("a", 4, 6, 8, title="#panic() " + HOSTILE)
    facts = timeline_facts(tasks=(task,), gates=(), chain=())
    reader = PdfReader(BytesIO(timeline_file(facts, "pdf")))
    [page] = reader.pages
    assert float(page.mediabox.width) > float(page.mediabox.height)
    assert "#panic()" in page.extract_text()
    assert reader.metadata.title == facts.title
