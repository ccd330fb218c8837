"""The documents of a launch, and their changes, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from launch_kits.views.document_changes import ContentChange
from launch_kits.views.documents import DocumentView

__all__ = ["changes_json", "documents_json"]


def documents_json(documents: Iterable[DocumentView]) -> list[dict[str, Any]]:
    """The documents; instants are ISO texts with an offset."""
    return [
        {
            "task": each.task,
            "document": each.document,
            "path": str(each.path) if each.path else None,
            "version": each.version,
            "digest": each.digest,
            "approved_by": each.approved_by,
            "approved_at": each.approved_at.isoformat() if each.approved_at else None,
            "out_of_date": each.out_of_date,
            "edited": each.edited,
            "lacks": list(each.lacks),
        }
        for each in documents
    ]


def changes_json(changes: Iterable[ContentChange]) -> list[dict[str, Any]]:
    """The changes of a document, oldest first."""
    return [
        {
            "at": each.at.isoformat(),
            "cause": each.cause,
            "by": each.by,
            "path": each.path,
            "before": each.before,
            "after": each.after,
        }
        for each in changes
    ]
