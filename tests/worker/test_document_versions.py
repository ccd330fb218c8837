from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from launch_kits.database.records import DocumentVersion
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.verbs import approve, done
from launch_kits.views.facts import read_facts
from launch_kits.worker import document_versions, step
from launch_kits.worker.document_versions import record_versions
from tests.launches import NOW, SLUG

CARD = "battlecard:kite"


def test_a_content_is_recorded_once(falcon: Store, tmp_path: Path) -> None:
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})
    done(falcon, SLUG, "positioning", now=NOW)
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    with falcon.read() as session:
        rows = session.exec(select(DocumentVersion)).all()
        assert {(row.task, row.number) for row in rows} == {
            (CARD, 1),
            ("battlecard:osprey", 1),
        }
        facts = read_facts(session, SLUG, now=NOW, documents=settings.documents)
    how = {"settings": settings, "now": NOW}
    assert record_versions(falcon, facts, [CARD], **how) == []
    path = settings.documents / SLUG / "battlecard-kite.md"
    path.write_text("Mine.\n", "utf-8")
    assert record_versions(falcon, facts, [CARD], **how) == [CARD]


def test_a_launch_in_which_nothing_happened_is_not_rendered_again(
    falcon: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})
    done(falcon, SLUG, "positioning", now=NOW)
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    done(falcon, SLUG, CARD, now=NOW)
    approve(falcon, SLUG, CARD, now=NOW)
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    looked: list[str] = []
    real = document_versions.content_of

    def counted(facts, task, **others):
        looked.append(task.key)
        return real(facts, task, **others)

    monkeypatch.setattr(document_versions, "content_of", counted)

    def looks(now) -> bool:
        looked.clear()
        step.review_contents(falcon, settings=settings, now=now)
        return bool(looked)

    assert looks(NOW)
    assert not looks(NOW + timedelta(hours=1)), "nothing happened"
    assert looks(NOW + timedelta(days=1)), "claims end with the day"
    path = settings.documents / SLUG / "battlecard-kite.md"
    path.write_text(path.read_text("utf-8") + "More.\n", "utf-8")
    assert looks(NOW + timedelta(days=1)), "an edit"
    assert not looks(NOW + timedelta(days=1))
    done(falcon, SLUG, "battlecard:osprey", now=NOW + timedelta(days=1))
    assert looks(NOW + timedelta(days=1)), "a change of the launch"
