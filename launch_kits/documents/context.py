"""What a template is handed.

The facts, and the few functions that print them with marks and source numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from launch_kits.claims.ledger_view import LedgerView, cited, view_ledger
from launch_kits.claims.lines import Cited, PrintedClaim
from launch_kits.claims.proofs import Supported, prove, supported
from launch_kits.documents.escaping import Markdown, escape, link
from launch_kits.documents.facts import Facts
from launch_kits.documents.messages import ProductMessage, messages_of
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief_parts import Faq, Price
from launch_kits.inputs.content import Deal, Finding, Quote, Segment
from launch_kits.inputs.positioning import Alternative, Attribute

__all__ = ["NAMES", "USES", "TemplateContext", "footnote", "names_for"]

#: what each function of a template may look at, as names of the context and parts of the brief
USES: Mapping[str, tuple[str, ...]] = {
    "sheet": ("reader", "item"),
    "attributes": ("reader", "brief.positioning"),
    "prices": ("reader", "brief.pricing", "brief.positioning"),
    "questions": ("reader", "brief.faq", "brief.positioning"),
    "claims": ("reader", "brief.positioning"),
    "messages": (
        "reader",
        "brief.messages",
        "brief.product",
        "brief.summary",
        "brief.positioning",
    ),
    "problems": ("reader", "brief.research"),
    "quotes": ("reader", "brief.quotes"),
    "sourced": ("reader",),
    "clock": ("launch_on", "brief.timezone", "brief.team"),
    "gap": ("draft", "task.owner", "task.owner_name", "brief.team"),
    "say": (),
    "reply": (),
    "cite": (),
    "support": (),
    "fail": (),
}

#: the facts of a template
FACTS = (
    *("brief", "tasks", "task", "item", "today", "reader", "inside", "draft"),
    *("begin_on", "release_on", "launch_on", "feasible"),
)

#: every name that a template knows
NAMES = (*FACTS, *USES)

#: who said it, from where the reader sits
_BY = {"us": "ours", "them": "theirs", "other": "third party"}


#: ends of places in the brief whose lines are meant for a circle each
_FOR_READERS = (
    *(
        "disqualifiers",
        "objections",
        "our_weaknesses",
        "parity_do_not_claim",
        "pricing",
        "proof_points",
        "tone",
    ),
    *("faq", "quotes", "quotes, permission", "research.problems"),
)


@dataclass(slots=True)
class TemplateContext:
    """The functions of one document; it numbers the sources in the order in which they are used."""

    facts: Facts
    numbers: dict[tuple[str, str | None, str], int] = field(default_factory=dict)
    cited: list[Cited] = field(default_factory=list)
    #: whose eyes the document must bear
    audience: Audience = field(init=False)

    def __post_init__(self) -> None:
        self.audience = self.facts.audience

    def sheet(self, alternative: object) -> LedgerView:
        """What the reader may see of an alternative's claims.

        Raises DocumentError where it has none.
        """
        ledger = alternative.ledger if isinstance(alternative, Alternative) else None
        if ledger is None:
            raise DocumentError(
                "this document is about a competitor with claims; give its task `each: competitors`, "
                "and the alternative `claims`"
            )
        return view_ledger(ledger, today=self.facts.today, reader=self.audience)

    def attributes(self) -> tuple[Supported[Attribute], ...]:
        """The attributes that the reader may see, with their proofs."""
        facts = self.facts
        return supported(
            facts.brief,
            facts.brief.positioning.attributes,
            today=facts.today,
            reader=self.audience,
        )

    def prices(self) -> tuple[Supported[Price], ...]:
        """The prices that the reader may see, with their proofs."""
        facts = self.facts
        return supported(
            facts.brief, facts.brief.pricing, today=facts.today, reader=self.audience
        )

    def questions(self) -> tuple[Supported[Faq], ...]:
        """The questions and answers that the reader may see, with their proofs."""
        facts = self.facts
        return supported(
            facts.brief, facts.brief.faq, today=facts.today, reader=self.audience
        )

    def claims(self, refs: Iterable[str]) -> tuple[PrintedClaim, ...]:
        """The claims named, such as ``redis.q2``, that the reader may see."""
        facts = self.facts
        proofs = prove(
            facts.brief, tuple(refs), today=facts.today, reader=self.audience
        )
        return tuple(proof.line for proof in proofs if proof.line)

    def messages(self) -> tuple[ProductMessage, ...]:
        """The product in 10, 25, 50 and 100 words, as the brief says it or as its positioning gives it."""
        return messages_of(self.facts.brief, self.attributes())

    def problems(self) -> tuple[Finding, ...]:
        """The problems that customers have, as far as the reader may know of them."""
        return tuple(
            found
            for found in self.facts.brief.research.problems
            if self.audience.may_read(found.audience)
        )

    def quotes(self) -> tuple[Quote, ...]:
        """What was said of the product; outside, only what its speaker agreed to."""
        inside = self.audience is Audience.INTERNAL
        return tuple(
            quote
            for quote in self.facts.brief.quotes
            if inside or quote.permission == "given"
        )

    def sourced(self, thing: Finding | Segment | Deal | Quote) -> Markdown:
        """The number of the source of what the brief found out.

        For internal readers, that it has none.
        """
        if thing.source is None:
            return Markdown(
                _told("not sourced") if self.audience is Audience.INTERNAL else ""
            )
        return self.cite([cited(thing.source, self.facts.today, after_days=365)])

    def clock(self, minutes: int, email: str = "") -> str:
        """A time of the launch day, in minutes of the launch's own day, and what the clock of a person says then."""
        facts = self.facts
        midnight = datetime.combine(facts.launch_on, time(), facts.brief.zone())
        there = midnight + timedelta(minutes=minutes)
        here = there.astimezone(facts.brief.zone(email))
        days = (here.date() - there.date()).days
        return f"{here:%H:%M}" + (
            f" ({'+' if days > 0 else '-'}{abs(days)} day)" if days else ""
        )

    def cite(self, sources: Iterable[Cited]) -> Markdown:
        """The numbers of sources, as footnotes."""
        return Markdown("".join([f"[^{self._number(source)}]" for source in sources]))

    def _number(self, source: Cited) -> int:
        number = self.numbers.get(source.key)
        if number is None:
            self.cited.append(source)
            number = self.numbers[source.key] = len(self.cited)
        return number

    def say(self, line: PrintedClaim) -> Markdown:
        """A line as it is printed.

        Its text, a quote, what must be told with it, and its source numbers.
        """
        quote = f" “{escape(line.quote)}”" if line.quote else ""
        return Markdown(
            f"{escape(line.text)}{quote}{_told(line.mark)}{self._tick(line.for_customers)}{self.cite(line.sources)}"
        )

    def reply(self, line: PrintedClaim) -> Markdown:
        """The answer to an objection, printed as `say` prints a line."""
        told = f"{_told(line.mark)}{self._tick(line.for_customers)}"
        return Markdown(f"{escape(line.answer)}{told}{self.cite(line.sources)}")

    def _tick(self, for_customers: bool) -> str:
        """For internal readers, the sign of what customers may be told."""
        return "\u00a0✓" if for_customers and self.audience is Audience.INTERNAL else ""

    def support(
        self, thing: Supported[Attribute] | Supported[Price] | Supported[Faq]
    ) -> Markdown:
        """What must be told with a line of the brief, and the source numbers of its proof."""
        # a price of ours is our own word: nobody takes it for a measurement
        told = () if isinstance(thing.item, Price) else thing.lines
        marks = dict.fromkeys(mark for line in told for mark in line.marks)
        unproved = (
            "no proof yet"
            if self.audience is Audience.INTERNAL and not thing.proofs
            else ""
        )
        sources = dict.fromkeys(
            source for line in thing.lines for source in line.sources
        )
        proved = not thing.proofs or any(line.for_customers for line in thing.lines)
        tick = self._tick(
            isinstance(thing.item, Faq)
            and thing.item.audience is Audience.CUSTOMER
            and proved
        )
        return Markdown(
            f"{_told('; '.join(marks) or unproved)}{tick}{self.cite(sources)}"
        )

    def gap(self, what: str, where: str = "", role: str = "") -> Markdown:
        """For whoever works on the document, what is missing and who is to supply it; nothing for
        readers outside.

        ``where`` is its place in the brief; without one it has none and goes into the finished
        document. ``role`` has to supply it, by default the owner of the document.
        """
        facts = self.facts
        if facts.reader is not Audience.INTERNAL:
            return Markdown("")
        holder = facts.brief.holder(role or "pmm")
        own = facts.task if facts.task and not role else None
        name, email = (
            (own.owner_name, own.owner) if own else (holder.name, holder.email)
        )
        place = (
            f"supply `{where}` in the brief"
            if where
            else "write it into the finished document"
        )
        # the ledger may well hold some of it, for inner circles
        outside = self.audience is not Audience.INTERNAL and where.endswith(
            _FOR_READERS
        )
        what = f"{what} (that {self.audience}s may read)" if outside else what
        return Markdown(
            f"*Missing: {escape(what)}.* {escape(name)} ({escape(email)}) to {place}."
        )

    def fail(self, message: str) -> None:
        """End the document with a message for whoever asked for it; raises DocumentError."""
        raise DocumentError(message)

    def sources(self) -> str:
        """The sources used, numbered, as Markdown footnotes under a heading.

        Empty where there are none.
        """
        if not self.cited:
            return ""
        outside = self.audience is Audience.CUSTOMER
        notes = [
            f"[^{number}]: {footnote(source, plain=outside)}"
            for number, source in enumerate(self.cited, 1)
        ]
        return "\n".join(["", "## Sources", "", *notes, ""])


def _told(mark: str) -> str:
    return f" *({escape(mark)})*" if mark else ""


@lru_cache(maxsize=4096)
def footnote(source: Cited, *, plain: bool) -> str:
    """A source as a footnote says it.

    ``plain`` leaves out what concerns only those who keep the ledger.
    """
    line = (
        ""
        if source.line is None
        else f", {'lines' if re.search(r'[-,]', source.line) else 'line'} {source.line}"
    )
    where = f"{link(source.url, source.title or _short(source.url))}{escape(line) if line else ''}"
    dated = "date unknown" if source.as_of == "unknown" else source.as_of
    if plain:
        return f"{where}, {dated}"
    details = [
        _BY.get(source.by or "", ""),
        dated,
        str(escape(source.quality)),
        "**stale**" if source.stale else "",
    ]
    return f"{where}: {', '.join(detail for detail in details if detail)}"


def _short(url: str) -> str:
    """An address as a reader wants it: the host and the last step of the path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    steps = [step for step in parts.path.split("/") if step]
    if not parts.netloc or not steps:
        return parts.netloc or url
    return "/".join([parts.netloc, *(["…"] if len(steps) > 1 else []), steps[-1]])


def names_for(facts: Facts, context: TemplateContext) -> dict[str, object]:
    """The names that a template knows, those of ``NAMES``."""
    reader = facts.audience
    return {
        "brief": facts.brief,
        "tasks": facts.tasks,
        "task": facts.task,
        "item": facts.task.item if facts.task else None,
        "today": facts.today,
        "reader": reader.value,
        "inside": reader is Audience.INTERNAL,
        # whoever works on a document meant for others sees it as those will, and what it lacks
        # beside
        "draft": facts.reader is Audience.INTERNAL,
        "begin_on": facts.begin_on,
        "release_on": facts.release_on,
        "launch_on": facts.launch_on,
        "feasible": facts.feasible,
        **{name: getattr(context, name) for name in USES},
    }
