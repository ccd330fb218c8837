from __future__ import annotations

from itertools import product

import pytest

from launch_kits.documents.formats.colours import (
    ACCENT,
    DARK,
    HEADING,
    INK,
    LINE,
    READABLE,
    SOFT,
)
from launch_kits.documents.formats.masters.slides import own_deck
from launch_kits.inputs.contrast import contrast
from tests.documents.formats.masters.samples import (
    LINK,
    TEXTS,
    changed,
    company_slides,
    in_file,
    replaced,
)

THEME = "ppt/theme/theme1.xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
PAPER = b'<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'


def coloured(text: bytes, paper: bytes, link: bytes) -> bytes:
    def theme(old: bytes) -> bytes:
        for name, one, colour in (
            (b"dk1", TEXTS, text),
            (b"lt1", PAPER, paper),
            (b"hlink", LINK, link),
        ):
            new = b"<a:" + name + b'><a:srgbClr val="' + colour + b'"/></a:' + name
            old = replaced(one, new + b">")(old)
        return old

    return changed(company_slides(), {THEME: theme})


@pytest.mark.parametrize(
    ("colours", "link"),
    list(
        product(
            [(b"111111", b"FFFFFF"), (b"FFFFFF", b"101820"), (b"F5E9D0", b"3A1F5D")],
            [b"0B57D0", b"FFEE00", b"777777"],
        )
    ),
)
def test_every_colour_can_be_read_on_the_paper_of_the_master(colours, link, tmp_path):
    text, paper = colours
    data = coloured(text, paper, link)
    shades = own_deck(in_file(tmp_path, "pptx", data)).shades
    of = {"TEXT_1": text.decode(), "HYPERLINK": link.decode(), "TEXT_2": "1F497D"}
    assert shades[INK] == "TEXT_1"
    for name in (INK, SOFT, ACCENT, *(set(DARK) - {LINE})):
        shown = shades.get(name, name)
        against = contrast(f"#{of.get(shown, shown)}", f"#{paper.decode()}")
        assert against >= READABLE, name
    heading = shades[HEADING]
    assert contrast(f"#{of[heading]}", f"#{paper.decode()}") >= 3


def test_texts_have_the_colour_of_the_masters_texts(tmp_path):
    data = changed(
        company_slides(),
        {
            MASTER: lambda old: old.replace(
                b'<a:schemeClr val="tx1"/>', b'<a:schemeClr val="bg1"/>'
            ).replace(
                b'<a:schemeClr val="bg1"/></p:bgRef>',
                b'<a:schemeClr val="tx1"/></p:bgRef>',
            )
        },
    )
    shades = own_deck(in_file(tmp_path, "pptx", data)).shades
    assert shades[INK] == "BACKGROUND_1"
    assert shades[SOFT] == DARK[SOFT]
