"""The JSON of input files: findings, kits and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from launch_kits.documents.catalogue import TemplateFile
    from launch_kits.errors import Fault
    from launch_kits.inputs.kit import Kit
    from launch_kits.lint.against import TextFinding

__all__ = ["findings_json", "kits_json", "templates_json", "text_findings_json"]


def findings_json(
    faults: Iterable[Fault], warnings: Iterable[Fault]
) -> dict[str, object]:
    """Faults and warnings, as `check` prints them."""
    return {
        "faults": [fault.as_json() for fault in faults],
        "warnings": [fault.as_json() for fault in warnings],
    }


def text_findings_json(
    faults: Iterable[TextFinding], warnings: Iterable[TextFinding]
) -> dict[str, object]:
    """Faults and warnings in texts from outside, as `check --against` prints them."""
    return {
        "faults": [_text_finding(each) for each in faults],
        "warnings": [_text_finding(each) for each in warnings],
    }


def _text_finding(found: TextFinding) -> dict[str, object]:
    return {
        "path": found.path,
        "place": found.place,
        "line": found.line,
        "code": found.code,
        "message": found.message,
    }


def kits_json(kits: Iterable[tuple[str, Kit, Path]]) -> list[dict[str, object]]:
    """Kits by name with their files, as `kits` prints them."""
    return [
        {"kit": name, "version": kit.version, "title": kit.title, "path": str(path)}
        for name, kit, path in kits
    ]


def templates_json(templates: Iterable[TemplateFile]) -> list[dict[str, object]]:
    """Templates, as `templates` prints them."""
    return [
        {
            "template": each.name,
            "path": str(each.path),
            "about": each.about,
            "uses": list(each.uses),
            "sections": list(each.sections),
        }
        for each in templates
    ]
