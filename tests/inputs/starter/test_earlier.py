from __future__ import annotations

from datetime import date
from pathlib import Path

from launch_kits.inputs.loading import load_brief
from launch_kits.inputs.starter import write
from launch_kits.inputs.starter.earlier import NextLaunch, earlier_files
from tests.kits.conftest import ROOT

NEXT = NextLaunch("valkey-10", "Valkey 10", date(2028, 3, 7))
TODAY = date(2027, 6, 1)


def test_the_next_brief_has_what_lasts_and_no_past(tmp_path: Path) -> None:
    before = load_brief(ROOT / "examples/valkey-9/brief.yaml").brief
    files = earlier_files(before, NEXT, today=TODAY, own_kit=False)
    write(tmp_path, files)
    after = load_brief(tmp_path / "brief.yaml").brief
    assert (after.launch, after.product, after.launch_on) == NEXT
    assert after.team.keys() == before.team.keys()
    assert not any(person.away for person in after.team.values())
    assert after.blackouts == ()
    assert after.positioning == before.positioning
    assert (after.faq, after.partners) == (before.faq, before.partners)
    moved = NEXT.launch_on - before.launch_on
    assert [goal.by - moved for goal in after.goals] == [
        goal.by for goal in before.goals
    ]
    assert (after.release_on, after.begin_on, after.summary) == (None, None, None)
    assert "Taken from the launch valkey-9 of 2027-" in str(files["brief.yaml"])


def test_a_kit_of_ones_own_becomes_a_file(tmp_path: Path) -> None:
    before = load_brief(ROOT / "examples/valkey-9/brief.yaml").brief
    kit = before.kit_in_place.model_copy(update={"kit": "ours"})
    before = before.model_copy(update={"kit": kit})
    write(tmp_path, earlier_files(before, NEXT, today=TODAY, own_kit=True))
    assert load_brief(tmp_path / "brief.yaml").brief.kit_in_place == kit


def test_a_ledger_and_a_kit_stay_as_they_were_written(tmp_path: Path) -> None:
    before = load_brief(ROOT / "examples/valkey-9/brief.yaml")
    ledger = (ROOT / "examples/valkey-9/claims/redis.yaml").read_text("utf-8")
    texts = {name: source.text for name, source in before.sources.items()}
    files = earlier_files(before.brief, NEXT, today=TODAY, own_kit=False, texts=texts)
    assert files["claims/redis.yaml"] == ledger
    assert "# lint: ignore[" in ledger
    write(tmp_path, files)
    after = load_brief(tmp_path / "brief.yaml").brief
    assert after.positioning == before.brief.positioning
