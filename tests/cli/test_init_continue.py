from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from launch_kits.cli import init as command
from launch_kits.cli.app import app
from launch_kits.inputs.loading import load_brief
from tests.cli.commands import Cli

NOW = "2026-11-25T12:00:00-05:00"
NEEDED = ["--product", "Atlas 2.0", "--lead", "Lee", "--email", "lee@example.com"]


@pytest.fixture
def brief(cli: Cli, tmp_path: Path) -> Path:
    cli.ok("init", "mine", *NEEDED, "--kit", "startup_launch", "--now", NOW)
    return tmp_path / "mine/brief.yaml"


def answered(monkeypatch: pytest.MonkeyPatch, *answers: str) -> str:
    monkeypatch.setattr(command, "at_a_terminal", lambda: True)
    text = "".join(f"{answer}\n" for answer in answers)
    found = CliRunner().invoke(app, ["init", "--continue", "mine"], input=text)
    assert found.exit_code == 0, found.output
    return found.output


def test_answers_are_written_into_the_brief_and_the_rest_stays(
    monkeypatch: pytest.MonkeyPatch, brief: Path
) -> None:
    before = brief.read_text()
    said = answered(
        monkeypatch,
        *("Grows without a rewrite.", "data store", "", "", "teams that shard"),
        *("Borealis, Cirrus", "Atomic moves: No lost night; Open: It stays"),
        *("Team: 49", "Team: 49 USD", "upgrades", "upgrades: 40 % by 2027-04-01"),
        *("Engineer: memory, upgrades", "Can I go back? Only with a backup."),
        *("Try it https://example.com/try", *[""] * 5),
    )
    assert "has no target and day" in said
    found = load_brief(brief).brief
    assert found.summary == "Grows without a rewrite."
    assert found.positioning.category == "data store"
    assert found.positioning.need is None
    assert [each.key for each in found.positioning.alternatives] == [
        "borealis",
        "cirrus",
    ]
    assert [each.value for each in found.positioning.attributes] == [
        "No lost night",
        "It stays",
    ]
    assert (found.pricing[0].amount, found.pricing[0].currency) == (49, "USD")
    assert (found.goals[0].target, found.goals[0].unit) == (40, "%")
    assert found.links.next is not None
    # every comment but the examples that were replaced is still there
    gone = set(before.splitlines()) - set(brief.read_text().splitlines())
    assert {line.strip(" #").partition(":")[0] for line in gone} <= {
        *("summary", "category", "customers", "alternatives", "attributes"),
    }
    assert not list(brief.parent.glob(".*.yaml"))


def test_without_a_terminal_it_shows_the_lines_to_add(cli: Cli, brief: Path) -> None:
    before = brief.read_text()
    said = cli.ok("init", "--continue", "mine")
    assert "no terminal to ask at" in said.err
    lines = said.out.splitlines()
    assert lines[0] == "# Its purpose, in one sentence (nearly every document)"
    at = lines.index("positioning:")
    assert lines[at + 1] == '  category: "in-memory data store"'
    assert isinstance(yaml.safe_load("\n".join(lines[1:2])), dict)
    assert brief.read_text() == before


def test_a_brief_that_is_not_there_or_lacks_nothing_is_told(
    cli: Cli, tmp_path: Path
) -> None:
    assert "`init none` writes one" in cli.refused("init", "--continue", "none")


def test_an_answer_that_cannot_be_written_is_shown(
    monkeypatch: pytest.MonkeyPatch, brief: Path
) -> None:
    flow = "launch: atlas\nproduct: Atlas\nkit: quiet_release\nlaunch_on: 2027-03-02\n"
    flow += (
        "team: {lead: {name: Lee, email: lee@example.com}}\npositioning: {trend: x}\n"
    )
    brief.write_text(flow)
    said = answered(monkeypatch, "", "data store", *[""] * 20)
    assert "was left as it is. Add these lines yourself" in said
    assert brief.read_text() == flow


def test_answers_before_the_end_of_the_input_are_kept(
    monkeypatch: pytest.MonkeyPatch, brief: Path
) -> None:
    said = answered(monkeypatch, "Grows without a rewrite.")
    assert "1 of " in said.rpartition("end of input")[2]
    assert load_brief(brief).brief.summary == "Grows without a rewrite."
