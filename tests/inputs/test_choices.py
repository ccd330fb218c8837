from __future__ import annotations

from pathlib import Path

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.choices import COMPANIES, MARKETS, TIERS, kits_offered


def test_unusable_kits_are_not_offered(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("kit: broken\n")
    assert [name for name, _ in kits_offered([tmp_path])] == [
        name for name, _ in kits_offered([])
    ]


def test_the_first_choice_is_what_a_brief_has_by_default() -> None:
    for name, choices in (("tier", TIERS), ("market", MARKETS), ("company", COMPANIES)):
        assert str(Brief.model_fields[name].default) == choices[0][0]
