import io
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from launch_kits.documents import DocumentMetadata, metadata_of, render
from launch_kits.documents.dates import long_day
from launch_kits.documents.escaping import escape
from launch_kits.documents.formats.blocks import Run
from launch_kits.documents.formats.characters import one_line
from launch_kits.documents.formats.metadata import Paper
from launch_kits.documents.formats.pdf import _runs, document_of, to_pdf
from launch_kits.documents.front import front_of
from launch_kits.inputs.loading import load_brief
from tests.documents.saying import letters, said
from tests.documents.test_escaping import HOSTILE, shown
from tests.documents.test_templates import NAMES, full
from tests.samples import CUSTOMER, TODAY, facts, task

EXAMPLE = Path(__file__).parents[3] / "examples" / "valkey-9" / "brief.yaml"
METADATA = DocumentMetadata(
    title="Card", product="Acme 2", reader="Internal", author="Pam", day=TODAY
)

#: Typst's own markup and code
TYPST = [
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0"',
    "#{",
    "]",
    "[",
    "$x^2$",
    "*b*",
    "_i_",
    "`raw`",
    "\\",
    "@label",
    "<tag>",
    "//",
    "/*",
    "--",
    "~",
    '"',
    "\\u{41}",
    "= H",
    "+ n",
    "/ t: d",
    "שלום",
    "عربى",
    "\x00\x07",
    "\u202e",
]

#: characters of the project's fonts; a soft hyphen is shown at the end of a line only
KNOWN = (
    st.characters(codec="cp1252", exclude_characters="\xad")
    | st.characters(codec="cp1251", exclude_characters="\xad")
    | st.characters(codec="cp1253", exclude_characters="\xad")
)
TEXTS = st.lists(
    st.sampled_from(TYPST) | KNOWN | HOSTILE.filter(str.isascii), max_size=6
).map("".join)


#: brackets are mirrored in a text from right to left, and a reader may tell either one
MIRRORED = str.maketrans(")]}>»", "([{<«")


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
@example(text=" ".join(TYPST))
def test_every_text_is_printed_as_it_is_and_never_obeyed(text):
    value = escape(text)
    markdown = (
        f"# {value}\n\n## {value}\n\n- {value}\n\n| {value} |\n|---|\n| x |\n\ny[^1]\n\n"
        f"[^1]: {value}"
    )
    about = replace(METADATA, product=one_line(text), reader=one_line(text))
    printed = text_of(to_pdf(markdown, about)).translate(MIRRORED)
    once = letters(shown(text).translate(MIRRORED))
    # five times in the document, once as the title at its foot; the product and for whom it is in
    # the header
    expected = (
        Counter({each: number * 8 for each, number in once.items()})
        + letters("•xy11")
        + letters(f"{long_day(TODAY)}·1/1")
    )
    if once:
        assert letters(printed) == expected


def test_the_same_document_gives_the_same_bytes_in_another_process():
    markdown = "# A\n\n- b ✓[^1]\n\n[^1]: [c](https://c.example)"
    program = (
        "import sys, datetime\n"
        "from launch_kits.documents.formats.pdf import to_pdf\n"
        "from launch_kits.documents import DocumentMetadata\n"
        f"about = DocumentMetadata('Card', 'Acme 2', 'Internal', 'Pam', "
        f"datetime.date.fromisoformat('{TODAY}'))\n"
        f"sys.stdout.buffer.write(to_pdf({markdown!r}, about))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True
    ).stdout
    assert other == to_pdf(markdown, METADATA) == to_pdf(markdown, METADATA)


def test_a_file_has_title_owner_and_day_and_no_time_of_making():
    about = read(to_pdf("# The *card*", METADATA)).metadata
    assert about
    assert about.title == "The card · Acme 2"
    assert about.author == "Pam"
    assert about["/CreationDate"] == about["/ModDate"] == f"D:{TODAY:%Y%m%d}000000Z"
    assert read(to_pdf("x", METADATA)).metadata.title == "Card · Acme 2"


def test_every_page_has_product_reader_and_page_number():
    pages = read(to_pdf("# Card\n\n" + "line\n\n" * 300, METADATA)).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        said = page.extract_text()
        assert "Acme 2" in said
        assert "Internal" in said
        assert f"{long_day(TODAY)} · {number} / {len(pages)}" in said


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))]
)
def test_pages_have_the_size_of_the_paper(paper, size):
    box = read(to_pdf("x", replace(METADATA, paper=paper))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_links_have_their_addresses():
    page = read(
        to_pdf(
            "[a](https://a.example/b?c=d) b[^1]\n\n[^1]: [e](https://e.example)",
            METADATA,
        )
    ).pages[0]
    found = [note.get_object()["/A"].get("/URI") for note in page["/Annots"]]
    # the title of a source and its address, which follows it, both lead there
    assert found == ["https://a.example/b?c=d", *["https://e.example"] * 2]


def test_a_table_repeats_its_headings_on_every_page():
    rows = "".join(f"| {number} | x |\n" for number in range(150))
    pages = read(to_pdf(f"| Number | Sign |\n|---|---|\n{rows}", METADATA)).pages
    assert len(pages) > 2
    assert all("Number" in page.extract_text() for page in pages)


def test_a_word_longer_than_a_line_breaks():
    pdf = to_pdf("| a | b |\n|---|---|\n| " + "x" * 300 + " | y |", METADATA)
    assert max(len(line) for line in text_of(pdf).split("\n")) < 120
    assert text_of(pdf).count("x") == 300


@pytest.mark.parametrize("more", [0, 10])
@pytest.mark.parametrize("reader", ["internal", "customer"])
def test_the_front_of_a_battlecard_is_one_page(more, reader):
    loaded = load_brief(EXAMPLE).brief
    own = task(
        item=loaded.competitors()[0],
        audience=CUSTOMER if reader == "customer" else task().audience,
    )
    text = front_of(render("battlecard.md.j2", facts(loaded, own)))
    heading = "## Prices\n\n"
    assert heading in text
    longer = text.replace(
        heading, heading + "- One more thing to know that takes a line.\n" * more
    )
    pdf = to_pdf(longer, METADATA, one_page=True)
    assert len(read(pdf).pages) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_document_says_the_same_as_its_markdown(name):
    given = full(of=name)
    text = render(name, given)
    printed = letters(text_of(to_pdf(text, metadata_of(given, given.task))))
    assert letters(said(text)) <= printed


@pytest.mark.parametrize(
    "markdown",
    [
        "",
        "<!-- layout: columns -->\n\n## A\n\n## B\n\n| x |\n|---|\n\n## C",
        "<!-- layout: folded -->\n\n## A\n\n" + "- b\n" * 600,
        "long\n\n" * 200 + "<!-- layout: folded -->\n\n## A\n\nb\n\n## C\n\nd",
        "<!-- layout: folded -->\n\n## A\n\n" + "b\n\n" * 200 + "## C\n\nd",
        (
            "<!-- layout: columns -->\n\nbefore\n\n## A\n\na[^1]\n\n> q\n>\n> 1. n\n\n"
            "***\n\n    code\n\n[^1]: x"
        ),
    ],
)
def test_documents_of_any_shape_are_printed_whole(markdown):
    printed = text_of(to_pdf(markdown, METADATA))
    assert letters(said(markdown)) <= letters(printed)


def test_no_line_breaks_within_a_day():
    words = " ".join(f"{'x' * length} 2026-11-22" for length in range(1, 60))
    assert text_of(to_pdf(words, METADATA)).count("2026-11-22") == 59


def test_a_title_of_two_parts_breaks_between_them():
    long = "Partner brief: Home Assistant Green"
    broken = text_of(to_pdf(f"# {long} · Shops for homes\n\nText", METADATA))
    assert f"\n{long}\nShops for homes\n" in broken
    whole = text_of(to_pdf("# Brief · Shops\n\nText", METADATA))
    assert "\nBrief · Shops\n" in whole


def test_no_line_breaks_within_a_day_in_words():
    words = " ".join(f"{'x' * length} 22 November 2026" for length in range(1, 60))
    assert text_of(to_pdf(words, METADATA)).count("22 November 2026") == 59 + 1


def test_texts_tell_the_direction_in_which_they_are_read():
    data = document_of("# שלום\n\nשלום\n\nplain\n\n| שלום |\n|---|\n| a |", METADATA)  # noqa: RUF001
    (blocks,) = [
        part["blocks"] for group in data["groups"] for part in group["sections"]
    ]
    heading, turned, plain, table = blocks
    assert [heading["turned"], turned["turned"], plain["turned"]] == [True, True, False]
    assert [row[0]["turned"] for row in table["rows"]] == [True, False]


def test_an_address_breaks_behind_a_slash_or_a_hyphen_first() -> None:
    (run,) = _runs([Run("https://www.home-assistant.io/green/")])
    assert run.text.split("\u200b") == ["https://www.home-", "assistant.io/", "green/"]
    (long,) = _runs([Run("x" * 30)])
    assert long.text == f"{'x' * 24}\u200b{'x' * 6}"
