"""The front of a competitor's card: the lines that a seller reads in the minute before a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from launch_kits.claims.ledger_view import LedgerView, view_ledger
from launch_kits.claims.lines import DOUBTS, Mark, PrintedClaim
from launch_kits.claims.questioned import NO_DOUBTS, doubted_view
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.links import is_web_link
from launch_kits.inputs.positioning import Alternative

__all__ = ["FRONT", "CardFront", "FrontLine", "card_front", "words_in"]

#: section of the ledger → its heading on the front, in the order of the card
FRONT = {
    "overview": "Snapshot",
    "their_strengths": "Where they win",
    "why_we_win": "Where we win",
    "parity_do_not_claim": "Do not claim",
    "landmine_questions": "Ask",
    "disqualifiers": "Walk away when",
}
#: the sections in the order of their use, if there is not room for all
_FIRST = (
    "why_we_win",
    "their_strengths",
    "landmine_questions",
    "parity_do_not_claim",
    "disqualifiers",
    "overview",
)
#: lines of a section at most
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A line of the front."""

    #: the reference of the claim, such as ``redis.y1``
    ref: str
    section: str
    text: str
    #: its marks in words; empty without any
    mark: str
    #: the hosts of its sources, such as ``valkey.io``
    hosts: tuple[str, ...]
    for_customers: bool
    #: whether it is in doubt
    questioned: bool

    @property
    def shown(self) -> str:
        """The line as one text: with marks, sources, and the sign that customers may be told."""
        mark = f" ({self.mark})" if self.mark else ""
        tick = " ✓" if self.for_customers else ""
        hosts = f" [{', '.join(self.hosts)}]" if self.hosts else ""
        return f"{self.text}{mark}{tick}{hosts}"


@dataclass(frozen=True, slots=True)
class CardFront:
    """The front of a card, within a number of words."""

    key: str
    name: str
    us: str
    them: str
    next_review_on: date
    verified_on: date
    #: whether the ledger names a source that a person can have read
    verified: bool
    #: whether the card's review is overdue
    stale: bool
    #: by section, in the order of `FRONT`
    lines: tuple[FrontLine, ...]
    #: lines of the front's sections that did not fit
    left_out: int
    #: the subjects on which sources disagree
    conflicts: tuple[str, ...]


def card_front(
    alternative: Alternative,
    *,
    today: date,
    reader: Audience,
    words: int,
    per_line: int = 0,
    questioned: Mapping[str, Mark] = NO_DOUBTS,
) -> CardFront:
    """The front of a competitor's card for a reader on a day.

    Its headings and lines have at most so many ``words``; each line costs ``per_line`` more, for
    the words beside it. Raises TypeError for an alternative without claims.
    """
    ledger = alternative.ledger
    if ledger is None:
        raise TypeError(f"{alternative.key} has no claims, so it has no card")
    view = view_ledger(ledger, today=today, reader=reader)
    view = doubted_view(view, alternative.key, questioned, reader=reader)
    lines = _fitting(alternative.key, view, words, per_line)
    there = sum(len(view.sections[section]) for section in FRONT)
    return CardFront(
        key=alternative.key,
        name=alternative.name,
        us=view.card.us,
        them=view.card.them,
        next_review_on=view.card.next_review_on,
        verified_on=view.card.verified_on,
        verified=view.verified,
        stale=view.stale,
        lines=lines,
        left_out=there - len(lines),
        conflicts=tuple(each.subject for each in view.conflicts),
    )


def words_in(text: str) -> int:
    """The number of words of a text, as people count them."""
    return len(text.split())


def _fitting(
    key: str, view: LedgerView, words: int, per_line: int
) -> tuple[FrontLine, ...]:
    """The lines that fit: the first of each section, then the second of each, and so on."""
    kept: list[FrontLine] = []
    headed: set[str] = set()
    for number in range(MOST_LINES):
        for section in _FIRST:
            found = _nth(key, section, view.sections[section], number)
            if found is None:
                continue
            heading = 0 if section in headed else words_in(FRONT[section])
            cost = words_in(found.shown) + heading + per_line
            if cost <= words:
                words -= cost
                headed.add(section)
                kept.append(found)
    order = list(FRONT)
    return tuple(sorted(kept, key=lambda line: order.index(line.section)))


def _host(url: str) -> str:
    """The host of a link; a place that is not on the web is its own name."""
    return urlsplit(url).hostname or "" if is_web_link(url) else url


def _nth(
    key: str, section: str, lines: Sequence[PrintedClaim], number: int
) -> FrontLine | None:
    if number >= len(lines):
        return None
    line = lines[number]
    hosts = (_host(source.url) for source in line.sources)
    return FrontLine(
        ref=f"{key}.{line.id}",
        section=section,
        text=line.text,
        mark=line.mark,
        hosts=tuple(dict.fromkeys(host.removeprefix("www.") for host in hosts if host)),
        for_customers=line.for_customers,
        questioned=not DOUBTS.isdisjoint(line.marks),
    )
