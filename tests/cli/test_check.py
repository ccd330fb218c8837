from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.commands import Cli

EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9"


BRIEF = EXAMPLE / "brief.yaml"


NOW = ("--now", "2026-11-23T12:00:00-05:00")


FAULT_KEYS = {"path", "line", "code", "message"}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example, to be spoilt."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example")) / "brief.yaml"


def spoil(path: Path, old: str, new: str) -> int:
    """Write something differently; gives its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_check_says_how_much_it_checked(cli: Cli):
    said = cli.ok("check", EXAMPLE, *NOW)
    assert said.out == "2 files checked: no faults, no warnings\n"
    assert said.err == ""


def test_check_as_json_has_faults_and_warnings(cli: Cli):
    assert cli.ok("check", BRIEF, "--json", *NOW).json == {"faults": [], "warnings": []}


def test_a_fault_names_its_file_and_line_and_ends_with_1(cli: Cli, example):
    line = spoil(example, "tier: 1 ", "teir: 1 ")
    said = cli("check", example)
    assert said.code == 1
    assert f'{example}:{line}: unknown key "teir"; did you mean "tier"?' in said.out
    assert "1 fault, no warnings" in said.out


def test_faults_as_json_are_alone_on_stdout(cli: Cli, example):
    line = spoil(example, "tier: 1 ", "teir: 1 ")
    said = cli("check", example, "--json")
    (fault,) = said.json["faults"]
    assert (said.code, said.err) == (1, "")
    assert set(fault) == FAULT_KEYS
    assert (fault["path"], fault["line"], fault["code"]) == (
        str(example),
        line,
        "unknown-key",
    )


def test_warnings_alone_are_not_faults(cli: Cli, example):
    line = spoil(example, "launch_on: 2027-03-02", "launch_on: 2027-03-06")
    said = cli.ok("check", example, "--json", *NOW)
    (warning,) = said.json["warnings"]
    assert set(warning) == FAULT_KEYS
    assert (warning["line"], warning["code"]) == (line, "anchor-off-day")
    assert (
        f"{example}:{line}: warning: launch_on Sat 6 Mar 2027"
        in cli.ok("check", example, *NOW).out
    )


def test_check_takes_several_paths_and_skips_other_yaml_in_folders(
    cli: Cli, example, tmp_path
):
    (example.parent / "other.yaml").write_text("colour: blue\n", encoding="utf-8")
    assert "2 files checked" in cli.ok("check", example.parent).out
    assert "3 files checked" in cli.ok("check", example.parent, BRIEF).out
    assert cli("check", example.parent / "other.yaml").code == 1


def test_check_of_a_missing_path_is_a_fault(cli: Cli):
    (fault,) = cli("check", "nowhere.yaml", "--json").json["faults"]
    assert (fault["path"], fault["line"], fault["code"]) == (
        "nowhere.yaml",
        None,
        "unreadable",
    )


def test_check_judges_claims_by_the_day_it_is_given(cli: Cli, example):
    ledger = example.parent / "claims/redis.yaml"
    spoil(ledger, "{id: y4, audience", "{id: y4, valid_until: 2027-01-31, audience")
    codes = []
    for day in ("2027-01-31", "2027-02-01"):
        words = ("check", example, "--now", f"{day}T12:00:00-05:00", "--json")
        codes.append({each["code"] for each in cli.ok(*words).json["warnings"]})
    aged = {"ended-claim", "stale-card"}
    assert codes == [aged, {*aged, "left-out"}]
