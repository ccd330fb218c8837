from __future__ import annotations

import json
from typing import Any

import pytest
from prefect.utilities.callables import parameter_schema

from launch_kits.board.parameters import MAX_BYTES, check_size, parameters
from launch_kits.errors import PrefectError
from launch_kits.inputs.brief import Brief
from tests.launches import brief_with


def test_parameters_hold_the_whole_brief(brief: Brief) -> None:
    away = [{"from": "2027-01-12", "to": "2027-01-13"}]
    brief = brief_with(blackouts=away)
    given = parameters(brief.launch, brief.model_dump(mode="json", by_alias=True))
    assert given["brief"]["blackouts"][0]["from"] == "2027-01-12"  # type: ignore[index]
    assert Brief.model_validate(json.loads(json.dumps(given))["brief"]) == brief


def test_check_size_refuses_a_brief_too_large_for_prefect() -> None:
    faq: list[dict[str, Any]] = [
        {"ask": "How?", "answer": "x" * 1000} for _ in range(MAX_BYTES // 1000)
    ]
    with pytest.raises(
        PrefectError,
        match=r'launch "falcon-2": .* take 5\d\d KiB, .* at most 512 KiB; shorten',
    ):
        check_size(brief_with(faq=faq))
    check_size(brief_with(faq=faq[:100]))


def test_the_form_asks_for_each_usual_role() -> None:
    def launch(brief: Brief) -> None: ...

    team = parameter_schema(launch).definitions["Brief"]["properties"]["team"]
    assert team["required"] == ["lead"]
    assert list(team["properties"])[:3] == ["lead", "pmm", "marketing"]


def test_a_role_left_empty_in_the_form_falls_to_the_lead() -> None:
    written = brief_with().model_dump(mode="json", by_alias=True)
    brief = Brief.model_validate(
        {**written, "team": {**written["team"], "sponsor": None}}
    )
    assert "sponsor" not in brief.team
    assert brief.holder("sponsor") == brief.lead
