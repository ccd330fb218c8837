from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from tests.cli.commands import Cli

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = EXAMPLES / "valkey-9"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/brief.yaml"))
FORMATS = ("md", "html", "pdf", "docx", "pptx")
PLACE = re.compile(r"(?<=\w) (?=\w)|(?<=[\w.])(?=\[\^)")
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
@pytest.mark.parametrize("example", NAMES)
def test_the_own_documents_come_out_clean_in_each_format(
    cli: Cli, tmp_path: Path, example, audience
):
    brief = EXAMPLES / example / "brief.yaml"
    # the many internal ones in the formats whose text is the hardest to read
    formats = FORMATS if audience != "internal" else ("pdf", "pptx")
    to = ("--audience", audience, "--out", tmp_path, "--format", ",".join(formats))
    cli.ok("render", brief, *to, *NOW)
    documents = sorted(
        path for path in tmp_path.rglob("*") if path.suffix[1:] in FORMATS
    )
    said = cli.ok("check", "--against", brief, *NOW, *documents)
    assert said.out == f"{len(documents)} texts checked: no faults, no warnings\n"


def places(markdown: str) -> list[int]:
    """The offsets between two words of a text, and before its footnotes."""
    found: list[int] = []
    at = 0
    for line in markdown.splitlines(keepends=True):
        if not line.startswith(("#", "[^")) and "http" not in line:
            found += [at + match.start() for match in PLACE.finditer(line)]
        at += len(line)
    return found


@pytest.mark.parametrize(
    ("example", "task"),
    [
        ("valkey-9", "white_paper"),
        ("valkey-9", "partner_presentation:cloud"),
        ("jellyfin-12", "one_pager"),
        ("home-assistant-green", "partner_brief:shops"),
    ],
)
def test_wrong_figures_at_any_place_are_found_in_each_format(
    cli: Cli, tmp_path: Path, example, task
):
    brief = EXAMPLES / example / "brief.yaml"
    product = cli.ok("plan", brief, "--json", *NOW).json["product"]
    name = re.sub(r" [0-9.]+$", "", product)
    wrong = {
        "other-price": "USD 4,711",
        "other-date": "9 September 2028",
        "other-version": f"{name} 71.3",
    }
    to = ("--audience", "partner", "--out", tmp_path, *NOW)
    cli.ok("render", brief, task, *to)
    (source,) = tmp_path.rglob("*.md")
    text = source.read_text(encoding="utf-8")
    chosen = Random(task).sample(places(text), len(wrong))
    for at, words in sorted(zip(chosen, wrong.values(), strict=True), reverse=True):
        text = f"{text[:at]} {words}{text[at:]}"
    source.write_text(text, encoding="utf-8")
    cli("render", brief, task, *to, "--format", ",".join(FORMATS))
    made = [source, *(source.with_suffix(f".{each}") for each in FORMATS[1:])]
    for path in filter(Path.exists, made):
        said = cli("check", "--against", brief, "--json", *NOW, path).json
        found = {fault["code"]: fault["message"] for fault in said["faults"]}
        assert {
            code: words in " ".join(found.get(code, "").split())
            for code, words in wrong.items()
        } == dict.fromkeys(wrong, True), (path, found)
