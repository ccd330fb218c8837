from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Cli

EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9"
NOW = ("--now", "2026-11-30T12:00:00+00:00")
AGAINST = ("check", "--against", EXAMPLE, *NOW)


def test_findings_name_their_place_and_end_with_1(cli: Cli, tmp_path: Path):
    text = tmp_path / "post.md"
    text.write_text("# News\n\nValkey 9.1 is the fastest store.\n", encoding="utf-8")
    said = cli(*AGAINST, text)
    assert said.code == 1
    assert f'{text}, line 3: "Valkey 9.1" is another version' in said.out
    assert f'{text}, line 3: warning: "fastest" is said without a proof' in said.out
    assert said.out.endswith("1 text checked: 1 fault, 1 warning\n")
    (fault,) = cli(*AGAINST, text, "--json").json["faults"]
    assert {"path": str(text), "place": "line 3", "line": 3} == {
        key: fault[key] for key in ("path", "place", "line")
    }


def test_a_file_that_cannot_be_read_hides_no_finding_of_the_others(
    cli: Cli, tmp_path: Path
):
    text = tmp_path / "post.md"
    text.write_text("Valkey 9.1\n", encoding="utf-8")
    said = cli(*AGAINST, tmp_path / "gone.md", text)
    assert (said.code, "Valkey 9.1" in said.out) == (1, True)
    assert "gone.md: no such file" in said.err


def test_an_audience_needs_a_brief(cli: Cli):
    said = cli("check", EXAMPLE, "--audience", "customer")
    assert (said.code, "--against" in said.err) == (2, True)


@pytest.mark.parametrize("audience", ["internal", "partner", "customer"])
def test_the_own_documents_come_out_clean(cli: Cli, tmp_path: Path, audience):
    cli.ok(
        "render",
        EXAMPLE / "brief.yaml",
        "--audience",
        audience,
        "--out",
        tmp_path,
        "--format",
        "md,html",
        *NOW,
    )
    documents = sorted((*tmp_path.rglob("*.md"), *tmp_path.rglob("*.html")))
    said = cli.ok(*AGAINST, *documents)
    assert said.out == f"{len(documents)} texts checked: no faults, no warnings\n"
