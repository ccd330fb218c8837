"""The parts of the brief that a document lacks, in the words of the people who supply them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["PARTS", "part_in_words"]

#: the place of a part in a brief, or in a ledger of claims → the part as people call it
PARTS: Mapping[str, str] = {
    "audience": "the people it is for",
    "brand": "the words about the company",
    "claims": "a ledger of claims",
    "claims.disqualifiers": "the customers that we do not fit",
    "claims.landmine_questions": "questions that show a competitor's limits",
    "claims.objections": "answers to objections",
    "claims.our_weaknesses": "strengths that we lack",
    "claims.overview": "an overview of the competitor",
    "claims.parity_do_not_claim": "strengths that both have",
    "claims.pricing": "the competitor's prices",
    "claims.proof_points": "proofs",
    "claims.their_strengths": "the competitor's strengths",
    "claims.their_weaknesses": "the competitor's weaknesses",
    "claims.why_we_win": "why we win against the competitor",
    "commitments": "promises to customers",
    "commitments.source": "the source of a promise",
    "documents": "a section of its own",
    "faq": "questions and answers",
    "faq.source": "the source of an answer",
    "goals": "the goals of the launch",
    "goals.actual": "the figures that were reached",
    "goals.baseline": "the figures before the launch",
    "links": "links for readers",
    "links.docs": "the link to the documentation",
    "links.download": "the link to the download",
    "links.next": "the next step for its readers, with a link",
    "links.pricing": "the link to the prices",
    "links.product": "the link to the product",
    "messages": "the message in words to reuse",
    "messages.fifty": "the message in 50 words",
    "messages.hundred": "the message in 100 words",
    "messages.ten": "the message in 10 words",
    "messages.twenty_five": "the message in 25 words",
    "objections": "answers to objections",
    "partners": "the partners",
    "partners.asks": "our wishes to the partner",
    "partners.benefit": "the partner's gain",
    "partners.margin": "the partner's margin",
    "partners.order": "how the partner orders",
    "positioning": "the positioning",
    "positioning.alternatives": "the products that customers use today",
    "positioning.alternatives.claims": "the claims about a competitor",
    "positioning.alternatives.why": "why customers use another product",
    "positioning.attributes": "strengths of our product alone",
    "positioning.attributes.lacked_by": "products that lack a strength of ours",
    "positioning.benefit": "the benefit for customers",
    "positioning.best_fit": "the customers that it fits best",
    "positioning.category": "the category of the product",
    "positioning.customers": "the customers",
    "positioning.need": "the need of customers",
    "positioning.themes": "the themes",
    "positioning.themes.attributes": "the proof of a theme",
    "press": "the facts for the press",
    "press.about": "the words about the company",
    "press.contact": "the contact for the press",
    "press.phone": "the telephone number for the press",
    "press.place": "the place of the press release",
    "pricing": "the prices",
    "pricing.amount": "the amount of a price",
    "proof": "proofs",
    "quotes": "quotes of customers",
    "quotes.permission": "the permission for a quote",
    "quotes.us": "a quote of our own",
    "research": "the research",
    "research.competence": "our own abilities",
    "research.deals": "deals that were won and lost",
    "research.maturity": "how mature the market is",
    "research.problems": "problems of customers",
    "research.problems.source": "the source of a problem",
    "research.segments": "segments of the market",
    "research.segments.size": "the size of a segment",
    "story": "the story",
    "support": "how customers get support",
}
#: the place of a section that a brief may write itself, ``documents.TASK.sections.NAME``
_SECTION = ".sections."


def part_in_words(place: str) -> str:
    """Return a part that a document lacks, such as ``the message in 50 words``."""
    if place in PARTS:
        return PARTS[place]
    if _SECTION in place:
        return f'the section "{_plain(place.partition(_SECTION)[2])}"'
    return _plain(place)


def _plain(place: str) -> str:
    return place.replace(".", " ").replace("_", " ")
