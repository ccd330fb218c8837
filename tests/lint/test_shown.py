from __future__ import annotations

from tests.lint.brief_codes import codes, linted
from tests.spoilt import Folder


def test_a_colour_that_is_hard_to_read_on_light_paper_is_doubtful(
    folder: Folder,
) -> None:
    folder.spoil(
        "brief.yaml",
        (
            "launch_on:",
            'brand: {colours: {main: "#FFD400", accent: "#FF0000"}}\nlaunch_on:',
        ),
    )
    (found,) = [each for each in linted(folder).warnings if each.code == "low-contrast"]
    assert "brand.colours.main #FFD400 has a contrast of 1.3 to 1" in found.message


def test_a_document_for_a_wider_circle_than_the_kits_is_doubtful(
    folder: Folder,
) -> None:
    folder.spoil(
        "kit.yaml", ("days: 2\n", "days: 2\n        document: battlecard.md.j2\n")
    )
    chosen = (
        "documents: {battlecard: {audience: %s}}\n"
        "messages: {ten: Falcon 2 is twice as fast}\n"
        "launch_on:"
    )
    folder.spoil("brief.yaml", ("launch_on:", chosen % "partner"))
    assert [code for *_, code in codes(folder)] == ["wider-audience"]
    folder.spoil("brief.yaml", ("audience: partner}", "audience: internal}"))
    assert codes(folder) == []
