"""The scripts behind `make release` and `make mutants`."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import mutants, release

ROOT = Path(__file__).parents[1]
CHANGELOG = """# Changelog

## [0.2.0] - unreleased

### Added

- A verb.

## [0.1.0] - 2026-01-05

- The first version.
"""


def test_a_release_dates_its_section_only() -> None:
    dated = release.dated(CHANGELOG, "0.2.0", "2026-03-02")
    assert dated == CHANGELOG.replace("unreleased", "2026-03-02")


@pytest.mark.parametrize(
    ("changelog", "complaint"),
    [
        (CHANGELOG.replace("0.2.0", "0.3.0"), "has no section"),
        (CHANGELOG.replace("unreleased", "2026-02-02"), "has no section"),
        (CHANGELOG.replace("- A verb.\n", ""), "no entry for 0.2.0"),
    ],
)
def test_a_release_refuses_a_changelog_without_its_entries(
    changelog: str, complaint: str
) -> None:
    with pytest.raises(release.ReleaseError, match=complaint):
        release.dated(changelog, "0.2.0", "2026-03-02")


def test_the_changelog_has_a_section_for_the_next_release() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = release.project_version()
    assert f"[{version}] - 2026-03-02" in release.dated(
        changelog, version, "2026-03-02"
    )


def test_a_wheel_lacks_tracked_files_that_it_does_not_hold() -> None:
    tracked = [
        "README.md",
        "flows/launch.py",
        "launch_kits/py.typed",
        "templates/faq.md.j2",
        "tests/test_docs.py",
    ]
    packed = [
        "launch_kits/flows/launch.py",
        "launch_kits/py.typed",
        "launch_kits/templates/faq.md.j2",
    ]
    assert release.missing_from_wheel(tracked, packed) == []
    assert release.missing_from_wheel(tracked, packed[:1]) == packed[1:]


def test_the_score_counts_the_changes_that_were_tried() -> None:
    printed = """
    launch_kits.outbox.x_claim__mutmut_1: killed
    launch_kits.outbox.x_claim__mutmut_2: survived
    launch_kits.outbox.x_claim__mutmut_3: timeout
    launch_kits.outbox.x_claim__mutmut_4: no tests
    launch_kits.outbox.x_claim__mutmut_5: not checked
"""
    found = mutants.results(printed)
    assert len(found) == 5
    assert mutants.score(found) == (2, 4)


def test_the_mutated_code_and_its_tests_exist() -> None:
    paths = [
        path
        for subject in mutants.SUBJECTS.values()
        for path in (*(f"launch_kits/{each}" for each in subject.code), *subject.tests)
    ]
    assert [path for path in paths if not (ROOT / path).exists()] == []
