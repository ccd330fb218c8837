from __future__ import annotations

import pytest

from launch_kits.inputs.audience import Audience

INTERNAL, PARTNER, CUSTOMER = Audience


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (INTERNAL, {INTERNAL, PARTNER, CUSTOMER}),
        (PARTNER, {PARTNER, CUSTOMER}),
        (CUSTOMER, {CUSTOMER}),
    ],
)
def test_a_reader_sees_their_own_circle_and_wider_ones(
    reader: Audience, sees: set[Audience]
) -> None:
    assert {circle for circle in Audience if reader.may_read(circle)} == sees


def test_the_wider_of_two_circles_does_not_depend_on_their_order() -> None:
    assert INTERNAL.or_wider(PARTNER) is PARTNER
    assert PARTNER.or_wider(INTERNAL) is PARTNER
    assert CUSTOMER.or_wider(CUSTOMER) is CUSTOMER
