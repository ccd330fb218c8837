from __future__ import annotations

from pathlib import Path

from launch_kits.documents.catalogue import sections_of
from launch_kits.inputs.template_folders import (
    built_in_templates,
    template_names,
    template_sections,
)

BUILT_IN = {
    path.name for path in (Path(__file__).parents[2] / "templates").glob("*.md.j2")
}


def test_the_built_in_templates_are_found_beside_the_package():
    assert {path.name for path in built_in_templates().glob("*.md.j2")} == BUILT_IN


def test_the_users_templates_are_beside_the_built_in_ones(tmp_path: Path):
    (tmp_path / "zine.md").touch()
    (tmp_path / "__pycache__").mkdir()
    assert template_names([tmp_path]) == {"zine.md", *template_names([])}
    assert template_names([]) >= BUILT_IN


def test_a_folder_that_is_none_holds_no_template(tmp_path: Path):
    (tmp_path / "file").touch()
    assert template_names([tmp_path / "gone", tmp_path / "file"]) == template_names([])


def test_the_sections_of_a_template_are_those_that_its_engine_knows():
    for name in sorted(BUILT_IN):
        assert tuple(template_sections(name, [])) == sections_of(name), name


def test_a_users_template_has_its_own_sections_and_those_it_extends(tmp_path: Path):
    (tmp_path / "pricing.md.j2").write_text(
        '{% extends "built-in/pricing.md.j2" %}{%- block ours %}{% endblock %}'
    )
    (tmp_path / "loop.md.j2").write_text('{% include "loop.md.j2" %}')
    found = template_sections("pricing.md.j2", [tmp_path])
    assert found[0] == "ours"
    assert found[1:] == template_sections("pricing.md.j2", [])
    assert template_sections("loop.md.j2", [tmp_path]) == []
    assert template_sections("none.md.j2", [tmp_path]) == []
