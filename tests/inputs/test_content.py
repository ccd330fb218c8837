from __future__ import annotations

import pytest
from pydantic import ValidationError

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.content import LENGTHS, Finding, Messages, Quote, Segment


def test_every_length_of_a_message_has_its_bound() -> None:
    assert LENGTHS.keys() == Messages.model_fields.keys()
    assert list(LENGTHS.values()) == [10, 25, 50, 100]


@pytest.mark.parametrize("size", [-1, float("inf"), True, "many"])
def test_the_size_of_a_segment_is_a_number_from_0_on(size: object) -> None:
    with pytest.raises(ValidationError):
        Segment.model_validate({"name": "Small shops", "size": size})


def test_a_finding_stays_inside_if_the_brief_does_not_say() -> None:
    assert Finding(text="Buyers wait").audience is Audience.INTERNAL


def test_a_quote_is_not_allowed_if_the_brief_does_not_say() -> None:
    assert Quote(text="It is fast", speaker="Kim, Acme").permission == "none"
