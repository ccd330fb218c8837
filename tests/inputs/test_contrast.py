from __future__ import annotations

import pytest

from launch_kits.inputs.contrast import contrast


@pytest.mark.parametrize(
    ("colour", "found"),
    [("#000000", 21), ("#ffffff", 1), ("#767676", 4.54), ("#FF0000", 4.0)],
)
def test_contrast_with_white_is_that_of_the_guidelines(
    colour: str, found: float
) -> None:
    assert contrast(colour) == pytest.approx(found, abs=0.005)
