"""The functions that a template may call.

They print the facts with the marks and the source numbers that belong to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TypeVar

from launch_kits.claims.ledger_view import LedgerView, cited, view_ledger
from launch_kits.claims.lines import Cited, PrintedClaim
from launch_kits.claims.proofs import Supported, prove, supported, unproven
from launch_kits.claims.questioned import doubted_lines, doubted_supports, doubted_view
from launch_kits.claims.subjects import short_name
from launch_kits.documents.bounds import spend_on
from launch_kits.documents.brief_statements import (
    marks_for,
    problems_for,
    promises_for,
    unsourced,
)
from launch_kits.documents.dates import on_clock
from launch_kits.documents.escaping import Markdown, escape, remark, written
from launch_kits.documents.facts import DeskEntry, Facts
from launch_kits.documents.footnotes import better, source_list
from launch_kits.documents.gaps import Gap, gap_of, to_finish
from launch_kits.documents.messages import ProductMessage, messages_of
from launch_kits.documents.phrases import ended, sentence
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief_parts import Commitment, Faq, Price
from launch_kits.inputs.content import Deal, Finding, Quote, Segment
from launch_kits.inputs.ledger import Kind
from launch_kits.inputs.positioning import Alternative, Attribute, Theme

__all__ = ["TemplateContext"]

P = TypeVar("P", Attribute, Price, Faq)

#: the most gaps that are listed
MOST_GAPS = 100


@dataclass(slots=True)
class TemplateContext:
    """The functions of one document.

    It numbers the sources in the order in which the template uses them.
    """

    facts: Facts
    numbers: dict[tuple[str, str | None], int] = field(default_factory=dict)
    cited: list[Cited] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    held_back: list[str] = field(default_factory=list)
    #: the readers for whom the document must be fit
    audience: Audience = field(init=False)
    #: section → the text that the brief has in its place
    overrides: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.audience = self.facts.audience
        self.overrides = self.facts.overrides

    def sheet(self, alternative: object) -> LedgerView:
        """The claims about an alternative that the reader may see.

        Raises DocumentError if the alternative has no claims.
        """
        ledger = alternative.ledger if isinstance(alternative, Alternative) else None
        if ledger is None:
            raise DocumentError(
                "this document needs a competitor with claims; "
                "give its task `each: competitors`, and the alternative `claims`"
            )
        found = view_ledger(ledger, today=self.facts.today, reader=self.audience)
        key = alternative.key if isinstance(alternative, Alternative) else ""
        doubted = self.facts.questioned
        return doubted_view(found, key, doubted, reader=self.audience)

    def _supported(self, items: Sequence[P]) -> tuple[Supported[P], ...]:
        """The lines of the brief that the reader may see, with their proofs."""
        facts = self.facts
        reader = self.audience
        found = supported(facts.brief, items, today=facts.today, reader=reader)
        return doubted_supports(found, facts.questioned, reader=reader)

    def attributes(self) -> tuple[Supported[Attribute], ...]:
        """The attributes that the reader may see, with their proofs."""
        ours = self.facts.brief.positioning.attributes
        for each in unproven(self.facts.brief, ours, reader=self.audience):
            where = f"positioning.attributes.{each.key}.proof"
            self.gap(f"a proof of “{each.text}”", where)
        return self._supported(ours)

    def themes(self) -> tuple[Theme, ...]:
        """The messages that rest on an attribute which the reader may see.

        Internal readers see all of them.
        """
        place = self.facts.brief.positioning
        if self.audience is Audience.INTERNAL:
            return place.themes
        proved = {thing.item.key for thing in self._supported(place.attributes)}
        return tuple(each for each in place.themes if proved & {*each.attributes})

    def prices(self) -> tuple[Supported[Price], ...]:
        """The prices that the reader may see, with their proofs.

        Those that are not decided are for the people who work on the document; others lack them.
        """
        inside = self.facts.reader is Audience.INTERNAL
        told = [price for price in self.facts.brief.pricing if inside or price.decided]
        for price in self.facts.brief.pricing:
            if price not in told:
                self.gap(f"the price of {price.plan}", "pricing.amount", "lead")
        return self._supported(told)

    def questions(self) -> tuple[Supported[Faq], ...]:
        """The questions and answers that the reader may see, with their proofs."""
        for each in unproven(
            self.facts.brief, self.facts.brief.faq, reader=self.audience
        ):
            self.gap(f"a source of the answer to “{each.ask}”", "faq.source")
        return self._supported(self.facts.brief.faq)

    def claims(self, refs: Iterable[str]) -> tuple[PrintedClaim, ...]:
        """The named claims, such as ``redis.q2``, that the reader may see."""
        proofs = prove(
            self.facts.brief,
            tuple(refs),
            today=self.facts.today,
            reader=self.audience,
        )
        lines = [(proof.ref, proof.line) for proof in proofs if proof.line]
        return doubted_lines(lines, self.facts.questioned, reader=self.audience)

    def desk(self) -> tuple[DeskEntry, ...]:
        """The questions of sellers that the FAQ does not have; only for internal readers."""
        inside = self.audience is Audience.INTERNAL
        return self.facts.desk if inside else ()

    def messages(self) -> tuple[ProductMessage, ...]:
        """The product in 10, 25, 50 and 100 words."""
        return messages_of(self.facts.brief)

    def problems(self) -> tuple[Finding, ...]:
        """The problems that the reader may see; outside the company, those with a source."""
        return tuple(problems_for(self.facts.brief, self.audience, self.gap))

    def commitments(self) -> tuple[Commitment, ...]:
        """The promises that the reader may see; outside, our own word or with a source."""
        return tuple(promises_for(self.facts.brief, self.audience, self.gap))

    def quotes(self) -> tuple[Quote, ...]:
        """The quotes that the reader may see.

        Readers outside the company see a quote only if its speaker has agreed.
        """
        known = self.facts.brief.quotes
        if self.audience is Audience.INTERNAL:
            return known
        return tuple(each for each in known if each.permission == "given")

    def sourced(self, thing: Finding | Segment | Deal | Quote | Commitment) -> Markdown:
        """The source number of a finding, segment, deal or quote.

        If it has no source, internal readers are told so, and others see nothing.
        """
        if thing.source is None:
            inside = self.audience is Audience.INTERNAL
            said = unsourced(thing, self.facts.brief) if inside else ""
            return Markdown(remark(said))
        return self.cite([cited(thing.source, self.facts.today, after_days=365)])

    def clock(self, minutes: int, email: str = "") -> str:
        """A time of the launch day on a person's clock.

        ``minutes`` count from midnight in the time zone of the launch; the time shown is in the
        time zone of the person, or of the launch if no email is given.
        """
        brief = self.facts.brief
        midnight = datetime.combine(self.facts.launch_on, time(), brief.zone())
        return on_clock(midnight + timedelta(minutes=minutes), brief.zone(email))

    def cite(self, sources: Iterable[Cited]) -> Markdown:
        """The numbers of sources, as footnotes."""
        numbers = dict.fromkeys(self._number(source) for source in sources)
        return Markdown("".join([f"[^{number}]" for number in numbers]))

    def _number(self, source: Cited) -> int:
        number = self.numbers.get(source.key)
        if number is None:
            self.cited.append(source)
            number = self.numbers[source.key] = len(self.cited)
        else:
            self.cited[number - 1] = better(self.cited[number - 1], source)
        return number

    def say(
        self, line: PrintedClaim, *, named: bool = False, bare: bool = False
    ) -> Markdown:
        """A claim as it is printed: text, quote, marks, source numbers.

        A claim about a competitor names it, except in the document about that competitor, or if
        the words before it have ``named`` it. A ``bare`` one has no full stop.
        """
        quote = f" “{escape(line.quote)}”" if line.quote else ""
        name = "" if named or self._about_item(line) else line.nameless
        subject = f"{escape(name)}: " if name else ""
        whole = line.text if line.kind is Kind.UNKNOWN else ended(line.text)
        shown = escape(sentence(line.text) if bare else whole)
        return Markdown(f"{subject}{shown}{quote}{self._marks_of(line)}")

    def _about_item(self, line: PrintedClaim) -> bool:
        """Whether the document is about the competitor of a line."""
        item = self.facts.task.item if self.facts.task else None
        ledger = item.ledger if isinstance(item, Alternative) else None
        return ledger is not None and short_name(ledger.card.them) == line.nameless

    def reply(self, line: PrintedClaim) -> Markdown:
        """The answer to an objection, with its marks and source numbers."""
        answer = escape(ended(line.answer or ""))
        return Markdown(f"{answer}{self._marks_of(line)}")

    def _marks_of(self, line: PrintedClaim) -> str:
        sources = self.cite(line.sources)
        return f"{remark(line.mark)}{self._tick(line.for_customers)}{sources}"

    def _tick(self, for_customers: bool) -> str:
        """The sign, for internal readers, that customers may be told."""
        return "\u00a0✓" if for_customers and self.audience is Audience.INTERNAL else ""

    def support(
        self, thing: Supported[Attribute] | Supported[Price] | Supported[Faq]
    ) -> Markdown:
        """The marks of a line of the brief, and the sources of its proofs."""
        sources = [source for line in thing.lines for source in line.sources]
        if isinstance(thing.item, Faq) and thing.item.source is not None:
            sources.append(cited(thing.item.source, self.facts.today, after_days=365))
        return Markdown(
            f"{remark(marks_for(thing, self.audience))}"
            f"{self._tick(thing.for_customers)}"
            f"{self.cite(dict.fromkeys(sources))}"
        )

    def gap(
        self, what: str, where: str = "", role: str = "", section: str = ""
    ) -> Markdown:
        """Note a missing part of the document.

        ``where`` is its place in the brief, by default the ``section`` that the brief may write;
        a part without either is written into the finished document. ``role`` supplies it, by
        default the owner of the document.

        Returns the word for it, or nothing for readers outside the company.
        """
        spend_on(what)
        spend_on(where)
        found = gap_of(self.facts, what, where, role=role, section=section)
        if found not in self.gaps and len(self.gaps) < MOST_GAPS:
            self.gaps.append(found)
        return Markdown("*open*" if self.facts.reader is Audience.INTERNAL else "")

    def hold_back(self, where: str) -> Markdown:
        """Keep the document from readers outside, since it lacks a part; prints nothing."""
        if where not in self.held_back and len(self.held_back) < MOST_GAPS:
            self.held_back.append(where)
        return Markdown("")

    def override(self, section: str) -> Markdown:
        """The text that the brief has in the place of a section; empty if it has none."""
        return written(self.overrides.get(section, ""))

    def fail(self, message: str) -> None:
        """Refuse to make the document, with a message.

        Raises DocumentError with that message.
        """
        raise DocumentError(message)

    def to_finish(self) -> str:
        """The missing parts as a list, for the people who work on the document."""
        if self.facts.reader is not Audience.INTERNAL:
            return ""
        emails = {person.email for person in self.facts.brief.team.values()}
        return to_finish(self.gaps, named=len(emails) > 1)

    def sources(self) -> str:
        """The sources used, as numbered footnotes under a heading; empty if there are none."""
        # a figure is measured by a company and not by its product
        brand = self.facts.brief.brand
        plain = self.audience is not Audience.INTERNAL
        return source_list(
            self.cited, plain=plain, company=brand.name, dates=brand.dates
        )
