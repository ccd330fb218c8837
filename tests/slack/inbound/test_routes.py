from __future__ import annotations

from launch_kits.slack.inbound import actions, routes
from launch_kits.slack.messages.late import AGAIN


def test_every_button_and_form_has_its_work() -> None:
    assert set(routes.CLICKS) >= {*actions.BUTTONS, *actions.FORMS, AGAIN}
    assert set(routes.FORMS) >= {*actions.FORMS, "launch_start"}
