"""Documents: templates filled with the facts of a launch.

A document is Markdown; `formats` makes HTML, PDF, slides and Word files of it.
"""

from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.documents.formats.metadata import DocumentMetadata, metadata_of
from launch_kits.documents.formats.page import to_html
from launch_kits.documents.formats.registry import (
    BASIC_FORMATS,
    FORMATS,
    formats_of,
    make,
)
from launch_kits.documents.rendering import file_stem, inputs_digest, render
from launch_kits.documents.staleness import note_inputs, stale_documents

__all__ = [
    # the formats
    "BASIC_FORMATS",
    "FORMATS",
    # the input
    "DocumentMetadata",
    "Facts",
    "TaskFacts",
    # the functions
    "file_stem",
    "formats_of",
    "inputs_digest",
    "make",
    "metadata_of",
    "note_inputs",
    "render",
    "stale_documents",
    "to_html",
]
