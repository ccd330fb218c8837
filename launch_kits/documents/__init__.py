"""Documents.

Templates filled from brief, claims and plan, as Markdown, as one HTML page, and as files of
offices.
"""

from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.documents.formats.metadata import DocumentMetadata, imprint_of
from launch_kits.documents.formats.page import to_html
from launch_kits.documents.formats.registry import EVERY, FORMATS, formats_of, make
from launch_kits.documents.rendering import file_stem, inputs_of, render
from launch_kits.documents.staleness import note_inputs, stale_documents

__all__ = [
    # the formats
    "EVERY",
    "FORMATS",
    # what goes in
    "DocumentMetadata",
    "Facts",
    "TaskFacts",
    # what comes out
    "file_stem",
    "formats_of",
    "imprint_of",
    "inputs_of",
    "make",
    "note_inputs",
    "render",
    "stale_documents",
    "to_html",
]
