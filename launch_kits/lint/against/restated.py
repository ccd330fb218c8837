"""Find ledger lines that a text paraphrases: the same stems, in another order."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from launch_kits.claims.similarity import stems
from launch_kits.lint.against.texts import OutsideText

__all__ = ["Restated"]

#: stems that a line must have, so that a sentence can be known as the same
_FEWEST = 4
#: the share of a line's weight that a sentence must have
_COVERED = 0.75
#: how much more of a sentence a line must cover than each line that the reader may see
_MORE = 0.15
_SENTENCE = re.compile(r"[^\n\v.!?]+(?:[.!?](?!\s|$)[^\n\v.!?]*)*")
_FIGURE = re.compile(r"\d")

#: words → their weight
_Weight = Callable[[Iterable[str]], float]


class _Sentence(NamedTuple):
    start: int
    stems: frozenset[str]


class Restated:
    """Finds lines in a text by the words that they share with a sentence.

    ``known`` are the lines that the reader may see. Words are weighted by how rare they are among
    these and the lines that are looked for.
    """

    def __init__(self, text: OutsideText, known: Iterable[str]) -> None:
        self._sentences = list(_sentences(text.text))
        self._allowed = [frozenset(stems(line)) for line in dict.fromkeys(known)]

    def find(self, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the index of a line, and the offset of the first sentence that says it."""
        asked = [frozenset(stems(line)) for line in lines]
        counts = Counter(stem for words in (*self._allowed, *asked) for stem in words)
        total = len(self._allowed) + len(asked)

        def weight(words: Iterable[str]) -> float:
            return sum(math.log(1 + (1 + total) / (1 + counts[word])) for word in words)

        for index, words in enumerate(asked):
            if len(words) < _FEWEST:
                continue
            figures = frozenset(word for word in words if _FIGURE.search(word))
            needed = _COVERED * weight(words)
            for sentence in self._sentences:
                shared = words & sentence.stems
                if (
                    len(shared) >= _FEWEST
                    and figures <= shared
                    and weight(shared) >= needed
                    and not self._is_allowed(sentence, weight(shared), weight)
                ):
                    yield index, sentence.start
                    break

    def _is_allowed(self, sentence: _Sentence, found: float, weight: _Weight) -> bool:
        """Whether a visible line covers about as much of a sentence."""
        most = found / (1 + _MORE)
        return any(
            weight(line & sentence.stems) >= most
            for line in self._allowed
            if len(line & sentence.stems) >= _FEWEST - 1
        )


def _sentences(text: str) -> Iterator[_Sentence]:
    for found in _SENTENCE.finditer(text):
        words = frozenset(stems(found[0]))
        if len(words) >= _FEWEST:
            yield _Sentence(found.start(), words)
