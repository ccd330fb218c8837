"""Likeness of short texts by the words that they share.

Words are folded, cut to their stems and weighted by how rare they are (TF-IDF). A score is the mean
of two shares between 0 and 1: the cosine with the text itself, and the part of the question that
the text and its answer cover.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

__all__ = ["ALIKE", "Likeness", "stems"]

#: the least score of two texts that mean the same, measured on the questions of the tests
ALIKE = 0.42
#: the weight of a word that only the answer has
OF_ANSWER = 0.55
#: how alike the letters of a mistyped word must be to a known one
TYPED = 0.84
#: characters of a text that are read, and of a word
MOST = 2000
LONGEST = 40

_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*")
_STOP = frozenset(
    """
    a about again all also am an and any are as ask at be been before but by can could
    customer customers did do does for from get got had has have he her him his how i if
    in into is isn't it it's its just like many me much my no not now of off ok on one
    or our out over please really said say says she should so some still tell than that
    that's the their them then there they they're this to told too up us use used uses
    using very was we we're were what what's when where which who why will with would
    yes yet you your
    """.split()  # noqa: SIM905  a list would have a line for each word
)
#: words that sellers use for one thing
_ALIKE = (
    "price cost pricing priced fee expensive cheap",
    "licence license licensing licensed licences licenses",
    "move migrate migration migrating switch port upgrade",
    "fast faster speed performance throughput quick",
    "backed behind backing",
)
_ENDINGS = ("ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "e", "ly")


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004
            return word[: -len(ending)]
    return word


_SAME: Mapping[str, str] = {
    _stem(word): _stem(group.split()[0]) for group in _ALIKE for word in group.split()
}


def stems(text: str) -> list[str]:
    """The words of a text that carry its meaning, as stems, in their order."""
    folded = text[:MOST].casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    folded = folded.replace("opensource", "open source")
    words = (word[:LONGEST] for word in _WORD.findall(folded))
    found = (_stem(word) for word in words if word not in _STOP)
    return [_SAME.get(stem, stem) for stem in found]


@dataclass(frozen=True, slots=True)
class _Known:
    asks: frozenset[str]
    says: frozenset[str]


class Likeness:
    """Compares a question with known ones: pairs of a text and its answer, perhaps empty."""

    def __init__(self, known: Sequence[tuple[str, str]]) -> None:
        self._known = [
            _Known(frozenset(stems(asks)), frozenset(stems(says)))
            for asks, says in known
        ]
        self._in_texts = Counter(
            word for each in self._known for word in each.asks | each.says
        )

    def scores(self, question: str) -> list[float]:
        """The score of each known text, between 0 and 1."""
        asked = {self._as_known(word) for word in stems(question)}
        return [self._score(asked, each) for each in self._known]

    def _as_known(self, word: str) -> str:
        """The known word that was meant, if this one is mistyped."""
        if word in self._in_texts or len(word) < 5 or word[0].isdigit():  # noqa: PLR2004
            return word
        return next(iter(get_close_matches(word, self._in_texts, 1, TYPED)), word)

    def _score(self, asked: set[str], known: _Known) -> float:
        shared = asked & known.asks
        answered = (asked & known.says) - shared
        if not shared or not (asked and known.asks):
            return 0.0
        if len(shared) + len(answered) == 1 < len(asked):
            return 0.0
        own = self._weight(asked)
        cosine = self._weight(shared) / math.sqrt(own * self._weight(known.asks))
        covered = self._plain(shared) + OF_ANSWER * self._plain(answered)
        return (cosine + covered / self._plain(asked)) / 2

    def _weight(self, words: set[str] | frozenset[str]) -> float:
        return sum(self._rarity(word) ** 2 for word in words)

    def _plain(self, words: set[str]) -> float:
        return sum(map(self._rarity, words))

    def _rarity(self, word: str) -> float:
        return math.log(1 + (1 + len(self._known)) / (1 + self._in_texts[word]))
