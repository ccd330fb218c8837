from __future__ import annotations

from pathlib import Path

import pytest
from prefect.exceptions import ScriptError

import launch_kits
from launch_kits.server.entrypoints import entrypoint, load_flow


@pytest.mark.parametrize("name", ["launch", "sweep"])
def test_a_flow_is_found_beside_the_package(name: str) -> None:
    file, _, function = entrypoint(name).rpartition(":")
    assert function == name
    assert f"def {name}(" in Path(file).read_text()


def test_a_flow_is_found_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "flows").mkdir()
    monkeypatch.setattr(launch_kits, "__file__", str(tmp_path / "__init__.py"))
    assert entrypoint("sweep") == f"{tmp_path / 'flows' / 'sweep'}.py:sweep"


def test_a_flow_whose_imports_fail_is_not_run_without_them(tmp_path: Path) -> None:
    file = tmp_path / "launch.py"
    file.write_text(
        "from prefect import flow\nfrom launch_kits.board import nothing_here\n\n"
        "@flow\ndef launch():\n    nothing_here()\n"
    )
    with pytest.raises(ScriptError) as failed:
        load_flow(f"{file}:launch")
    assert "nothing_here" in str(failed.value.__cause__)
