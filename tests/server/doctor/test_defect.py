from __future__ import annotations

from launch_kits.server.doctor.defect import Defect


def test_a_defect_is_the_same_whatever_fixes_it() -> None:
    fixed = Defect("the schema is old", "migrate it", lambda _: None)
    assert fixed == Defect("the schema is old", "migrate it")
    assert fixed != Defect("the schema is new", "migrate it")
