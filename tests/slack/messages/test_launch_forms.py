from __future__ import annotations

from datetime import date

from launch_kits.slack.messages.launch_forms import (
    add_modal,
    cancel_modal,
    invite_modal,
    move_modal,
    undo_modal,
)
from tests.slack.block_kit import problems_of_view

LONG = "Falcon " * 60


def test_every_form_keeps_to_the_limits_of_slack() -> None:
    many = [(f"task_{at}", LONG) for at in range(150)]
    for view in (
        move_modal(LONG, launch_on=date(2027, 2, 9), day="Tue 9 Feb", private="{}"),
        add_modal(LONG, roles=many, tasks=many, private="{}"),
        add_modal(LONG, roles=many[:1], tasks=[], private="{}"),
        cancel_modal(LONG, told="", private="{}"),
        invite_modal(LONG, names=[LONG] * 100, private="{}"),
        undo_modal(LONG, did=LONG * 20, private="{}"),
    ):
        assert problems_of_view(view) == []
