from __future__ import annotations

from launch_kits.errors import Refused
from launch_kits.server.doctor import CheckResult, examine, mend
from launch_kits.server.doctor.defect import Defect, Installation
from tests.damage import damage


def test_an_examination_names_each_check_that_applies(
    installation: Installation,
) -> None:
    found = examine(installation.settings, now=installation.now)
    assert [each.check for each in found] == [
        "settings",
        "permissions",
        "disk",
        "database",
        "schema",
        "clock",
        "sweeps",
        "leases",
        "documents",
        "fonts",
        "notices",
    ]
    assert {each.problem for each in found} == {None}


def test_a_damaged_database_is_one_problem(installation: Installation) -> None:
    installation.store.close()
    damage(installation.settings.home / "launch-kits.db")
    found = examine(installation.settings, now=installation.now)
    (problem,) = [each for each in found if each.problem]
    assert "the database is damaged" in str(problem.text)
    assert "sweeps" not in {each.check for each in found}


def test_a_remedy_for_several_problems_is_done_once(installation: Installation) -> None:
    done: list[str] = []

    def fix(_: Installation) -> None:
        done.append("fix")
        raise Refused("not today")

    findings = [
        CheckResult("a", Defect("one", "remedy", fix)),
        CheckResult("b", Defect("two", "remedy", fix)),
        CheckResult("c", Defect("three", "remedy")),
        CheckResult("d"),
    ]
    assert mend(installation.settings, findings, now=installation.now) == ["not today"]
    assert done == ["fix"]
