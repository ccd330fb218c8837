"""The product in 10, 25, 50 and 100 words.

A message comes from the brief, or is built from its positioning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launch_kits.claims.lines import Cited
from launch_kits.claims.proofs import Supported
from launch_kits.documents.filters import covers
from launch_kits.documents.phrases import (
    article,
    behind,
    capitalized,
    ended,
    midsentence,
    sentence,
)
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.content import LENGTHS
from launch_kits.inputs.positioning import Attribute

__all__ = ["ProductMessage", "messages_of"]


@dataclass(frozen=True, slots=True)
class ProductMessage:
    """The product in a limited number of words."""

    #: the most words
    words: int
    #: its key in the brief, under ``messages``
    key: str
    #: None if the brief has too little to build it
    text: str | None
    #: whether it is in the brief; if not, it was built
    given: bool
    #: the marks that must be printed with it
    mark: str = ""
    sources: tuple[Cited, ...] = ()
    #: the text for a place without footnotes: each sentence says who measured its figures
    said: str | None = None

    @property
    def count(self) -> int:
        """The number of its words."""
        return len((self.text or "").split())

    @property
    def over(self) -> int:
        """The number of words beyond the limit."""
        return max(0, self.count - self.words)

    @property
    def length(self) -> int:
        """The number of its characters without footnotes, with its mark."""
        # a mark is printed after a space, in brackets
        mark = len(self.mark) + 3 if self.mark else 0
        return len(self.said or "") + mark


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence of a message."""

    text: str
    mark: str = ""
    sources: tuple[Cited, ...] = ()
    #: the text as the first sentence, which has to name the product
    alone: str = ""
    #: who measured the figures of its sources
    measured: str = ""

    def at(self, position: int) -> str:
        """The text at a position in a message."""
        return self.text if position else self.alone or self.text

    def said_at(self, position: int) -> str:
        """The text at a position in a message without footnotes."""
        text = self.at(position)
        # the shortest text has the value alone, which has no figures of a source
        if not self.measured or text == self.alone:
            return text
        return f"{sentence(text)} (measured by {self.measured})."


def messages_of(
    brief: Brief, ours: Sequence[Supported[Attribute]]
) -> tuple[ProductMessage, ...]:
    """The four messages of a brief, shortest first.

    ``ours`` are the attributes that the reader may see. A message that is not in the brief is built
    from whole sentences: the value statement, the summary, and each attribute with its value, as
    many as fit. A message that would only repeat a shorter one has no text.
    """
    parts = list(_parts(brief, ours))
    messages: list[ProductMessage] = []
    for key, words in LENGTHS.items():
        text = getattr(brief.messages, key)
        if text:
            given = ProductMessage(words, key, text, given=True, said=text)
            messages.append(given)
        else:
            messages.append(_built(key, words, parts, messages))
    return tuple(messages)


def _parts(brief: Brief, ours: Sequence[Supported[Attribute]]) -> Iterator[_Part]:
    positioning = brief.positioning
    category = behind(positioning.category or "", "a")
    first = ""
    summary = brief.summary or ""
    if category and positioning.benefit:
        benefit = ended(behind(positioning.benefit, "that"))
        first = f"{brief.product} is {article(category)} {category} that {benefit}"
        yield _Part(first)
    # a summary may say the same in fewer words
    again = category in summary.lower() and covers(first, summary, 100)
    if summary and not again:
        text = capitalized(ended(summary))
        named = brief.product.lower() in text.lower()
        yield _Part(
            text, alone=text if named else f"{brief.product}: {midsentence(text)}"
        )
    for attribute in ours:
        yield _attribute_part(brief, attribute)


def _attribute_part(brief: Brief, attribute: Supported[Attribute]) -> _Part:
    sources = [source for line in attribute.lines for source in line.sources]
    value = capitalized(attribute.item.value)
    measured = [source.measured_by for source in sources if source.measured_by]
    company = brief.brand.name or ", ".join(dict.fromkeys(measured))
    return _Part(
        text=f"{ended(value)} {capitalized(ended(attribute.item.text))}",
        mark="; ".join(attribute.marks),
        sources=tuple(dict.fromkeys(sources)),
        alone=f"{brief.product}: {ended(midsentence(value))}",
        measured=company if measured else "",
    )


def _built(
    key: str, words: int, parts: Sequence[_Part], shorter: Sequence[ProductMessage]
) -> ProductMessage:
    """Build a message of as many parts as fit into its words."""
    taken: list[_Part] = []
    sentences: list[str] = []
    for part in parts:
        following = part.at(len(taken))
        if len(" ".join([*sentences, following]).split()) <= words:
            taken.append(part)
            sentences.append(following)
    text = " ".join(sentences)
    if not text or any(text == other.text for other in shorter):
        return ProductMessage(words, key, None, given=False)
    marks = dict.fromkeys(part.mark for part in taken if part.mark)
    sources = dict.fromkeys(source for part in taken for source in part.sources)
    said = [part.said_at(position) for position, part in enumerate(taken)]
    return ProductMessage(
        words,
        key,
        text,
        given=False,
        mark="; ".join(marks),
        sources=tuple(sources),
        said=" ".join(said),
    )
