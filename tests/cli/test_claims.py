from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Cli
from tests.cli.test_plan import BRIEF, EXAMPLE, example, spoil
from tests.launches import SLUG, at

__all__ = ["example"]

NOW = "2026-11-25T12:00:00-05:00"
LEDGER = EXAMPLE / "claims/redis.yaml"


def test_stale_lists_sources_with_the_lines_that_rest_on_them(cli: Cli):
    rows = cli.ok("claims", "stale", BRIEF, "--now", NOW, "--json").json
    assert rows[0] == {
        "where": str(BRIEF),
        "ledger": "redis",
        "card": "valkey-vs-redis",
        "what": "source",
        "id": "vk_bundle",
        "as_of": "2025-06-23",
        "stale_since": "2026-06-24",
        "claims": ["p2", "q3"],
    }
    assert "card" not in {row["what"] for row in rows}
    later = cli.ok(
        "claims", "stale", BRIEF, "--now", "2026-12-23T12:00:00-05:00", "--json"
    ).json
    assert (later[0]["what"], later[0]["stale_since"]) == ("card", "2026-12-23")


def test_a_ledger_a_folder_and_a_launch_are_places_too(cli: Cli, flying):
    assert {
        row["where"]
        for row in cli.ok("claims", "stale", LEDGER, "--now", NOW, "--json").json
    } == {str(LEDGER)}
    assert {
        row["where"]
        for row in cli.ok("claims", "stale", EXAMPLE, "--now", NOW, "--json").json
    } == {str(BRIEF)}
    later = at("2027-06-01").isoformat()
    named = cli.ok("claims", "stale", SLUG, "--now", later, "--json").json
    assert [(row["where"], row["ledger"], row["id"]) for row in named] == [
        (SLUG, "osprey", "osprey"),
        (SLUG, "kite", "kite"),
    ]
    assert cli.ok("claims", "stale", "--now", later, "--json").json == named


def test_without_a_place_and_a_launch_there_is_nothing_to_look_at(cli: Cli, database):
    said = cli.ok("claims", "stale")
    assert said.out == "Nothing is stale.\n"
    assert "no launch is running" in said.err


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("nowhere.yaml", "check the path"),
        (Path("launch_kits/kits/major_release.yaml"), "neither a brief"),
        ("no-such-launch", 'no launch "no-such-launch"'),
    ],
)
def test_a_place_that_is_none_is_refused(cli: Cli, database, place, told):
    root = EXAMPLE.parents[1]
    assert told in cli.refused(
        "claims", "conflicts", root / place if isinstance(place, Path) else place
    )


def test_conflicts_are_listed_with_their_values(cli: Cli, example):
    ledger = example.parent / "claims/redis.yaml"
    values = "[{value: 2000, src: vk_1b, line: 14, quote: 2k nodes}, {value: 1000}]"
    with ledger.open("a", encoding="utf-8") as file:
        file.write(
            f"conflicts:\n  - {{id: k1, kind: conflict, subject: Nodes, values: {values}}}\n"
        )
    (row,) = cli.ok("claims", "conflicts", example, "--json").json
    assert (row["id"], row["section"], row["subject"], row["use"]) == (
        "k1",
        "conflicts",
        "Nodes",
        None,
    )
    assert row["values"] == [
        {"value": 2000, "src": ["vk_1b"], "line": 14, "quote": "2k nodes"},
        {"value": 1000, "src": [], "line": None, "quote": None},
    ]
    table = cli.ok("claims", "conflicts", example).out
    assert "1000 (not sourced)" in table
    assert "2000 (vk_1b, line 14: “2k nodes”)" in " ".join(table.split())


def test_why_names_the_fields_and_documents_that_use_a_claim(cli: Cli):
    (row,) = cli.ok("claims", "why", "redis.y4", BRIEF, "--now", NOW, "--json").json
    assert (row["path"], row["section"], row["holds"]) == (
        str(LEDGER),
        "why_we_win",
        True,
    )
    (field,) = row["fields"]
    assert (field["field"], field["what"]) == (
        "positioning.attributes.2.proof.0",
        'attribute "numbered"',
    )
    assert (
        "redis.y4" in BRIEF.read_text(encoding="utf-8").splitlines()[field["line"] - 1]
    )
    assert [source["id"] for source in row["sources"]] == ["vk_9"]
    assert row["exposed_by"] == ["l3"]
    used = {each["task"]: each["audiences"] for each in row["documents"]}
    assert used["one_pager"] == ["internal", "partner", "customer"]
    assert used["battlecard:redis"] == ["internal"]
    assert (
        "used in one_pager for internal, partner, customer readers"
        in cli.ok("claims", "why", "y4", BRIEF).out
    )


def test_why_says_why_a_claim_is_held_back(cli: Cli):
    said = cli.ok("claims", "why", "valkey-vs-redis.w3", LEDGER).out
    assert "held back from partner readers: it is meant for internal readers" in said


def test_an_unknown_claim_is_refused_with_a_hint(cli: Cli):
    assert 'no claim "redis.y44"; did you mean "redis.y4"?' in cli.refused(
        "claims", "why", "redis.y44", BRIEF
    )


def test_an_ended_claim_is_listed_with_the_documents_that_used_it(cli: Cli):
    rows = cli.ok("claims", "expire", BRIEF, "--now", NOW, "--json").json
    assert [
        (row["id"], row["ended"], row["last_day"], row["superseded_by"]) for row in rows
    ] == [
        ("redis.w4", True, "2025-05-31", "s5"),
        ("redis.w5", True, "2025-11-30", "w5b"),
    ]
    assert "battlecard:redis" in [each["task"] for each in rows[0]["documents"]]


def test_a_claim_that_ends_soon_is_listed_and_gone_from_documents_the_day_after(
    cli: Cli, example, tmp_path
):
    spoil(
        example.parent / "claims/redis.yaml",
        "{id: y4, audience",
        "{id: y4, valid_until: 2026-12-15, audience",
    )
    claim = "Numbered databases work in cluster mode since Valkey 9.0."

    def listed(*options: str) -> set[str]:
        return {
            row["id"]
            for row in cli.ok(
                "claims", "expire", example, "--now", NOW, "--json", *options
            ).json
        }

    assert "redis.y4" in listed()
    assert "redis.y4" not in listed("--within", "19")
    (row,) = [
        row
        for row in cli.ok("claims", "expire", example, "--now", NOW, "--json").json
        if row["id"] == "redis.y4"
    ]
    assert (row["ended"], row["last_day"]) == (False, "2026-12-15")
    used = {each["task"].replace(":", "-") for each in row["documents"]}
    texts = {}
    for day in ("2026-12-15", "2026-12-16"):
        cli.ok(
            "render", example, "--out", tmp_path / day, "--now", f"{day}T12:00:00-05:00"
        )
        texts[day] = {
            path.stem: path.read_text(encoding="utf-8")
            for path in (tmp_path / day).glob("*.md")
        }
        assert any(claim.rstrip(".") in text for text in texts[day].values()) == (
            day == "2026-12-15"
        )
    assert {"one_pager", "battlecard-redis"} <= used
    assert [
        name for name in used if texts["2026-12-15"][name] == texts["2026-12-16"][name]
    ] == []
