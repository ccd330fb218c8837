from __future__ import annotations

from launch_kits.verbs.revision import Revision
from launch_kits.verbs.word_changes import WordChange


def test_a_revision_is_empty_until_something_differs() -> None:
    assert Revision().empty
    assert Revision(late_by=3, kept=["a"]).empty
    assert not Revision(fields=("team",)).empty
    handed = WordChange("a", "owner", "b@example.com", "c@example.com")
    assert not Revision(handed=[handed]).empty
