from __future__ import annotations

import re
from pathlib import Path

from launch_kits.views.lacking import PARTS, part_in_words

ROOT = Path(__file__).parents[2]
#: a place of a brief or a ledger, as templates and `gap_of` name it
_PLACE = re.compile(
    r"[\"']((?:claims|links|messages|partners|positioning|press|quotes|research|goals"
    r"|commitments|faq|pricing)\.[a-z_][a-z_.]*)[\"']"
)


def test_every_part_that_a_template_may_lack_has_words() -> None:
    sources = [*(ROOT / "templates").glob("*.j2")]
    sources += (ROOT / "launch_kits" / "documents").rglob("*.py")
    places = {
        place for each in sources for place in _PLACE.findall(each.read_text("utf-8"))
    }
    assert len(places) > 20
    assert places - set(PARTS) == set()


def test_sections_and_new_parts_are_named_without_marks() -> None:
    assert part_in_words("documents.battlecard.sections.next_steps") == (
        'the section "next steps"'
    )
    assert part_in_words("press.new_part") == "press new part"
