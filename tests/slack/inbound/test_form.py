from __future__ import annotations

from launch_kits.slack.inbound.form import Form


def test_a_form_closes_the_modals_below_unless_told_otherwise() -> None:
    assert Form().closes_all
    assert not Form(closes_all=False).closes_all
