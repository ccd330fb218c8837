"""Documents: templates filled from brief, claims and plan, as Markdown and as one HTML page."""

from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.documents.freshness import note_inputs, stale_documents
from launch_kits.documents.page import to_html
from launch_kits.documents.rendering import file_stem, inputs_of, render

__all__ = [
    # what goes in
    "Facts",
    "TaskFacts",
    # what comes out
    "file_stem",
    "inputs_of",
    "note_inputs",
    "render",
    "stale_documents",
    "to_html",
]
