from __future__ import annotations

from launch_kits.verbs.revision import Handover, Revision


def test_a_revision_is_empty_until_something_differs() -> None:
    assert Revision().empty
    assert Revision(late_by=3, kept=["a"]).empty
    assert not Revision(fields=("team",)).empty
    assert not Revision(handed=[Handover("a", "b@example.com", "c@example.com")]).empty
