"""The sources of answers from the answer desk."""

from __future__ import annotations

from datetime import date

from launch_kits.claims.lines import Cited
from launch_kits.claims.proofs import prove
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.links import is_web_link

__all__ = ["answer_sources", "shown_source"]


def answer_sources(
    source: str, brief: Brief, *, on: date, today: date
) -> tuple[Cited, ...]:
    """The sources of an answer: a link as of the answer's day, or those of a claim."""
    if is_web_link(source):
        return (Cited(source, None, None, None, f"{on}", None, stale=False),)
    reader = Audience.INTERNAL
    proofs = prove(brief, (source,), today=today, reader=reader) if source else ()
    return tuple(each for proof in proofs if proof.line for each in proof.line.sources)


def shown_source(source: str | None, brief: Brief, *, today: date) -> str:
    """Return the source of an answer as people read it; empty without one.

    A reference of a claim becomes the addresses of the claim's sources, or no source if it has
    none; all else stays as it was written.
    """
    cited = answer_sources(source or "", brief, on=today, today=today)
    if cited:
        return ", ".join(dict.fromkeys(each.url for each in cited))
    return "" if source and _is_claim(source, brief) else source or ""


def _is_claim(source: str, brief: Brief) -> bool:
    """Whether a text is the reference of a claim, such as one that was taken out."""
    key, dot, claim = source.partition(".")
    known = (each.key for each in brief.positioning.alternatives)
    return bool(dot and claim) and " " not in source and key in known
