from __future__ import annotations

from pathlib import Path

from launch_kits.inputs.template_folders import built_in_templates, template_names

BUILT_IN = {
    path.name for path in (Path(__file__).parents[2] / "templates").glob("*.md.j2")
}


def test_the_built_in_templates_are_found_beside_the_package():
    assert {path.name for path in built_in_templates().glob("*.md.j2")} == BUILT_IN


def test_the_users_templates_stand_beside_the_built_in_ones(tmp_path: Path):
    (tmp_path / "zine.md").touch()
    assert template_names([tmp_path]) == {"zine.md", *template_names([])}
    assert template_names([]) >= BUILT_IN


def test_a_folder_that_is_none_holds_no_template(tmp_path: Path):
    (tmp_path / "file").touch()
    assert template_names([tmp_path / "gone", tmp_path / "file"]) == template_names([])
