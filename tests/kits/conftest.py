"""Shared by the tests of the kits: the built-in kits, and briefs that use them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.loading import load_brief, load_kit
from launch_kits.plan.rollout import Rollout

ROOT = Path(__file__).parents[2]
KITS = {path.stem: path for path in sorted((ROOT / "launch_kits/kits").glob("*.yaml"))}

#: the fewest weeks from the first day of work to the launch day on which a kit's plan holds in any
#: season, with the calendar of examples/valkey-9 and the release any of these days before;
#: docs/reference/kits.md says the same
LEAST: dict[str, tuple[int, tuple[int, ...]]] = {
    "major_release": (14, (0, 14)),
    "feature_release": (10, (0, 14)),
    "quiet_release": (5, (0, 14)),
    "pricing_change": (14, (0,)),
    "startup_launch": (9, (0, 14)),
    "b2c_launch": (12, (0, 14)),
    "partner_launch": (11, (0, 14)),
    "ramp_up": (14, (0, 14)),
    "post_launch_review": (4, (0,)),
    "sunset": (38, (0,)),
}


@pytest.fixture(scope="session")
def valkey() -> Brief:
    return load_brief(ROOT / "examples/valkey-9/brief.yaml").brief


@pytest.fixture(scope="session")
def staffed(valkey: Brief) -> Brief:
    """The example with no one away: the length of a kit must not depend on a holiday."""
    team = {
        role: person.model_copy(update={"away": ()})
        for role, person in valkey.team.items()
    }
    return valkey.model_copy(update={"team": team})


@pytest.fixture(scope="session", params=KITS)
def kit(request: pytest.FixtureRequest) -> Kit:
    return load_kit(KITS[request.param])


@pytest.fixture(scope="session")
def plan(kit: Kit, staffed: Brief) -> Rollout:
    """The kit with the example's brief, begun as many weeks ahead as it needs."""
    return begun(staffed.model_copy(update={"kit": kit}), date(2026, 11, 23))


def begun(
    brief: Brief, begin_on: date, *, released_before: int | None = None
) -> Rollout:
    """A brief planned with the fewest weeks that its kit needs."""
    weeks, distances = LEAST[brief.kit_in_place.kit]
    launch_on = begin_on + timedelta(weeks=weeks)
    before = distances[-1] if released_before is None else released_before
    return Rollout(brief, begin_on, launch_on - timedelta(days=before), launch_on)
