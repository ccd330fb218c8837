from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Cli
from tests.launches import at

NOW = at("01-11").isoformat()
CARD = "battlecard:kite"


@pytest.fixture
def render(cli: Cli, write, tmp_path: Path):
    """Render the card of a brief again and again."""

    def run(*options: str, product: str = "Falcon 2", works: bool = True):
        path = write(product=product)
        command = ("render", path, CARD, "--out", tmp_path / "out", "--now", NOW)
        if works:
            return cli.ok(*command, *options)
        said = cli(*command, *options)
        assert said.code == 1
        return said

    return run


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_an_edited_document_is_kept_and_render_says_so(render, tmp_path) -> None:
    render()
    card = tmp_path / "out/battlecard-kite.md"
    edit(card, "## To finish this document", "## To do")
    edited = card.read_bytes()
    said = render(product="Falcon 3")
    assert card.read_bytes() == edited
    assert said.out.split() == [str(tmp_path / "out/battlecard-kite.new.md")]
    assert "battlecard-kite.md was edited and is kept; the new draft is" in said.err
    assert "Falcon 3" in (tmp_path / "out/battlecard-kite.new.md").read_text("utf-8")


def test_merge_brings_an_edit_and_the_new_facts_together(render, tmp_path) -> None:
    render()
    card = tmp_path / "out/battlecard-kite.md"
    edit(card, "## To finish this document", "## To do")
    said = render("--merge", "--format", "html", product="Falcon 3")
    assert "your edits and the new draft are merged" in said.err
    text = card.read_text("utf-8")
    assert "## To do" in text
    assert "Falcon 3" in text
    html = (tmp_path / "out/battlecard-kite.html").read_text("utf-8")
    assert "To do" in html, "other formats are made from the edited Markdown"


def test_merge_marks_conflicts_and_exits_with_1(render, tmp_path) -> None:
    render()
    card = tmp_path / "out/battlecard-kite.md"
    edit(card, "Falcon 2", "Falcon II")
    said = render("--merge", "--format", "md,html", product="Falcon 3", works=False)
    assert "conflicts in battlecard-kite.md" in said.err
    assert "<<<<<<< edited" in card.read_text("utf-8")
    assert not (tmp_path / "out/battlecard-kite.html").exists()


def test_force_overwrites_an_edit(render, tmp_path) -> None:
    render()
    card = tmp_path / "out/battlecard-kite.md"
    edit(card, "## To finish this document", "## To do")
    render("--force")
    assert "## To do" not in card.read_text("utf-8")


def test_merge_and_force_exclude_each_other(render) -> None:
    assert "choose one" in render("--merge", "--force", works=False).err


@pytest.fixture
def for_customers(cli: Cli, write, tmp_path: Path):
    """Render the card of a brief, whose readers are customers, for some readers."""
    path = write(documents={CARD: {"audience": "customer"}})

    def run(audience: str, *options: str):
        out = ("--out", tmp_path / "out", "--now", NOW)
        return cli.ok("render", path, CARD, "--audience", audience, *out, *options)

    return run


@pytest.mark.parametrize("audience", ["customer", "partner", "internal,customer"])
def test_a_copy_for_readers_outside_never_takes_the_place_of_the_working_copy(
    for_customers, tmp_path, audience
) -> None:
    for_customers("internal")
    card = tmp_path / "out/battlecard-kite.md"
    before = card.read_bytes()
    said = for_customers(audience)
    assert card.read_bytes() == before
    reader = audience.rpartition(",")[2]
    assert (tmp_path / "out" / reader / "battlecard-kite.md").exists()
    assert "does not have the edits" not in said.err


@pytest.mark.parametrize("kind", ["md", "html"])
def test_an_edit_that_is_not_in_the_copy_of_customers_is_told(
    for_customers, tmp_path, kind
) -> None:
    for_customers("internal", "--format", "md,html")
    card = tmp_path / f"out/battlecard-kite.{kind}"
    edit(card, "Falcon 2", "Falcon II")
    said = for_customers("customer", "--format", "html")
    assert (
        f"warning: the copy of {CARD} for customer readers does not have the edits of {card}"
        in said.err
    )
    copy = tmp_path / "out/customer/battlecard-kite.html"
    assert f"edit {copy} too" in said.err
    edit(copy, "Falcon 2", "Falcon II")
    again = for_customers("customer", "--format", "html")
    assert "does not have the edits" not in again.err
