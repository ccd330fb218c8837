"""The product in 10, 25, 50 and 100 words.

As the brief says it, else put together from its positioning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launch_kits.claims.lines import Cited
from launch_kits.claims.proofs import Supported
from launch_kits.documents.filters import article, capitalized, sentence
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.content import LENGTHS
from launch_kits.inputs.positioning import Attribute

__all__ = ["ProductMessage", "messages_of"]


@dataclass(frozen=True, slots=True)
class ProductMessage:
    """The product in so many words at most."""

    #: at most
    words: int
    #: the key of the brief that says it
    key: str
    #: None where the brief has too little to say it
    text: str | None
    #: whether the brief says it itself
    given: bool
    #: what must be told with it
    mark: str = ""
    sources: tuple[Cited, ...] = ()

    @property
    def count(self) -> int:
        """How many words it has."""
        return len((self.text or "").split())

    @property
    def over(self) -> int:
        """How many words it has too many."""
        return max(0, self.count - self.words)

    @property
    def length(self) -> int:
        """Its characters, with what must be told with it."""
        return len(self.text or "") + (len(self.mark) + 3 if self.mark else 0)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    mark: str = ""
    sources: tuple[Cited, ...] = ()
    #: as it reads where it comes first, and has to name the product
    alone: str = ""

    def at(self, position: int) -> str:
        """Its text at a place in a message."""
        return self.text if position else self.alone or self.text


def messages_of(
    brief: Brief, ours: Sequence[Supported[Attribute]]
) -> tuple[ProductMessage, ...]:
    """The four messages, shortest first; ``ours`` are the attributes that their reader may see.

    What the brief does not say is put together from whole sentences of it (the value statement, the
    summary, each attribute with its value), as many as the length holds; one that would say no more
    than a shorter one is left open.
    """
    parts = list(_parts(brief, ours))
    made: list[ProductMessage] = []
    for key, words in LENGTHS.items():
        given = getattr(brief.messages, key)
        made.append(
            ProductMessage(words, key, given, given=True)
            if given
            else _built(key, words, parts, made)
        )
    return tuple(made)


def _parts(brief: Brief, ours: Sequence[Supported[Attribute]]) -> Iterator[_Part]:
    place = brief.positioning
    if place.category and place.benefit:
        kind = f"{article(place.category)} {place.category}"
        yield _Part(f"{brief.product} is {kind} that {sentence(place.benefit)}.")
    if brief.summary:
        text = f"{capitalized(sentence(brief.summary))}."
        named = brief.product.lower() in text.lower()
        yield _Part(text, alone=text if named else f"{brief.product}: {text}")
    for thing in ours:
        marks = dict.fromkeys(mark for line in thing.lines for mark in line.marks)
        sources = tuple(
            dict.fromkeys(source for line in thing.lines for source in line.sources)
        )
        text = (
            f"{capitalized(sentence(thing.item.value))}: {sentence(thing.item.text)}."
        )
        alone = f"{brief.product}: {capitalized(sentence(thing.item.value))}."
        yield _Part(text, "; ".join(marks), sources, alone=alone)


def _built(
    key: str, words: int, parts: Sequence[_Part], shorter: Sequence[ProductMessage]
) -> ProductMessage:
    taken: list[_Part] = []
    sentences: list[str] = []
    for part in parts:
        said = part.at(len(taken))
        if len(" ".join([*sentences, said]).split()) <= words:
            taken.append(part)
            sentences.append(said)
    text = " ".join(sentences)
    if not text or any(text == other.text for other in shorter):
        return ProductMessage(words, key, None, given=False)
    marks = dict.fromkeys(part.mark for part in taken if part.mark)
    sources = dict.fromkeys(source for part in taken for source in part.sources)
    return ProductMessage(
        words, key, text, given=False, mark="; ".join(marks), sources=tuple(sources)
    )
