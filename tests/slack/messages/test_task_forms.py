from __future__ import annotations

from dataclasses import replace

from launch_kits.slack.messages.task_forms import (
    drop_modal,
    points_of,
    reassign_modal,
    reopen_modal,
    tick_modal,
    with_buttons,
)
from launch_kits.views.notices.task_notice import TaskNotice
from tests.slack.block_kit import problems_of_view
from tests.slack.office import words
from tests.slack.views import READER, launch, notice, task

CARD = replace(
    task(), title="Card " * 60, checklist=("One", "Two " * 60), ticked=("One",)
)
SEEN = TaskNotice(notice("task"), launch(CARD), CARD, READER)


def test_every_form_keeps_to_the_limits_of_slack() -> None:
    for view in (
        reassign_modal(SEEN, private="{}"),
        drop_modal(SEEN, effects=["One."], private="{}"),
        reopen_modal(SEEN, effects=["One."], private="{}"),
        tick_modal(SEEN, private="{}"),
    ):
        assert problems_of_view(view) == []


def test_ticked_points_are_ticked_in_the_form() -> None:
    element = tick_modal(SEEN, private="{}")["blocks"][1]["element"]
    assert [each["text"]["text"] for each in element["initial_options"]] == ["One"]


def test_points_have_keys_of_their_own() -> None:
    assert list(points_of(["One", "Two", "One"]).values()) == ["One", "Two"]


def test_the_details_get_the_buttons_below_the_state() -> None:
    view = {"blocks": [{"type": "header"}, {"type": "section"}, {"type": "context"}]}
    shown = with_buttons(view, CARD, {"task_edit", "task_reopen"}, value="{}")
    assert [block["type"] for block in shown["blocks"]] == [
        "header",
        "section",
        "actions",
        "context",
    ]
    assert words({"blocks": [shown["blocks"][2]]}) == ["[Edit]"]
    assert with_buttons(view, CARD, set(), value="{}") == view
