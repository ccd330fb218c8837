from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.settings import Settings
from launch_kits.verbs import approve, done, note
from launch_kits.views import kept_documents as module
from launch_kits.views.documents import DocumentView, read_documents
from launch_kits.views.kept_documents import KeptDocuments
from launch_kits.worker import step
from tests.launches import LEAD, LEGAL, NOW, SLUG, brief_with, opened

Documents = Sequence[DocumentView]


@pytest.fixture
def settings(tmp_path) -> Settings:
    folder = tmp_path / "templates"
    folder.mkdir()
    home = str(tmp_path / "home")
    return Settings.read(
        {"LAUNCH_KITS_HOME": home, "LAUNCH_KITS_TEMPLATES": str(folder)}
    )


@pytest.fixture
def kept(falcon: Store, settings: Settings) -> KeptDocuments:
    folders = settings.templates
    return KeptDocuments(falcon, documents=settings.documents, folders=folders)


def computed(store: Store, settings: Settings, now: datetime) -> Documents:
    with store.read() as session:
        return read_documents(
            session,
            SLUG,
            now=now,
            documents=settings.documents,
            folders=settings.templates,
        )


def test_kept_documents_are_those_rendered_now_after_each_change(
    falcon: Store, settings: Settings, kept: KeptDocuments
) -> None:
    def write() -> None:
        step.write_documents(falcon, SLUG, settings=settings, now=NOW)

    def edit() -> None:
        (card,) = settings.documents.rglob("battlecard-kite.md")
        card.write_text(card.read_text("utf-8") + "\nBy hand.\n", "utf-8")

    def template() -> None:
        name = "battlecard.md.j2"
        (settings.templates[0] / name).write_text("# Ours\n\n{{ product }}\n", "utf-8")

    changes: list[Callable[[], object]] = [
        lambda: done(falcon, SLUG, "positioning", now=NOW),
        write,
        edit,
        template,
        write,
        lambda: note(falcon, SLUG, "research", note="Soon", by=LEAD, now=NOW),
        lambda: done(falcon, SLUG, "battlecard:kite", now=NOW),
        lambda: approve(falcon, SLUG, "battlecard:kite", by=LEGAL, now=NOW),
        lambda: step.review_contents(falcon, settings=settings, now=NOW),
    ]
    for change in changes:
        change()
        assert kept.of(SLUG, now=NOW) == computed(falcon, settings, NOW)
    much_later = NOW + timedelta(days=90)
    assert kept.of(SLUG, now=much_later) == computed(falcon, settings, much_later)


def test_nothing_is_rendered_again_without_a_change(
    kept: KeptDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept.of(SLUG, now=NOW)
    monkeypatch.delattr(module, "read_documents")
    assert kept.of(SLUG, now=NOW + timedelta(minutes=14)) is first


def test_the_documents_of_few_launches_are_kept(
    falcon: Store, kept: KeptDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    opened(falcon, brief_with(launch="kestrel"))
    first = kept.of(SLUG, now=NOW)
    kept.of("kestrel", now=NOW)
    assert kept.of(SLUG, now=NOW) is not first


def test_an_unknown_launch_is_not_found(kept: KeptDocuments) -> None:
    with pytest.raises(NotFound):
        kept.of("nope", now=NOW)
