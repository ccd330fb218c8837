from __future__ import annotations

import json
from pathlib import Path

import pytest

from launch_kits.documents.names import NAMES
from tests.cli.commands import Cli
from tests.documents.test_templates import NAMES as TEMPLATES

ROOT = Path(__file__).parents[2] / "templates"


def listed(cli: Cli) -> dict[str, dict[str, object]]:
    return {row["template"]: row for row in json.loads(cli("templates", "--json").out)}


def test_it_lists_every_template_with_its_subject_and_its_names(
    cli: Cli,
) -> None:
    found = listed(cli)
    assert list(found) == TEMPLATES
    assert all(row["about"] and row["uses"] for row in found.values())
    assert {
        used.partition(".")[0] for row in found.values() for used in row["uses"]
    } <= set(NAMES)
    assert "brief.goals" in found["metrics.md.j2"]["uses"]
    assert found["metrics.md.j2"]["sections"] == [
        "summary",
        "goals",
        "launch",
        "meaning",
    ]
    assert found["battlecard.md.j2"]["path"] == str(ROOT / "battlecard.md.j2")


def test_people_see_the_same_and_the_names_for_any_template(cli: Cli) -> None:
    text = cli("templates").out
    assert "battlecard.md.j2\n    One competitor: " in text
    assert "Any template may use: brief, tasks," in text
    assert "_parts" not in text


def test_a_file_of_the_same_name_takes_the_place_of_a_built_in_one(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "battlecard.md.j2").write_text(
        "{# Ours. #}\n{{ brief.product }}", "utf-8"
    )
    (tmp_path / "own.md.j2").write_text(
        "{{ today }} {% set x = tasks %}{{ x }}", "utf-8"
    )
    (tmp_path / "broken.md.j2").write_text("{% if %}", "utf-8")
    monkeypatch.setenv("LAUNCH_KITS_TEMPLATES", str(tmp_path))
    found = listed(cli)
    assert found["battlecard.md.j2"] == {
        "template": "battlecard.md.j2",
        "path": str(tmp_path / "battlecard.md.j2"),
        "about": "Ours.",
        "uses": ["brief.product"],
        "sections": [],
    }
    assert found["own.md.j2"]["uses"] == ["tasks", "today"]
    assert "broken.md.j2" not in found
    said = cli("templates").err
    assert (
        f"{tmp_path / 'broken.md.j2'}: not a template that can be used: "
        "template broken.md.j2, line 1:" in said
    )
