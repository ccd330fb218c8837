"""Words that need a proof: superlatives, and statements about everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from launch_kits.errors import Fault
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.content import LENGTHS
from launch_kits.inputs.ledger import Kind, Ledger
from launch_kits.inputs.yaml_source import Location, Yaml
from launch_kits.lint.subject import LintSubject

__all__ = ["unproved", "unproved_claims"]

SUPERLATIVE = re.compile(
    r"(?<!\bat )\bbest\b(?!\s+(?:practices?|efforts?|before|of luck|guess))(?!-(?:fit|effort))"
    r"|\bbest-in-class\b"
    r"|\b(?:the|our|your|their)\s+only\b"
    r"|\bonly\s+(?:we|one|product|vendor|solution|platform|tool|company)\b"
    r"|\bleading\b(?!\s+(?:to|up|zeros?|zeroes|spaces?|digits?|edge))"
    r"|\b(?:fastest|cheapest|easiest|safest|smartest|simplest|strongest|world[- ]class"
    r"|revolutionary|revolutionis\w+|revolutioniz\w+|game[- ]chang\w+|unmatched|unrivall?ed"
    r"|unparallell?ed|unbeatable|number[- ]one|second to none)\b"
    r"|\bmost\s+(?:advanced|powerful|secure|reliable|popular|trusted|complete|innovative)\b|#1\b|\bno\.\s?1\b",
    re.IGNORECASE,
)
EVERYONE = re.compile(
    r"\b(?:everyone|everybody|(?:all|every)\s+(?:customers?|users?|companies|company|teams?|developers?|buyers?))\b",
    re.IGNORECASE,
)
CODES = (
    (SUPERLATIVE, "superlative-without-proof"),
    (EVERYONE, "everyone-without-proof"),
)


def unproved(subject: LintSubject) -> Iterator[Fault]:
    """Yield statements of a brief that need a proof and have none."""
    for where, text in _said(subject.brief):
        yield from _found(
            subject.source,
            where,
            text,
            "name the claim that proves it under proof, or say less",
        )


def _said(brief: Brief) -> Iterator[tuple[Location, str]]:
    """Yield the texts of a brief that customers may read and no claim proves."""
    stands, messages = brief.positioning, brief.messages
    plain: list[tuple[Location, str | None]] = [(("summary",), brief.summary)]
    plain += [
        (("positioning", key), getattr(stands, key))
        for key in ("category", "need", "benefit", "trend")
    ]
    plain += [(("messages", key), getattr(messages, key)) for key in LENGTHS]
    yield from ((where, text) for where, text in plain if text)
    for at, attribute in enumerate(stands.attributes):
        if not attribute.proof:
            yield ("positioning", "attributes", at, "text"), attribute.text
            yield ("positioning", "attributes", at, "value"), attribute.value
    proved = {attribute.key for attribute in stands.attributes if attribute.proof}
    for at, theme in enumerate(stands.themes):
        if not proved & set(theme.attributes):
            yield ("positioning", "themes", at, "title"), theme.title
    for at, faq in enumerate(brief.faq):
        if not faq.proof:
            yield ("faq", at, "answer"), faq.answer


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
