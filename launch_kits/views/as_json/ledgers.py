"""The JSON of ledgers and their claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from launch_kits.claims.audit import Ending, Stale
    from launch_kits.documents.citations import Printed
    from launch_kits.inputs.ledger import Claim, Ledger
    from launch_kits.views.ledgers import LedgerUse

__all__ = ["claim_json", "conflict_json", "ending_json", "stale_json"]


def stale_json(use: LedgerUse, stale: Stale) -> dict[str, object]:
    """A stale card or source, as `claims stale` prints it."""
    return {
        **_head(use),
        "what": stale.what,
        "id": stale.id,
        "as_of": stale.as_of,
        "stale_since": stale.since.isoformat() if stale.since else None,
        "claims": list(stale.claims),
    }


def conflict_json(use: LedgerUse, section: str, claim: Claim) -> dict[str, object]:
    """An open conflict, as `claims conflicts` prints it."""
    return {
        **_head(use),
        "id": claim.id,
        "section": section,
        "subject": claim.text,
        "values": [
            {
                "value": each.value,
                "src": list(each.src),
                "line": each.line,
                "quote": each.quote,
            }
            for each in claim.values
        ],
        "use": claim.use,
    }


def ending_json(
    use: LedgerUse, ending: Ending, documents: Sequence[Printed]
) -> dict[str, object]:
    """A claim that ends, as `claims expire` prints it."""
    return {
        **_head(use),
        "id": use.ref(ending.claim),
        "section": ending.section,
        "text": ending.claim.text,
        "ended": ending.ended,
        "last_day": ending.last_day.isoformat() if ending.last_day else None,
        "superseded_by": ending.claim.superseded_by,
        "fields": _fields(use, ending.claim),
        "documents": _documents(documents),
    }


def claim_json(
    use: LedgerUse, claim: Claim, *, folders: Sequence[Path]
) -> dict[str, object]:
    """A claim with its uses, as `claims why` prints it.

    ``folders`` hold the templates that come before the built-in ones.
    """
    from launch_kits.claims.visibility import hidden_because
    from launch_kits.inputs.audience import Audience

    ledger = use.ledger
    today = use.today
    path, line = use.place(claim)
    ended = claim.ended_by(today)
    documents = use.documents([claim], folders=folders, revived=ended)
    return {
        **_head(use),
        "id": use.ref(claim),
        "path": path,
        "line": line,
        "section": _section(ledger, claim),
        "kind": claim.kind,
        "text": claim.text,
        "holds": not ended,
        "valid_until": claim.valid_until,
        "superseded_by": claim.superseded_by,
        "hidden": {
            str(who): hidden_because(ledger, claim, today=today, reader=who)
            for who in Audience
        },
        "sources": _sources(use, claim),
        "fields": _fields(use, claim),
        "exposed_by": [
            each.id for _, _, each in ledger.each() if each.exposes == claim.id
        ],
        "documents": _documents(documents[claim.id]),
    }


def _head(use: LedgerUse) -> dict[str, object]:
    return {"where": use.where, "ledger": use.key, "card": use.ledger.card.id}


def _section(ledger: Ledger, claim: Claim) -> str:
    return next(name for name, _, each in ledger.each() if each.id == claim.id)


def _sources(use: LedgerUse, claim: Claim) -> list[dict[str, object]]:
    named = (*claim.src, *(name for each in claim.values for name in each.src))
    after_days = use.ledger.card.stale_after_days
    known = use.ledger.sources
    return [
        {
            "id": name,
            "url": known[name].url,
            "as_of": known[name].as_of,
            "by": known[name].by,
            "stale": known[name].stale_on(use.today, after_days=after_days),
        }
        for name in dict.fromkeys(named)
        if name in known
    ]


def _fields(use: LedgerUse, claim: Claim) -> list[dict[str, object]]:
    return [
        {"field": field, "line": line, "what": what}
        for field, line, what in use.fields(claim)
    ]


def _documents(printed: Sequence[Printed]) -> list[dict[str, object]]:
    return [
        {
            "task": each.task,
            "template": each.template,
            "audiences": list(each.audiences),
        }
        for each in printed
    ]
