"""Addresses of sources in full, for formats that are read on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from launch_kits.documents.formats.blocks import Block, Notes, Paragraph, Run, Section

__all__ = ["with_addresses"]

#: the sign of an address that is shortened
_SHORTENED = "…"
_SCHEMES = ("https://", "http://")


def with_addresses(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections of a document with the addresses of sources.

    A shortened address is written in full, and a title is followed by its address.
    """
    return tuple(
        replace(section, blocks=tuple(map(_addressed, section.blocks)))
        for section in sections
    )


def _addressed(block: Block) -> Block:
    if not isinstance(block, Notes):
        return block
    return Notes(tuple(tuple(map(_line, item)) for item in block.items))


def _line(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(tuple(_runs(block.runs)))
    return block


def _runs(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        if not run.href:
            yield run
            continue
        address = _bare(run.href)
        host = address.partition("/")[0]
        if run.text.startswith(host) and _SHORTENED in run.text:
            yield run._replace(text=address)
            continue
        yield run
        if _bare(run.text) != address:
            yield Run(", ")
            yield run._replace(text=address, bold=False, italic=False)


def _bare(address: str) -> str:
    """An address as people read it: without its scheme and a slash at its end."""
    for scheme in _SCHEMES:
        address = address.removeprefix(scheme)
    return address.removesuffix("/")
