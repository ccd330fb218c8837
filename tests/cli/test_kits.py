from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from launch_kits.inputs.search import find_kits
from tests.cli.commands import Cli
from tests.launches import KIT

EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9"


BRIEF = EXAMPLE / "brief.yaml"


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


def test_the_kits_that_a_brief_can_name(cli: Cli, tmp_path, monkeypatch):
    folder = tmp_path / "ours" / "kits"
    folder.mkdir(parents=True)
    (folder / "small.yaml").write_text(json.dumps(KIT), encoding="utf-8")
    (folder / "broken.yaml").write_text("stages: []\n", encoding="utf-8")
    monkeypatch.setenv("LAUNCH_KITS_PATH", str(tmp_path / "ours"))
    said = cli.ok("kits", "--json")
    assert [list(kit) for kit in said.json] == [
        ["kit", "version", "title", "path"]
    ] * len(said.json)
    assert {kit["kit"]: kit["version"] for kit in said.json}.items() >= {
        "small": 1,
        "major_release": 4,
    }.items()
    assert "broken.yaml" in said.err
    assert "Small launch" in cli.ok("kits").out


def test_kits_are_listed_once_each_by_the_name_that_a_brief_finds_them_by(
    cli: Cli, tmp_path, monkeypatch, example
):
    for place, file in (("first", "tiny"), ("first", "quiet"), ("second", "tiny")):
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / f"{file}.yaml").write_text(
            json.dumps(KIT | {"title": f"{place} {file}"}), encoding="utf-8"
        )
    monkeypatch.setenv(
        "LAUNCH_KITS_PATH", f"{tmp_path / 'first'}:{tmp_path / 'second'}"
    )
    listed = cli.ok("kits", "--json").json
    built_in = set(find_kits())
    assert [
        (kit["kit"], kit["title"]) for kit in listed if kit["kit"] not in built_in
    ] == [
        ("quiet", "first quiet"),
        ("tiny", "first tiny"),
    ]
    spoil(example, "kit: major_release", "kit: quiet")
    assert cli.ok("plan", example, "--json").json["tasks"][0]["key"] == "positioning"


def test_a_kit_on_the_command_line_is_a_name_or_a_path(cli: Cli, tmp_path, monkeypatch):
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "tiny.yaml").write_text(json.dumps(KIT), encoding="utf-8")
    monkeypatch.setenv("LAUNCH_KITS_PATH", str(folder))
    monkeypatch.chdir(folder)
    for kit in ("tiny", "tiny.yaml", folder / "tiny.yaml"):
        found = cli.ok("plan", BRIEF, "--kit", kit, "--json").json
        assert found["tasks"][0]["key"] == "positioning"
    (one,) = cli.ok("kits", "--kit", "tiny", "--json").json
    assert (one["kit"], one["path"]) == ("tiny", str(folder / "tiny.yaml"))
    told = cli.refused("plan", BRIEF, "--kit", "tini")
    assert told == 'unknown kit "tini"; did you mean "tiny"? (a path ends in .yaml)\n'
    assert "no such file" in cli.refused("plan", BRIEF, "--kit", "tini.yaml")


def test_the_kits_own_name_is_known_too(cli: Cli, tmp_path, monkeypatch):
    (tmp_path / "file.yaml").write_text(
        json.dumps(KIT | {"kit": "called"}), encoding="utf-8"
    )
    monkeypatch.setenv("LAUNCH_KITS_PATH", str(tmp_path))
    assert cli.ok("plan", BRIEF, "--kit", "called", "--json").json["kit"] == "called"
