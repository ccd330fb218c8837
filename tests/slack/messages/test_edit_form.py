from __future__ import annotations

from launch_kits.slack.messages.edit_form import confirm_modal
from tests.slack.block_kit import problems_of_view
from tests.slack.office import words


def test_a_preview_says_that_nothing_is_changed_yet() -> None:
    view = confirm_modal(
        "Edit",
        "Card",
        ["Title: a → b", [], ""],
        name="task_edit_now",
        private="{}",
        submit="Change it",
    )
    assert problems_of_view(view) == []
    assert words(view) == ["Card", "Title: a → b", "Nothing is changed yet."]
