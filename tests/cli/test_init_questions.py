from __future__ import annotations

import pytest

from launch_kits.cli import init_questions
from launch_kits.inputs.search import BUILT_IN_KITS


def test_every_kit_with_usual_answers_is_built_in() -> None:
    known = {path.stem for path in BUILT_IN_KITS.glob("*.yaml")}
    assert set(init_questions.USUAL) <= known


def test_the_time_zone_of_the_machine_is_that_of_its_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", ":Asia/Tokyo")
    assert init_questions.own_timezone() == "Asia/Tokyo"
