from pathlib import Path

import launch_kits.lint
from launch_kits.lint.codes import CODES, FAULTS

ROOT = Path(__file__).parents[2]


def test_every_code_is_explained_in_the_reference():
    page = (ROOT / "docs/reference/checks.md").read_text(encoding="utf-8")
    assert {code for code in CODES if f"| `{code}` |" not in page} == set()


def test_every_code_is_used_and_faults_are_codes():
    folder = Path(launch_kits.lint.__file__).parents[1]
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in folder.rglob("*.py")
        if path.name != "codes.py"
    )
    assert {code for code in CODES if f'"{code}"' not in source} == set()
    assert FAULTS < CODES
