from __future__ import annotations

from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.inputs.loading import load_brief
from tests.cli.commands import Cli
from tests.launches import SLUG

NOW = "2026-11-25T12:00:00-05:00"


def test_a_brief_is_written_from_an_earlier_launch(
    cli: Cli, flying: Store, tmp_path: Path
) -> None:
    words = ["--product", "Falcon 9", "--on", "2028-03-07", "--now", NOW]
    said = cli.ok("init", "next", "--from", SLUG, *words)
    assert "next/brief.yaml" in said.out.splitlines()
    assert f"launch falcon-9, on Tue 7 Mar 2028, from {SLUG}" in said.err
    brief = load_brief(tmp_path / "next/brief.yaml").brief
    assert (brief.launch, brief.product) == ("falcon-9", "Falcon 9")
    assert "no faults" in cli.ok("check", "next").out
    assert "`--from` with the path of the earlier brief keeps them" in said.err
    again = cli.refused(
        "init", "next", "--from", SLUG, *words, "--product", "Falcon 10"
    )
    assert "is there already; nothing was written" in again


def test_an_earlier_launch_and_the_next_are_named_and_different(
    cli: Cli, flying: Store
) -> None:
    assert "no terminal to ask at; give --product, --on" in cli.refused(
        "init", "next", "--from", SLUG
    )
    words = ["--product", SLUG, "--on", "2028-03-07", "--now", NOW]
    assert "name the next version" in cli.refused("init", "n", "--from", SLUG, *words)
    assert 'no launch "none"' in cli.refused("init", "n", "--from", "none", *words)


def test_a_brief_is_written_from_an_earlier_brief_with_its_ledgers_as_they_are(
    cli: Cli, tmp_path: Path
) -> None:
    words = ["--product", "Valkey 10", "--on", "2028-03-07", "--now", NOW]
    example = Path(__file__).parents[2] / "examples/valkey-9"
    said = cli.ok("init", "next", "--from", example, *words)
    assert "launch valkey-10, on Tue 7 Mar 2028, from valkey-9" in said.err
    assert "without the comments" not in said.err
    for ledger in (example / "claims").iterdir():
        again = tmp_path / "next/claims" / ledger.name
        assert again.read_bytes() == ledger.read_bytes()
