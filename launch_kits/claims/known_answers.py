"""Known answers to questions of sellers: from the cards, the FAQ, and the answer desk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from launch_kits.claims.doubtable import faq_ref
from launch_kits.claims.ledger_view import view_ledger
from launch_kits.claims.lines import Cited, PrintedClaim
from launch_kits.claims.marks import OWN_WORD
from launch_kits.claims.proofs import supported
from launch_kits.claims.similarity import ALIKE, Likeness
from launch_kits.claims.subjects import names_them, subject_of
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.ledger import Card, Kind
from launch_kits.inputs.positioning import Alternative

__all__ = ["KnownAnswer", "best_answer", "card_answers", "faq_answers"]

#: the sections whose lines answer a question beside the objections
_STATED = (
    "why_we_win",
    "parity_do_not_claim",
    "our_weaknesses",
    "their_strengths",
    "their_weaknesses",
    "pricing",
    "proof_points",
    "overview",
)


#: words by which a question speaks of a competitor without its name
_OF_THEM = frozenset(["they", "them", "their", "theirs"])


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """An answer, and the question or statement that it fits."""

    #: ``redis.q2``, ``question.7``, or ``faq.`` with the digest of its question
    ref: str
    asks: str
    says: str
    #: its place, such as ``the card on Redis`` or ``the FAQ``
    place: str
    sources: tuple[Cited, ...] = ()
    #: a source in words, of an answer of the desk
    stated: str = ""
    #: the marks of a claim, in words
    mark: str = ""
    #: the card of the competitor that the statement is about; it answers no other question
    them: Card | None = None
    for_customers: bool = False

    @property
    def sourced(self) -> bool:
        """Whether it has a source."""
        return bool(self.sources or self.stated)

    @property
    def source(self) -> str:
        """Its source as one text: links, else its own words; empty without one."""
        return ", ".join(self.references)

    @property
    def references(self) -> tuple[str, ...]:
        """Its sources, each a link or its own words."""
        urls = tuple(dict.fromkeys(each.url for each in self.sources))
        return urls or ((self.stated,) if self.stated else ())


def best_answer(
    question: str, known: Sequence[KnownAnswer], *, of_them: bool = False
) -> KnownAnswer | None:
    """The known answer that is most like a question, or None if none is alike.

    A statement about a competitor answers only a question that names it or speaks of `them`, or one
    that was put to its card, as ``of_them`` says. Of two that are equally alike the first is taken.
    """
    if not of_them:
        known = [each for each in known if _is_asked_about(each, question)]
    # a statement is its own answer, and no other text
    pairs = [(each.asks, "" if each.says == each.asks else each.says) for each in known]
    scores = Likeness(pairs).scores(question)
    best = max(range(len(known)), key=scores.__getitem__, default=None)
    return known[best] if best is not None and scores[best] >= ALIKE else None


def _is_asked_about(known: KnownAnswer, question: str) -> bool:
    if known.them is None or names_them(known.them, question):
        return True
    return not _OF_THEM.isdisjoint(question.casefold().split())


def card_answers(
    alternative: Alternative,
    *,
    today: date,
    reader: Audience,
    questioned: Collection[str] = (),
) -> Iterator[KnownAnswer]:
    """The answers of a competitor's card that a reader may see, objections first.

    ``questioned`` has the references of claims in doubt; they are left out.
    """
    if alternative.ledger is None:
        return
    view = view_ledger(alternative.ledger, today=today, reader=reader)
    for section in ("objections", *_STATED):
        for line in view.sections[section]:
            if f"{alternative.key}.{line.id}" not in questioned:
                answer = _of_line(alternative, line)
                claim = alternative.ledger.find(line.id)
                about = claim and subject_of(alternative.ledger, claim, section)
                them = alternative.ledger.card if about == "them" else None
                yield replace(answer, them=them)


def _of_line(alternative: Alternative, line: PrintedClaim) -> KnownAnswer:
    return KnownAnswer(
        ref=f"{alternative.key}.{line.id}",
        asks=line.text,
        says=line.answer or line.text,
        place=f"the card on {alternative.name}",
        sources=() if line.kind is Kind.UNKNOWN else line.sources,
        mark=line.mark,
        for_customers=line.for_customers,
    )


def faq_answers(
    brief: Brief,
    *,
    today: date,
    reader: Audience,
    questioned: Collection[str] = (),
) -> Iterator[KnownAnswer]:
    """The answers of the brief's FAQ that a reader may see.

    An entry in doubt, or whose proofs are all in doubt, is left out.
    """
    for entry in supported(brief, brief.faq, today=today, reader=reader):
        ref = faq_ref(entry.item.ask)
        if ref in questioned:
            continue
        proofs = [each for each in entry.proofs if each.ref not in questioned]
        lines = [each.line for each in proofs if each.line]
        if entry.proofs and not lines:
            continue
        sources = [source for line in lines for source in line.sources]
        own = entry.item.source
        own_word = OWN_WORD if entry.own_word else ""
        yield KnownAnswer(
            ref=ref,
            asks=entry.item.ask,
            says=entry.item.answer,
            place="the FAQ",
            sources=tuple(dict.fromkeys(sources)),
            stated=own.url if own else own_word,
            mark="; ".join(
                dict.fromkeys(mark for line in lines for mark in line.marks)
            ),
            for_customers=entry.item.audience is Audience.CUSTOMER,
        )
