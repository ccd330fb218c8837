from __future__ import annotations

from pathlib import Path

from launch_kits.settings.masters import Masters


def test_paths_are_absolute_and_shown(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    masters = Masters.read({"LAUNCH_KITS_PPTX_MASTER": "brand/company.potx"})
    assert masters == Masters(pptx=tmp_path / "brand/company.potx")
    assert masters.of("docx") is masters.of("html") is None
    assert masters.of("pptx") == (
        "LAUNCH_KITS_PPTX_MASTER",
        tmp_path / "brand/company.potx",
    )
    assert [(name, value) for name, value, _ in masters.shown()] == [
        ("LAUNCH_KITS_PPTX_MASTER", str(tmp_path / "brand/company.potx")),
        ("LAUNCH_KITS_DOCX_MASTER", ""),
    ]
