from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlmodel import select

from launch_kits.board import board_text
from launch_kits.board.row import row
from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.documents.files import write, write_document
from launch_kits.documents.formats import registry
from launch_kits.documents.output_folder import Edits
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.loading import load_brief
from launch_kits.plan.rollout import Rollout
from launch_kits.settings import Settings
from launch_kits.verbs import done
from launch_kits.views.facts import facts_of_rollout, read_facts, read_view
from launch_kits.views.launch import LaunchView
from launch_kits.worker import step
from tests.launches import NOW, SLUG, brief_with
from tests.samples import CUSTOMER, brief, facts, task

CARD = "battlecard:kite"
EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9/brief.yaml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "home")})


def view(store: Store, settings: Settings) -> LaunchView:
    with store.read() as session:
        return read_view(session, SLUG, now=NOW, documents=settings.documents)


def rename_product(store: Store) -> None:
    """Change the launch's snapshot, as an update does."""
    with store.write() as session:
        launch = session.exec(select(Launch).where(Launch.slug == SLUG)).one()
        launch.brief = json.loads(json.dumps({**launch.brief, "product": "Falcon 3"}))
        session.add(launch)


def test_a_written_document_is_stale_once_the_snapshot_says_something_else(
    falcon: Store, settings: Settings
) -> None:
    assert view(falcon, settings).stale == {}
    done(falcon, SLUG, "positioning", now=NOW)
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    assert view(falcon, settings).stale == {}
    rename_product(falcon)
    found = view(falcon, settings)
    assert found.stale == {CARD: ("product",), "battlecard:osprey": ("product",)}
    assert (
        "## Documents out of date, for what has changed\n\n- Battlecard: "
        in board_text.summary(found)
    )
    task = found.task(CARD)
    assert task
    assert str(
        row(task, launch="running", stale=found.stale[CARD])["Document"]
    ).startswith("outdated: ")


def test_inputs_are_recorded_apart_from_the_documents(
    falcon: Store, settings: Settings
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    names = {path.name for path in (settings.documents / SLUG).iterdir()}
    cards = {"battlecard-kite", "battlecard-osprey"}
    documents = {f"{card}.{kind}" for card in cards for kind in ("md", "html")}
    assert names == {*documents, ".launch-kits.json"}


def test_a_document_knows_when_each_task_was_done(
    falcon: Store, settings: Settings
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    with falcon.read() as session:
        facts = read_facts(session, SLUG, now=NOW, documents=settings.documents)
    days = {task.key: task.done_on for task in facts.tasks}
    assert (days["positioning"], days["research"]) == (NOW.date(), None)
    assert not any(task.late for task in facts.tasks)


def test_a_link_in_the_place_of_an_audiences_folder_is_not_followed(
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "partner").symlink_to(elsewhere)
    given = brief_with(documents={CARD: {"audience": "partner"}})
    facts = facts_of_rollout(Rollout.of(given, today=NOW.date()), today=NOW.date())
    both = (Audience.INTERNAL, Audience.PARTNER)
    with pytest.raises(DocumentError, match="partner: a link, which is not followed"):
        list(write(facts, out, audiences=both))
    assert list(elsewhere.iterdir()) == []


def test_a_document_too_large_for_a_format_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = facts_of_rollout(
        Rollout.of(brief_with(), today=NOW.date()), today=NOW.date()
    )
    monkeypatch.setitem(registry.LONGEST, "pdf", (10, 10))
    with pytest.raises(
        DocumentError, match=r"^battlecard-kite\.pdf: a document as pdf"
    ):
        list(write(facts, tmp_path, formats=("pdf",), only=CARD))


def test_a_markdown_file_has_no_layout_and_the_others_have_it_after_an_edit(
    tmp_path: Path,
) -> None:
    brief = load_brief(EXAMPLE).brief
    facts = facts_of_rollout(Rollout.of(brief, today=NOW.date()), today=NOW.date())
    list(write(facts, tmp_path, formats=["md", "html"], only="one_pager"))
    card = tmp_path / "one_pager.md"
    page = tmp_path / "one_pager.html"
    assert "<!-- layout" not in card.read_text(encoding="utf-8")
    columns = page.read_text(encoding="utf-8").count('class="columns"')
    assert columns
    card.write_text(f"{card.read_text(encoding='utf-8')}\nMine.\n", encoding="utf-8")
    list(write(facts, tmp_path, formats=["md", "html"], only="one_pager"))
    again = page.read_text(encoding="utf-8")
    assert "Mine." in again
    assert again.count('class="columns"') == columns


def test_a_pdf_file_tells_its_characters_without_a_font(tmp_path: Path) -> None:
    brief = load_brief(EXAMPLE).brief
    brief = brief.model_copy(update={"summary": "A store \U000f0123 of שלום ✓"})
    facts = facts_of_rollout(Rollout.of(brief, today=NOW.date()), today=NOW.date())
    told = {"only": "partner_brief:cloud"}
    (written,) = write(facts, tmp_path, formats=["pdf"], **told)
    assert written.boxes == "\U000f0123"
    (written,) = write(facts, tmp_path, formats=["html"], **told)
    assert written.boxes == ""


def test_other_formats_of_a_document_with_conflicts_are_removed_unless_edited(
    tmp_path: Path,
) -> None:
    own = task("page", template="one_pager.md.j2", audience=CUSTOMER)

    def written(*formats: str, summary: str, edits: Edits = Edits.KEEP):
        given = facts(brief(summary=summary))
        return write_document(given, own, tmp_path, formats=formats, edits=edits)

    written("md", "html", "docx", summary="It runs.")
    page = tmp_path / "page.md"
    page.write_text(page.read_text("utf-8").replace("runs", "flies"), "utf-8")
    (tmp_path / "page.docx").write_bytes(b"edited")
    found = written("md", summary="It swims.", edits=Edits.MERGE)
    (merged, html) = found.saved
    assert merged.conflicts == 1
    assert (html.path.name, html.path.exists()) == ("page.html", False)
    assert html.held_back.endswith("; the earlier file was removed")
    assert (tmp_path / "page.docx").read_bytes() == b"edited"
