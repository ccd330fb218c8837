from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from launch_kits.inputs.loading import load_brief
from launch_kits.lint.against.known import Known
from launch_kits.plan.rollout import Rollout

EXAMPLES = Path(__file__).parents[3] / "examples"
TODAY = date(2026, 11, 30)


def known_of(example: str) -> Known:
    brief = load_brief(EXAMPLES / example / "brief.yaml").brief
    return Known(brief, Rollout.of(brief, today=TODAY), TODAY)


@pytest.fixture(scope="package")
def known() -> Known:
    """The facts of the example with a version, a free price and dead claims."""
    return known_of("valkey-9")


@pytest.fixture(scope="package")
def disputed() -> Known:
    """The facts of the example with an open conflict."""
    return known_of("jellyfin-12")
