"""The product in 10, 25, 50 and 100 words.

A message comes from the brief, or is a whole sentence made of its positioning or its summary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launch_kits.documents.filters import covers
from launch_kits.documents.phrases import (
    article,
    behind,
    capitalized,
    ended,
    is_phrase,
    midsentence,
    told_of,
)
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.content import LENGTHS

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
        """The number of its characters."""
        return len(self.text or "")


def messages_of(brief: Brief) -> tuple[ProductMessage, ...]:
    """The four messages of a brief, shortest first.

    A message that is not in the brief is the value statement and the summary, if that is a
    sentence of its own, or one of them, as they fit. Nothing else is strung together. A message
    that would only repeat a shorter one has no text.
    """
    texts = list(_texts(brief))
    messages: list[ProductMessage] = []
    for key, words in LENGTHS.items():
        text = getattr(brief.messages, key)
        if text:
            messages.append(ProductMessage(words, key, text, given=True))
        else:
            built = _built(words, texts, messages)
            messages.append(ProductMessage(words, key, built, given=False))
    return tuple(messages)


def _texts(brief: Brief) -> Iterator[str]:
    """The texts of a message that is built, the longest first."""
    positioning = brief.positioning
    category = behind(positioning.category or "", "a")
    first = ""
    summary = brief.summary or ""
    if category and positioning.benefit:
        benefit = ended(behind(positioning.benefit, "that"))
        first = f"{brief.product} is {article(category)} {category} that {benefit}"
    # a summary may say the same in fewer words
    again = category in summary.lower() and covers(first, summary, 100)
    if first and summary and not again and not is_phrase(summary):
        yield f"{first} {capitalized(ended(summary))}"
    if first:
        yield first
    if summary and not again:
        yield _named(brief.product, ended(summary))


def _named(product: str, summary: str) -> str:
    """A summary as a sentence that names the product."""
    if product.lower() in summary.lower():
        return capitalized(summary)
    if is_phrase(summary):
        return told_of(summary, product)
    return f"{product}: {midsentence(summary)}"


def _built(
    words: int, texts: Sequence[str], shorter: Sequence[ProductMessage]
) -> str | None:
    """The first text that fits, unless a shorter message says it."""
    fit = next((each for each in texts if len(each.split()) <= words), None)
    return None if any(fit == other.text for other in shorter) else fit
