from __future__ import annotations

import base64
import struct
from pathlib import Path
from typing import Any

import pytest

from launch_kits.errors import InputError
from launch_kits.inputs.attachments import file_words, kind_of_file, without_content
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief, resolve
from tests.drawn import drawn
from tests.launches import brief_with

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>'
PNG = drawn(300, 100)
FONT = b"\x00\x01\x00\x00" + b"x" * 20
BRIEF = """\
launch: atlas-2
product: Atlas 2.0
kit: quiet_release
launch_on: 2027-03-02
team:
  lead: {name: Lead, email: lead@example.com}
"""


def loaded(folder: Path, more: str, **files: bytes) -> Brief:
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    (folder / "brief.yaml").write_text(BRIEF + more)
    return load_brief(folder / "brief.yaml").brief


def faults(
    folder: Path, more: str, **files: bytes
) -> list[tuple[str, str, int | None]]:
    with pytest.raises(InputError) as told:
        loaded(folder, more, **files)
    return [(each.code, each.message, each.line) for each in told.value.faults]


def test_files_beside_the_brief_are_put_in_place(tmp_path: Path) -> None:
    brief = loaded(
        tmp_path,
        "brand: {logo: logo.svg, font: own.ttf}\n"
        "pictures: [{file: screen.png, alt: The first page}]\n",
        logo_svg=SVG,
        own_ttf=FONT,
        screen_png=PNG,
    )
    logo = brief.brand.file("logo")
    font = brief.brand.file("font")
    picture = brief.pictures[0].attached
    assert logo is not None
    assert font is not None
    assert picture is not None
    assert (logo.data, font.data, picture.data) == (SVG, FONT, PNG)
    written = brief.model_dump(mode="json", by_alias=True)
    assert Brief.kept(written) == brief
    shown: dict[str, Any] = without_content(written)
    assert shown["brand"]["logo"] == "logo.svg"
    assert shown["pictures"][0]["file"] == "screen.png"
    # a run in Prefect takes the brief without the files, and still reads it
    assert Brief.model_validate(shown).brand.logo == "logo.svg"


def test_a_file_in_words_is_its_path_and_hash() -> None:
    one = {"path": "logo.svg", "content": "aGk="}
    assert file_words(one) == "logo.svg (96e3186a)"
    assert file_words({**one, "content": "aGkh"}) != file_words(one)
    assert file_words({"path": "x"}) == {"path": "x"}


def test_every_faulty_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path.parent / "outside.svg").write_bytes(SVG)
    (tmp_path / "link.png").symlink_to(tmp_path.parent / "outside.svg")
    found = faults(
        tmp_path,
        "brand:\n"
        "  logo: big.png\n"
        "  font: logo.svg\n"
        "pictures:\n"
        "  - {file: ../outside.svg, alt: a}\n"
        "  - {file: link.png, alt: a}\n"
        "  - {file: none.png, alt: a}\n"
        "  - {file: bad.svg, alt: a}\n"
        "  - {file: wide.png, alt: a}\n"
        "  - {file: torn.png, alt: a}\n"
        "  - {file: torn.jpg, alt: a}\n"
        "  - {file: high.jpg, alt: a}\n"
        "  - {file: large.png, alt: a}\n",
        big_png=PNG + b"x" * 300_000,
        logo_svg=SVG,
        bad_svg=SVG.replace(b"path", b"script"),
        wide_png=PNG.replace(struct.pack(">I", 300), struct.pack(">I", 90_000)),
        torn_png=PNG[:60],
        torn_jpg=drawn(30, 30, "JPEG")[:300],
        high_jpg=drawn(1, 8_001, "JPEG"),
        large_png=drawn(6_000, 6_000),
    )
    assert [(code, line) for code, _, line in found] == [
        ("too-large", 8),
        ("bad-file", 9),
        ("path-outside", 11),
        ("path-outside", 12),
        ("bad-file", 13),
        ("bad-file", 14),
        *(("bad-file", line) for line in range(15, 20)),
    ]
    assert found[1][1] == (
        'brand.font: "logo.svg" is not a file for this; '
        "use a TrueType or OpenType font (.ttf, .otf)"
    )
    assert "<script>" in found[5][1]
    assert "90000 by 100" in found[6][1]
    assert [message.partition('" ')[2] for _, message, _ in found[7:]] == [
        "cannot be drawn, because it is damaged; save it again",
        "cannot be drawn, because it is damaged; save it again",
        "has 1 by 8001 points; shrink it to 8000 a side and 24 million in all",
        "has 6000 by 6000 points; shrink it to 8000 a side and 24 million in all",
    ]


def test_pictures_are_few_and_small_together(tmp_path: Path) -> None:
    many = "pictures:\n" + "  - {file: a.png, alt: a}\n" * 11
    found = faults(tmp_path, many, a_png=PNG + b"x" * 300_000)
    assert [code for code, *_ in found] == ["too-large", "too-large"]
    assert "keep the best 10" in found[0][1]
    assert "shrink them to 2048 KiB" in found[1][1]


def test_a_brief_without_a_file_brings_its_files_with_it() -> None:
    logo = {"path": "logo.svg", "content": base64.b64encode(SVG).decode()}
    brief = brief_with(brand={"logo": logo})
    assert resolve(brief).brand == brief.brand
    with pytest.raises(InputError, match="start the launch from its file"):
        resolve(brief_with(brand={"logo": "logo.svg"}))
    with pytest.raises(InputError, match="not Base64"):
        resolve(brief_with(brand={"logo": {**logo, "content": "!"}}))


@pytest.mark.parametrize(
    ("data", "kind"),
    [(PNG, "png"), (SVG, "svg"), (FONT, "font"), (b"\xff\xd8\xff", "jpeg")],
)
def test_a_file_is_known_by_its_first_bytes(data: bytes, kind: str) -> None:
    assert kind_of_file(data) == kind
    assert kind_of_file(b"x" + data[3:9]) is None
