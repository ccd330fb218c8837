"""The product in 10, 25, 50 and 100 words: as the brief says it, else put together from its positioning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launch_kits.brief import Brief
from launch_kits.documents.filters import article, capitalized, sentence
from launch_kits.evidence import LENGTHS
from launch_kits.lines import Cited
from launch_kits.positioning import Attribute
from launch_kits.proofs import Supported

__all__ = ["Message", "messages_of"]


@dataclass(frozen=True, slots=True)
class Message:
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

    @property
    def count(self) -> int:
        return len(self.text.split())


def messages_of(brief: Brief, ours: Sequence[Supported[Attribute]]) -> tuple[Message, ...]:
    """The four messages, shortest first; ``ours`` are the attributes that their reader may see.

    What the brief does not say is put together from whole sentences of it (the value statement, the summary, each
    attribute with its value), as many as the length holds; one that would say no more than a shorter one is left open.
    """
    parts = list(_parts(brief, ours))
    made: list[Message] = []
    for key, words in LENGTHS.items():
        given = getattr(brief.messages, key)
        made.append(Message(words, key, given, given=True) if given else _built(key, words, parts, made))
    return tuple(made)


def _parts(brief: Brief, ours: Sequence[Supported[Attribute]]) -> Iterator[_Part]:
    place = brief.positioning
    if place.category and place.benefit:
        kind = f"{article(place.category)} {place.category}"
        yield _Part(f"{brief.product} is {kind} that {sentence(place.benefit)}.")
    if brief.summary:
        yield _Part(f"{capitalized(sentence(brief.summary))}.")
    for thing in ours:
        marks = dict.fromkeys(mark for line in thing.lines for mark in line.marks)
        sources = tuple(dict.fromkeys(source for line in thing.lines for source in line.sources))
        text = f"{capitalized(sentence(thing.item.value))}: {sentence(thing.item.text)}."
        yield _Part(text, "; ".join(marks), sources)


def _built(key: str, words: int, parts: Sequence[_Part], shorter: Sequence[Message]) -> Message:
    taken: list[_Part] = []
    room = words
    for part in parts:
        if part.count <= room:
            taken.append(part)
            room -= part.count
    text = " ".join(part.text for part in taken)
    if not text or any(text == other.text for other in shorter):
        return Message(words, key, None, given=False)
    marks = dict.fromkeys(part.mark for part in taken if part.mark)
    sources = dict.fromkeys(source for part in taken for source in part.sources)
    return Message(words, key, text, given=False, mark="; ".join(marks), sources=tuple(sources))
