from pathlib import Path

import pytest

from launch_kits.documents import BASIC_FORMATS, FORMATS, formats_of, make
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.errors import DocumentError
from tests.samples import TODAY

METADATA = DocumentMetadata(
    title="Card", product="Acme 2", reader="Internal", author="Pam", day=TODAY
)

TEMPLATES = Path(__file__).parents[3] / "templates"

BEGINNINGS = {
    "md": b"# C",
    "html": b"<!doctype html>",
    "pdf": b"%PDF-",
    "pptx": b"PK",
    "docx": b"PK",
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_is_made_in_every_format(name):
    assert make(name, "# Card\n\nText", METADATA).startswith(BEGINNINGS[name])


def test_a_template_offers_what_every_template_does_and_what_it_declares(tmp_path):
    def offered(text: str) -> tuple[str, ...]:
        (tmp_path / "own.md.j2").write_text(text)
        return formats_of("own.md.j2", folders=[tmp_path])

    assert offered("# Own") == BASIC_FORMATS
    assert offered("{# A letter. #}\n{#- formats: md, pptx -#}\n# Own") == (
        "md",
        "html",
        "pdf",
        "pptx",
        "docx",
    )
    assert offered("{# formats: docx,pptx #}") == FORMATS


#: documents that are shown to a room, and those that others work on
NEEDED = {
    "pptx": ["battlecard.md.j2", "partner_presentation.md.j2", "pitch.md.j2"],
    "docx": ["announcement.md.j2", "press_release.md.j2"],
}


@pytest.mark.parametrize(
    ("name", "template"),
    [
        (name, file)
        for name, files in NEEDED.items()
        for file in files
        if (TEMPLATES / file).exists()
    ],
)
def test_templates_offer_the_formats_that_people_need(name, template):
    assert name in formats_of(template)


def test_a_format_that_a_template_declares_must_be_known(tmp_path):
    (tmp_path / "own.md.j2").write_text("{# formats: pfd #}")
    with pytest.raises(
        DocumentError,
        match=r'template own.md.j2: declares the unknown format "pfd"; did you mean "pdf"',
    ):
        formats_of("own.md.j2", folders=[tmp_path])


def test_a_missing_template_is_an_error():
    with pytest.raises(DocumentError, match="in none of the template folders"):
        formats_of("none.md.j2")


@pytest.mark.parametrize("name", ["pptx", "docx"])
@pytest.mark.parametrize("text", ["word " * 20_000, "a\n\n" * 2_000])
def test_slides_and_word_files_have_a_limit(name, text):
    with pytest.raises(
        DocumentError,
        match="has at most 50,000 characters and 2,000 lines; ask for pdf, or shorten it",
    ):
        make(name, text, METADATA)


def test_a_pdf_has_a_limit():
    with pytest.raises(
        DocumentError,
        match="as pdf has at most 100,000 characters and 20,000 lines; shorten it",
    ):
        make("pdf", "word " * 20_001, METADATA)


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_with_too_many_pictures_is_refused_at_once(name):
    text = "# Card\n" + "\n<!-- picture: timeline -->\n" * 11
    with pytest.raises(DocumentError, match="at most 10 pictures"):
        make(name, text, METADATA)


def test_a_long_page_is_refused_at_once():
    with pytest.raises(DocumentError, match="as html has at most 130,000 characters"):
        make("html", "x" * 130_001, METADATA)
