from __future__ import annotations

from pathlib import Path

from launch_kits.views.as_json.documents import changes_json, documents_json
from launch_kits.views.document_changes import ContentChange
from launch_kits.views.documents import DocumentView
from tests.launches import NOW


def test_documents_and_changes_are_plain_values() -> None:
    view = DocumentView(
        "a", "a.md.j2", Path("/a.md"), 2, "d", "pmm@example.com", NOW, True, False
    )
    (told,) = documents_json([view])
    assert told["path"] == "/a.md"
    assert told["approved_at"] == NOW.isoformat()
    assert (told["version"], told["out_of_date"]) == (2, True)
    change = ContentChange(NOW, "field", None, "brief.summary", None, "New")
    (told,) = changes_json([change])
    assert told == {
        "at": NOW.isoformat(),
        "cause": "field",
        "by": None,
        "path": "brief.summary",
        "before": None,
        "after": "New",
    }
