from __future__ import annotations

import pytest

from tests.lint.kit_codes import codes, task


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Press release", "The press releases", True),
        ("Announcement to customers", "Announcements to customer", True),
        ("Positioning statement", "Positionning statement", True),
        ("Press release", "Pricing page", False),
        ("Wave 1", "Wave 2", False),
        ("Interviews with buyers A", "Interviews with buyers B", False),
        ("Internal announcement", "External announcement", False),
        ("Launch: go or no-go", "Release: go or no-go", False),
    ],
)
def test_titles_that_say_the_same_in_one_stage(one, other, same):
    assert codes(task("a", one), task("b", other)) == (
        [("duplicate-title", "b")] if same else []
    )


def test_the_same_title_for_another_role_list_or_launch_is_another_task():
    assert codes(task("a", "Training"), task("b", "Training", role="sales")) == []
    assert codes(task("a", "Training"), task("b", "Training", each="partners")) == []
    startup = {"company": ["startup"]}
    enterprise = {"company": ["enterprise"]}
    assert (
        codes(
            task("a", "Training", when=startup), task("b", "Training", when=enterprise)
        )
        == []
    )
    assert codes(task("a", "Training", when=startup), task("b", "Training")) == [
        ("duplicate-title", "b")
    ]


def test_in_another_stage_only_the_very_same_words_say_the_same():
    assert codes(
        task("a", "Sales training"), second=(task("b", "Training: sales"),)
    ) == [("duplicate-title", "b")]
    assert codes(task("a", "Positioning"), second=(task("b", "Positionning"),)) == []
