"""The claims that need a look, with their sources and uses, as `claims` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from launch_kits.claims.audit import endings, open_conflicts, stale
from launch_kits.errors import NotFound, suggest
from launch_kits.views.as_json import (
    claim_json,
    conflict_json,
    ending_json,
    stale_json,
)
from launch_kits.views.ledgers import LedgerUse

__all__ = ["Row", "claim_rows", "conflict_rows", "ending_rows", "stale_rows"]

#: a row as JSON has it
Row = dict[str, object]


def stale_rows(uses: Sequence[LedgerUse]) -> list[Row]:
    """List cards past their review, and sources that are too old or of unknown date."""
    return [
        stale_json(use, each)
        for use in uses
        for each in stale(use.ledger, today=use.today)
    ]


def conflict_rows(uses: Sequence[LedgerUse]) -> list[Row]:
    """List disagreements of sources that no ledger has settled."""
    return [
        conflict_json(use, section, claim)
        for use in uses
        for section, claim in open_conflicts(use.ledger, today=use.today)
    ]


def claim_rows(
    uses: Sequence[LedgerUse], ref: str, *, folders: Sequence[Path]
) -> list[Row]:
    """Find a claim by its reference, such as ``redis.y4``, in every ledger that has it.

    ``folders`` hold the templates that come before the built-in ones. Raises NotFound.
    """
    found = [(use, known) for use in uses if (known := use.find(ref)) is not None]
    if not found:
        refs = [use.ref(known) for use in uses for _, _, known in use.ledger.each()]
        hint = suggest(ref, refs) or "; `claims why` takes one such as redis.y4"
        raise NotFound(f'no claim "{ref}"{hint}')
    return [claim_json(use, known, folders=folders) for use, known in found]


def ending_rows(
    uses: Sequence[LedgerUse], *, within: int, folders: Sequence[Path]
) -> list[Row]:
    """List claims that have ended or end within some days, with the documents that print them.

    ``folders`` are those of `claim_rows`.
    """
    rows: list[Row] = []
    for use in uses:
        found = list(endings(use.ledger, today=use.today, within=within))
        documents = use.documents(
            [each.claim for each in found], folders=folders, revived=True
        )
        rows += [ending_json(use, each, documents[each.claim.id]) for each in found]
    return rows
