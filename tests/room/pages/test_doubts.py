from __future__ import annotations

import pytest

from launch_kits.verbs import flag
from tests.desk import ENTRY, SELLER, SUPPORT, with_desk
from tests.launches import LEGAL, NOW, PMM, SLUG

PAGE = f"/launches/{SLUG}/cards"


@pytest.mark.parametrize("ref", ["osprey.y1", ENTRY])
def test_who_answers_for_a_doubted_line_says_why_it_holds(store, arriving, ref):
    with_desk(store)
    flag(store, SLUG, ref, by=SELLER, note="Not so", now=NOW)
    visit = arriving()
    visit.sign_in(LEGAL)
    assert "is wrong" in visit.text(PAGE)
    assert "It holds" not in visit.text(PAGE)
    to = f"{PAGE}/{ref if ref == ENTRY else 'osprey'}/holds"
    assert visit.send(to, ref=ref, note="Measured").status_code == 403
    visit.sign_in(PMM if ref != ENTRY else SUPPORT)
    assert "It holds" in visit.text(PAGE)
    assert visit.send(to, ref="kite.y1", note="No").status_code == 404
    said = visit.said(visit.send(to, ref=ref, note="Measured"))
    assert " holds; seller@example.com will hear of it." in said
    assert ref not in said
    assert "Called wrong" not in visit.text(PAGE)
