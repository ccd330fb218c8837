from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.commands import Cli
from tests.launches import SLUG, at

NOW = at("01-11").isoformat()


EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9/brief.yaml"


CARDS = ["battlecard-kite.md", "battlecard-osprey.md"]


def names(folder: Path) -> list[str]:
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".launch-kits.json"
    )


def test_the_documents_of_a_brief_are_written_beside_one(cli: Cli, write, tmp_path):
    said = cli.ok("render", write(), "--now", NOW)
    assert said.out.split() == [
        f"{SLUG}/battlecard-osprey.md",
        f"{SLUG}/battlecard-kite.md",
    ]
    assert said.err == f"2 documents written to {SLUG}\n"
    assert names(tmp_path / SLUG) == CARDS


def test_a_brief_need_not_be_called_yaml(cli: Cli, write, tmp_path):
    write().rename(tmp_path / "brief")
    cli.ok("render", "brief", "--out", "there", "--now", NOW)
    assert names(tmp_path / "there") == CARDS


def test_a_folder_needs_no_slash(cli: Cli, write, tmp_path):
    folder = tmp_path / "brief-of-mine"
    folder.mkdir()
    write().rename(folder / "brief.yaml")
    cli.ok("render", "brief-of-mine", "--out", "there", "--now", NOW)
    assert names(tmp_path / "there") == CARDS


def test_a_section_that_a_template_lacks_is_refused(cli: Cli, write, tmp_path):
    path = write(documents={"battlecard": {"sections": {"frunt": "x"}}})
    told = cli.refused("render", path, "--now", NOW)
    assert 'template battlecard.md.j2 has no section "frunt"' in told
    assert not (tmp_path / SLUG).exists()
    assert 'has no section "frunt"' in cli.refused("start", path, "--now", NOW)


def test_one_document_can_be_asked_for(cli: Cli, write, tmp_path):
    cli.ok(
        "render", write(), "battlecard:kite", "--out", tmp_path / "out", "--now", NOW
    )
    assert names(tmp_path / "out") == ["battlecard-kite.md"]


def test_documents_come_in_several_formats(cli: Cli, write, tmp_path):
    cli.ok(
        "render",
        write(),
        "--format",
        "html, md",
        "--out",
        tmp_path / "out",
        "--now",
        NOW,
    )
    assert names(tmp_path / "out") == sorted(
        [*CARDS, *(name.replace(".md", ".html") for name in CARDS)]
    )
    assert (
        (tmp_path / "out/battlecard-kite.html")
        .read_text(encoding="utf-8")
        .startswith("<!doctype html>")
    )


def test_a_format_that_a_template_does_not_offer_is_left_out_and_told(
    cli: Cli, write, tmp_path, monkeypatch
):
    own = tmp_path / "templates"
    own.mkdir()
    (own / "battlecard.md.j2").write_text(
        "{% if task.key == 'battlecard:kite' %}# K{% endif %}", encoding="utf-8"
    )
    said = cli.ok(
        "render",
        write(),
        "--format",
        "pdf,pptx",
        "--out",
        tmp_path / "out",
        "--now",
        NOW,
    )
    assert names(tmp_path / "out") == sorted(
        name.replace(".md", ending) for name in CARDS for ending in (".pdf", ".pptx")
    )
    assert "note:" not in said.err
    monkeypatch.setenv("LAUNCH_KITS_TEMPLATES", str(own))
    said = cli.ok(
        "render",
        write(),
        "--format",
        "pptx,html",
        "--out",
        tmp_path / "other",
        "--now",
        NOW,
    )
    assert names(tmp_path / "other") == [name.replace(".md", ".html") for name in CARDS]
    assert (
        "no pptx of battlecard:osprey, battlecard:kite: their templates do not offer it"
        in said.err
    )


def test_a_format_that_no_document_has_is_refused(
    cli: Cli, write, tmp_path, monkeypatch
):
    own = tmp_path / "own"
    own.mkdir()
    (own / "battlecard.md.j2").write_text("# A card without slides", encoding="utf-8")
    monkeypatch.setenv("LAUNCH_KITS_TEMPLATES", str(own))
    told = cli.refused(
        "render",
        write(),
        "battlecard:kite",
        "--format",
        "pptx",
        "--out",
        tmp_path / "out",
        "--now",
        NOW,
    )
    assert (
        "no pptx of battlecard:kite: its template does not offer it; "
        "every template offers md, html, pdf and docx" in told
    )
    assert not (tmp_path / "out").exists()


def test_readers_outside_have_a_folder_each_beside_the_working_copies(
    cli: Cli, tmp_path
):
    now = ("--now", "2026-11-23T12:00:00+00:00")
    said = cli.ok(
        "render",
        EXAMPLE,
        "--audience",
        "internal,partner,customer",
        "--out",
        tmp_path / "out",
        *now,
    )
    found = names(tmp_path / "out")
    assert sorted(said.out.split()) == [str(tmp_path / "out" / name) for name in found]
    by = {
        who: {name for name in found if name.startswith(who)}
        for who in ("partner/", "customer/")
    }
    inside = {name for name in found if "/" not in name}
    assert len(inside) > len(by["partner/"]) >= len(by["customer/"]) > 0
    assert len(found) == len(inside) + len(by["partner/"]) + len(by["customer/"])
    assert "battlecard-redis.md" in found
    assert "customer/battlecard-redis.md" not in found


def test_the_documents_of_a_launch_go_to_its_home(cli: Cli, flying, home, tmp_path):
    cli.ok("render", SLUG, "--now", NOW)
    assert names(home / "documents" / SLUG) == CARDS
    cli.ok(
        "render",
        SLUG,
        "battlecard:kite",
        "--out",
        tmp_path / "out",
        "--format",
        "html",
        "--now",
        NOW,
    )
    assert names(tmp_path / "out") == ["battlecard-kite.html"]


def test_a_document_tells_the_day_it_is_given(cli: Cli, write, tmp_path):
    texts = []
    for day in ("2027-01-11", "2027-12-01"):
        cli.ok(
            "render",
            write(),
            "battlecard:kite",
            "--out",
            tmp_path / "out",
            "--now",
            at(day).isoformat(),
        )
        texts.append((tmp_path / "out/battlecard-kite.md").read_text(encoding="utf-8"))
    assert texts[0] != texts[1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["battlecard:kit"], 'did you mean "battlecard:kite"?'),
        (
            ["research"],
            "leaves no document; these do: battlecard:osprey, battlecard:kite",
        ),
        (["--format", "odt"], "known: md, html, pdf, pptx, docx"),
        (["--format", "mdd"], 'did you mean "md"?'),
        (["--format", ","], "name at least one format"),
        (["--audience", "customers"], 'did you mean "customer"?'),
        (
            ["battlecard:kite", "--audience", "customer"],
            "`documents: {battlecard:kite: {audience: customer}}`",
        ),
    ],
    ids=str,
)
def test_a_document_that_cannot_be_rendered_says_why(cli: Cli, write, words, why):
    assert why in cli.refused("render", write(), *words, "--now", NOW)


def test_a_folder_that_cannot_be_written_to_is_named(cli: Cli, write, tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    told = cli.refused("render", write(), "--out", tmp_path / "taken", "--now", NOW)
    assert told.startswith(f"{tmp_path / 'taken'}")
    assert "check the folder" in told


def test_the_documents_of_another_kit_can_be_looked_at(cli: Cli, write, tmp_path):
    stage = {
        "key": "s",
        "title": "S",
        "tasks": [{"key": "plan", "title": "Plan", "role": "pmm", "days": 1}],
    }
    stage["tasks"][0]["document"] = "launch_plan.md.j2"
    (tmp_path / "other.yaml").write_text(
        yaml.safe_dump({"kit": "other", "title": "Other", "stages": [stage]}), "utf-8"
    )
    cli.ok(
        "render",
        write(),
        "--kit",
        "other.yaml",
        "--out",
        tmp_path / "out",
        "--now",
        NOW,
    )
    assert names(tmp_path / "out") == ["plan.md"]


def test_a_launch_keeps_its_kit(cli: Cli, flying):
    assert "--kit goes with a brief" in cli.refused(
        "render", SLUG, "--kit", "other.yaml", "--now", NOW
    )


def with_release(write, **changes) -> Path:
    """A brief whose kit has a press release for customers."""
    path = write(**changes)
    given = yaml.safe_load(path.read_text("utf-8"))
    kit = path.parent / "kit.yaml"
    kit.write_text(
        yaml.safe_dump(
            {
                "kit": "press",
                "title": "Press",
                "stages": [
                    {
                        "key": "s",
                        "title": "S",
                        "tasks": [
                            {
                                "key": "press_release",
                                "title": "Press release",
                                "role": "pmm",
                                "days": 1,
                                "document": "press_release.md.j2",
                                "audience": "customer",
                            }
                        ],
                    }
                ],
            }
        ),
        "utf-8",
    )
    given |= {"kit": "kit.yaml"}
    path.write_text(yaml.safe_dump(given), "utf-8")
    return path


def test_missing_parts_are_told_beside_the_document_and_refused_if_it_must_be_complete(
    cli: Cli, write, tmp_path
):
    path = with_release(write, press={"place": "Berlin"})
    command = (
        "render",
        path,
        "--audience",
        "customer",
        "--now",
        NOW,
        "--out",
        tmp_path / "out",
    )
    said = cli.ok(*command)
    assert "note: press_release lacks summary, " in said.err
    assert ", quotes.us, " in said.err
    text = (tmp_path / "out/customer/press_release.md").read_text("utf-8")
    assert "BERLIN" in text
    assert "quotes.us" not in text
    refused = cli(*command, "--complete")
    assert refused.code == 1
    assert "not complete: press_release; supply the parts in the brief" in refused.err


def test_a_release_without_a_place_is_not_written_for_customers(
    cli: Cli, write, tmp_path
):
    path = with_release(write)
    command = ("render", path, "--now", NOW, "--out", tmp_path / "out", "--audience")
    said = cli.ok(*command, "customer")
    assert names(tmp_path) != []
    assert not (tmp_path / "out").exists()
    assert (
        "note: press_release is held back from customer readers: it lacks press.place"
        in said.err
    )
    assert cli(*command, "customer", "--complete").code == 1
    assert "press_release.md" in cli.ok(*command, "internal").out


def test_a_brief_chooses_the_readers_of_a_document(cli: Cli, write, tmp_path):
    path = write(documents={"battlecard:kite": {"audience": "customer"}})
    cli.ok(
        "render",
        path,
        "--audience",
        "customer",
        "--now",
        NOW,
        "--out",
        tmp_path / "out",
    )
    assert names(tmp_path / "out") == ["customer/battlecard-kite.md"]
