from __future__ import annotations

from pathlib import Path

from launch_kits.documents.catalogue import template_files
from launch_kits.errors import Fault
from launch_kits.views.as_json import findings_json, kits_json, templates_json
from tests.launches import brief_with


def test_findings_keep_faults_and_warnings_apart():
    fault = Fault("brief.yaml", 3, "unknown-key", "unknown key")
    doubt = Fault("brief.yaml", None, "day-off", "a holiday")
    assert findings_json([fault], [doubt]) == {
        "faults": [
            {
                "path": "brief.yaml",
                "line": 3,
                "code": "unknown-key",
                "message": "unknown key",
            }
        ],
        "warnings": [
            {
                "path": "brief.yaml",
                "line": None,
                "code": "day-off",
                "message": "a holiday",
            }
        ],
    }


def test_kit_has_the_name_that_a_brief_finds_it_by():
    kit = brief_with().kit_in_place
    assert kits_json([("mine", kit, Path("kits/mine.yaml"))]) == [
        {
            "kit": "mine",
            "version": 1,
            "title": "Small launch",
            "path": "kits/mine.yaml",
        }
    ]


def test_template_has_the_names_that_it_uses():
    found = {
        each["template"]: each for each in templates_json(template_files(folders=()))
    }
    uses = found["battlecard.md.j2"]["uses"]
    assert isinstance(uses, list)
    assert "item" in {name.partition(".")[0] for name in uses}
