from __future__ import annotations

from datetime import UTC, datetime, time

from launch_kits.inputs.loading import load_brief
from launch_kits.lint.against import check_texts
from launch_kits.lint.against.texts import PlacedText, text_of
from tests.lint.against.conftest import EXAMPLES, TODAY

NOW = datetime.combine(TODAY, time(12), tzinfo=UTC)


def test_findings_carry_their_path_and_place_and_are_split_into_faults_and_doubts():
    brief = load_brief(EXAMPLES / "valkey-9" / "brief.yaml").brief
    lines = [
        PlacedText("line 1", "News."),
        PlacedText("line 2", "Valkey 9.1 is the fastest store."),
    ]
    found = check_texts([text_of("post.md", lines)], brief, now=NOW)
    (fault,) = found.faults
    (doubt,) = found.warnings
    assert (fault.path, fault.place, fault.line) == ("post.md", "line 2", 2)
    assert doubt.code == "superlative-without-proof"
    assert str(fault) == f"post.md, line 2: {fault.message}"


def test_a_place_that_is_not_a_line_has_no_line_number():
    brief = load_brief(EXAMPLES / "valkey-9" / "brief.yaml").brief
    slide = text_of("deck.pptx", [PlacedText("slide 3", "Valkey 9.1 is here.")])
    (fault,) = check_texts([slide], brief, now=NOW).faults
    assert (fault.place, fault.line) == ("slide 3", None)
