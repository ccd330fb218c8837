from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from launch_kits.server.doctor.defect import Installation
from launch_kits.server.doctor.variables import variables


def test_a_variable_that_no_one_reads_is_named(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [*variables(installation)] == []
    monkeypatch.setenv("LAUNCH_KITS_SWEP_EVERY", "60")
    (found,) = variables(installation)
    assert found.text.startswith("LAUNCH_KITS_SWEP_EVERY is not a setting")
    assert found.remedy == "write LAUNCH_KITS_SWEEP_EVERY if you mean that, or unset it"


@pytest.mark.parametrize(
    ("field", "name"),
    [("path", "LAUNCH_KITS_PATH"), ("templates", "LAUNCH_KITS_TEMPLATES")],
)
def test_a_folder_that_is_missing_is_named(
    installation: Installation, tmp_path: Path, field: str, name: str
) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    folders = (tmp_path, tmp_path / "gone", file)
    settings = dataclasses.replace(installation.settings, **{field: folders})
    found = variables(dataclasses.replace(installation, settings=settings))
    assert [each.text for each in found] == [
        f"{name} names {tmp_path / 'gone'}, which is missing",
        f"{name} names {file}, which is not a folder",
    ]
