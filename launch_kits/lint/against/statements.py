"""Statements of a text that must not be made: ended, disputed, internal, or without a proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from launch_kits.inputs.audience import Audience
from launch_kits.lint.against.figures import TextSlip
from launch_kits.lint.against.known import Known, Secret
from launch_kits.lint.against.restated import Restated
from launch_kits.lint.against.texts import OutsideText, words
from launch_kits.lint.superlatives import CODES, unproved_texts

__all__ = ["Statements"]

#: words of a piece by which a line is recognised
_PIECE = 4
#: the share of a line's pieces that a text must have, and how many at least
_SHARE = 0.6
_FEWEST = 3
#: words beside a value within which a text names its subject; words that say little are shorter
_NEAR = 15
_SHORT = 3
_SHOWN = 90
#: characters beside a word that are looked at
_BESIDE = 80
#: marks that documents for readers inside print, and that no other reader may see
_MARKS = re.compile(
    r"\([^()\n]{0,80}\b(?:internal(?: use)? only|no proof yet|our inference"
    r"|wait for the (?:answer|correction))\b[^()\n]{0,80}\)"
    r"|\u2713 may be told to customers|\bfor internal readers only\b",
    re.IGNORECASE,
)

Piece = tuple[str, ...]


class Statements:
    """The statements of one text, for its reader."""

    def __init__(self, text: OutsideText, known: Known, *, reader: Audience) -> None:
        self._text = text
        self._known = known
        self._reader = reader
        self._words = words(text.text)

    @cached_property
    def _pieces(self) -> Mapping[Piece, int]:
        """Each piece of the text, with the offset at which it begins first."""
        found: dict[Piece, int] = {}
        plain = [word.text for word in self._words]
        for at in range(len(plain) - _PIECE + 1):
            found.setdefault(tuple(plain[at : at + _PIECE]), self._words[at].start)
        return found

    @cached_property
    def _open(self) -> frozenset[Piece]:
        """The pieces of the lines that the reader may see."""
        return frozenset(_pieces_of(self._known.open(self._reader)))

    def dead(self) -> Iterator[TextSlip]:
        """Yield claims that are no longer true."""
        secrets = list(self._known.dead())
        for secret, start in self._found(secrets):
            instead = (
                f'say "{_short(secret.instead)}"' if secret.instead else "leave it out"
            )
            message = (
                f'"{_short(secret.text)}" is no longer true '
                f"(claim {secret.reason}); {instead}"
            )
            yield TextSlip(start, "dead-claim", message)
        for secret, start in self._restated(secrets):
            message = (
                f'this may say in other words "{_short(secret.text)}", which is no longer true '
                f"(claim {secret.reason}); compare it, and leave it out if it does"
            )
            yield TextSlip(start, "like-dead-claim", message)

    def internal(self) -> Iterator[TextSlip]:
        """Yield lines that the reader of the text must not see."""
        secrets = list(self._known.hidden(self._reader))
        for secret, start in self._found(secrets):
            message = (
                f'"{_short(secret.text)}" must not reach a {self._reader} '
                f"({secret.reason}); leave it out"
            )
            yield TextSlip(start, "internal-line", message)
        for secret, start in self._restated(secrets):
            message = (
                f'this may say in other words "{_short(secret.text)}", which must not reach a '
                f"{self._reader} ({secret.reason}); compare it, and leave it out if it does"
            )
            yield TextSlip(start, "like-internal-line", message)

    def marked(self) -> Iterator[TextSlip]:
        """Yield marks for readers inside, if the text is for another reader."""
        if self._reader is Audience.INTERNAL:
            return
        for found in _MARKS.finditer(self._text.text):
            message = (
                f'the mark "{_short(found[0])}" must not reach a {self._reader}; take it out, '
                "and the words that it marks unless they may be told"
            )
            yield TextSlip(found.start(), "internal-line", message)

    @cached_property
    def _in_other_words(self) -> Restated:
        return Restated(self._text, self._known.open(self._reader))

    def _restated(self, secrets: Sequence[Secret]) -> Iterator[tuple[Secret, int]]:
        """Yield the lines that the text says in other words, and the offset of each."""
        told = {secret.text for secret, _ in self._found(secrets)}
        left = [secret for secret in secrets if secret.text not in told]
        for index, start in self._in_other_words.find([each.text for each in left]):
            yield left[index], start

    def _found(self, secrets: Iterable[Secret]) -> Iterator[tuple[Secret, int]]:
        """Yield the lines that the text has, and the offset of each.

        A line is recognised by its own pieces, those that no open line has too.
        """
        for secret in secrets:
            own = [
                piece for piece in _pieces_of([secret.text]) if piece not in self._open
            ]
            hits = [self._pieces[piece] for piece in own if piece in self._pieces]
            if len(hits) >= max(_FEWEST, _SHARE * len(own)):
                yield secret, min(hits)

    def disputed(self) -> Iterator[TextSlip]:
        """Yield values about which sources disagree, if the text gives only one of them."""
        for key, ledger in self._known.ledgers:
            for claim in ledger.conflicts:
                if claim.subject is None or claim.ended_by(self._known.today):
                    continue
                subject = {word for word in _plain(claim.subject) if len(word) > _SHORT}
                values = [_plain(str(reading.value)) for reading in claim.values]
                for at in self._values_alone(subject, values):
                    use = f"; {claim.use}" if claim.use else "; leave it out"
                    message = (
                        f"{claim.subject}: sources disagree ({key}.{claim.id}), and the "
                        f'text says "{self._words[at].text}" alone{use}'
                    )
                    yield TextSlip(self._words[at].start, "open-conflict", message)

    def _values_alone(
        self, subject: set[str], values: list[list[str]]
    ) -> Iterator[int]:
        """Yield the indexes of values beside words of the subject, without another value."""
        plain = [word.text for word in self._words]
        for value in filter(None, values):
            others = [other for other in values if other and other != value]
            for at, word in enumerate(plain):
                if word != value[0] or plain[at : at + len(value)] != value:
                    continue
                beside = set(plain[max(0, at - _NEAR) : at + _NEAR])
                around = set(plain[max(0, at - 3 * _NEAR) : at + 3 * _NEAR])
                about = len(subject & beside) * 2 >= len(subject)
                if about and not any(around.issuperset(other) for other in others):
                    yield at

    def unproved(self) -> Iterator[TextSlip]:
        """Yield words that need a proof, in sentences that no line of the inputs says.

        Readers inside need no proof.
        """
        if self._reader is Audience.INTERNAL:
            return
        said = set(unproved_texts(self._known.brief))
        lines = [text for text in self._known.texts if text not in said]
        proved = {*_pieces_of(lines, size=3), *_short_lines(lines)}
        for pattern, code in CODES:
            for found in pattern.finditer(self._text.text):
                if proved.isdisjoint(self._around(found.start(), found.end())):
                    message = (
                        f'"{found[0]}" is said without a proof; '
                        "name a claim that proves it, or say less"
                    )
                    yield TextSlip(found.start(), code, message)

    def _around(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of one to three words around a part of the text."""
        begin = max(0, start - _BESIDE)
        near = words(self._text.text[begin : end + _BESIDE])
        plain = [word.text for word in near]
        for size in (1, 2, 3):
            for at in range(len(near) - size + 1):
                last = near[at + size - 1]
                ends = begin + last.start + len(last.text)
                if begin + near[at].start <= start and ends >= end:
                    yield tuple(plain[at : at + size])


def _short_lines(texts: Iterable[str]) -> Iterator[Piece]:
    """Yield the texts that have fewer than three words."""
    for text in texts:
        plain = tuple(_plain(text))
        if len(plain) < 3:  # noqa: PLR2004 - longer ones have pieces
            yield plain


def _pieces_of(texts: Iterable[str], *, size: int = _PIECE) -> Iterator[Piece]:
    for text in texts:
        plain = _plain(text)
        for at in range(len(plain) - size + 1):
            yield tuple(plain[at : at + size])


def _plain(text: str) -> list[str]:
    return [word.text for word in words(text)]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
