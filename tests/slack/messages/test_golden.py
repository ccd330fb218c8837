"""Slack's texts and blocks, and the console's lines, byte for byte as they are on file."""

from __future__ import annotations

import pytest

from launch_kits.database.records import NoticeKind
from tests.slack.messages.golden_cases import GOLDEN, rendered, written

RENDERED = rendered()


@pytest.mark.parametrize("file", sorted(RENDERED))
def test_every_rendering_equals_its_golden_file(file: str) -> None:
    assert written(RENDERED[file]) == (GOLDEN / f"{file}.json").read_text()


def test_every_kind_of_notice_has_a_golden_file() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(RENDERED)
    assert set(RENDERED) >= set(NoticeKind)
