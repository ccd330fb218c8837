from __future__ import annotations

import pytest

from launch_kits.claims.addressed import addressed
from launch_kits.inputs.audience import Audience


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "They must keep their database, and nobody helps them with it.",
            "You must keep your database, and nobody helps you with it.",
        ),
        (
            "They're on 7.4 and host it themselves.",
            "You're on 7.4 and host it yourselves.",
        ),
        (
            "Nobody will set up a proxy for them.",
            "Nobody will set up a proxy for them.",
        ),
        ("Theyville has no network.", "Theyville has no network."),
    ],
)
def test_customers_read_about_themselves(line: str, told: str) -> None:
    assert addressed(line, Audience.CUSTOMER) == told
    assert addressed(line, Audience.PARTNER) == line
    assert addressed(line, Audience.INTERNAL) == line
