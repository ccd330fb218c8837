from __future__ import annotations

from launch_kits.slack.messages.decide_form import decide_modal
from tests.slack.block_kit import problems_of_view
from tests.slack.office import words


def test_reasons_and_concerns_are_listed_and_cut() -> None:
    reasons = [f"Reason {at} {'x' * 300}" for at in range(15)]
    view = decide_modal("Falcon", reasons=reasons, concerns=[], private="{}")
    assert problems_of_view(view) == []
    shown = words(view)
    assert shown[0] == "Falcon"
    assert shown[1].startswith("It cannot go yet:\n• Reason 0")
    assert shown[1].endswith("and 3 more")
    assert shown[2:] == ["Your decision []", "Why? (optional) []"]
