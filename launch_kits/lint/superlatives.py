"""Words that need a proof: superlatives, and statements about everyone."""

from __future__ import annotations

from collections.abc import Iterator

from launch_kits.claims.strong_words import EVERYONE, SUPERLATIVE
from launch_kits.errors import Fault
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.content import LENGTHS
from launch_kits.inputs.ledger import Kind, Ledger
from launch_kits.inputs.positioning import Positioning
from launch_kits.inputs.yaml_source import Location, Yaml
from launch_kits.lint.subject import LintSubject

__all__ = ["CODES", "unproved", "unproved_claims", "unproved_texts"]

CODES = (
    (SUPERLATIVE, "superlative-without-proof"),
    (EVERYONE, "everyone-without-proof"),
)


def unproved(subject: LintSubject) -> Iterator[Fault]:
    """Yield statements of a brief that need a proof and have none."""
    for where, text in _said(subject.brief):
        yield from _found(subject.source, where, text, _remedy(where))


def _remedy(where: Location) -> str:
    """The remedy for a text; only attributes and answers have a key for a proof."""
    if where[:2] == ("positioning", "attributes") or where[0] == "faq":
        return "name the claim that proves it under proof, or say less"
    if where[:2] == ("positioning", "themes"):
        return "name an attribute with a proof under its attributes, or say less"
    return "say less, or write it as an attribute, with the claim that proves it under its proof"


def unproved_texts(brief: Brief) -> list[str]:
    """The texts of a brief that customers may read and no claim proves."""
    return [text for _, text in _said(brief)]


def _said(brief: Brief) -> Iterator[tuple[Location, str]]:
    """Yield the texts of a brief that customers may read and no claim proves."""
    if brief.summary:
        yield ("summary",), brief.summary
    yield from _statement(brief.positioning)
    for length in LENGTHS:
        message = getattr(brief.messages, length)
        if message:
            yield ("messages", length), message
    yield from _attributes(brief.positioning)
    for at, faq in enumerate(brief.faq):
        if not faq.proof:
            yield ("faq", at, "answer"), faq.answer


def _statement(positioning: Positioning) -> Iterator[tuple[Location, str]]:
    for key in ("category", "need", "benefit", "trend"):
        text = getattr(positioning, key)
        if text:
            yield ("positioning", key), text


def _attributes(positioning: Positioning) -> Iterator[tuple[Location, str]]:
    """Yield the attributes without a proof, then the themes without a proved attribute."""
    proved = set()
    for at, attribute in enumerate(positioning.attributes):
        if attribute.proof:
            proved.add(attribute.key)
            continue
        place = ("positioning", "attributes", at)
        yield (*place, "text"), attribute.text
        yield (*place, "value"), attribute.value
    for at, theme in enumerate(positioning.themes):
        if proved.isdisjoint(theme.attributes):
            yield ("positioning", "themes", at, "title"), theme.title


def unproved_claims(ledger: Ledger, source: Yaml) -> Iterator[Fault]:
    """Yield lines of a ledger that need a source and have none."""
    for section, at, claim in ledger.each():
        if claim.kind not in (Kind.UNKNOWN, Kind.CONFLICT) and not ledger.sourced(
            claim.src
        ):
            yield from _found(
                source,
                (section, at),
                f"{claim.text} {claim.answer or ''}",
                "name its source, or say less",
            )


def _found(source: Yaml, where: Location, text: str, mend: str) -> Iterator[Fault]:
    for pattern, code in CODES:
        found = pattern.search(text)
        if found:
            yield source.fault(
                where, code, f'"{found[0]}" is said without a proof; {mend}'
            )
