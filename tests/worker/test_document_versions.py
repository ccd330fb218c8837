from __future__ import annotations

from pathlib import Path

from sqlmodel import select

from launch_kits.database.records import DocumentVersion
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.verbs import done
from launch_kits.views.facts import read_facts
from launch_kits.worker import step
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
