from __future__ import annotations

import pytest
from pydantic import ValidationError

from launch_kits.inputs.nudges import Nudges, Rung


def test_nudges_are_few_and_climb_to_the_lead_if_a_kit_does_not_say() -> None:
    nudges = Nudges()
    assert (nudges.before, nudges.on_due, nudges.overdue_every) == ((3, 1), True, 1)
    assert nudges.ladder == (
        Rung(after=2, to="backup"),
        Rung(after=4, to="manager"),
        Rung(after=6, to="lead"),
    )
    assert (nudges.pause, nudges.max) == (2, 10)


@pytest.mark.parametrize(
    "given", [{"before": [-1]}, {"max": "ten"}, {"ladder": [{"after": 1}]}]
)
def test_nudges_count_working_days_from_none_on(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Nudges.model_validate(given)
