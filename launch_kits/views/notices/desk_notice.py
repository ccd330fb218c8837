"""A notice of the answer desk, in words: its people, instants, question and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from launch_kits.claims.doubtable import is_faq
from launch_kits.database.records import Notice
from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.text import capitalize, clean, cut, shorten
from launch_kits.views.reader import Reader

__all__ = ["UNSOURCED", "DeskNotice", "written_instant"]

#: the answers that a question of the desk, or a doubted line, asks for
_OF_DESK = (AnswerKind.QUESTION, AnswerKind.DOUBT)
#: said of an answer without a source
UNSOURCED = "not sourced"
#: characters of a question or an answer in a sentence
LONG = 300


@dataclass(frozen=True, slots=True)
class DeskNotice:
    """A notice of the desk, with the launch as it is now and the reader."""

    notice: Notice
    launch: LaunchView
    reader: Reader

    def fact(self, key: str) -> str:
        """Return a fact as text, empty without it."""
        value = self.notice.facts.get(key)
        return "" if value is None else str(value)

    def name(self, key: str) -> str:
        """The name of the person in a fact; `you` for the reader."""
        return self._named(self.fact(key))

    def _there(self, email: str) -> str:
        """The person who took over from one who left, by email; else the person themself."""
        away = self.launch.away
        return away.reached(email) if away and email and away.gone(email) else email

    def _named(self, email: str) -> str:
        if email.casefold() == self.notice.to.casefold():
            return "you"
        return shorten(self.reader.name(email)) if email else "a colleague"

    @property
    def question(self) -> str:
        """The question, in quotes."""
        asked = cut(clean(self.fact("question")), LONG)
        return f'"{asked}"'

    @property
    def due(self) -> str:
        """The instant by which an answer is due, in the reader's time zone."""
        return written_instant(self.fact("due_at"), self.reader)

    @property
    def answers(self) -> str:
        """The name of the person who is to answer in time: the deputy of an absent owner."""
        owner = self.fact("owner")
        deputy = self.launch.away.of(owner) if self.launch.away and owner else None
        return self._named(deputy or owner)

    @property
    def is_late(self) -> bool:
        """Whether the promised instant has passed."""
        return bool(self.fact("has")) or self._is_over("due_at")

    def _is_over(self, key: str) -> bool:
        """Whether the instant in a fact has passed at the instant of the launch's view."""
        try:
            at = datetime.fromisoformat(self.fact(key))
        except ValueError:
            return False
        return self.launch.away is not None and at <= self.launch.away.now

    @property
    def with_other(self) -> str | None:
        """The name of the person to whom the question was passed on; None if the reader has it."""
        other = self._there(self.notice.to)
        if other.casefold() != self.notice.to.casefold():
            return self._named(other) if self.fact("part") != "asker" else None
        asks = [
            each
            for each in self.launch.asks
            if each.wanted in _OF_DESK and each.key == self.fact("id")
        ]
        to_owner = self.fact("part") in ("answer", "late") and "@" in self.notice.to
        if not to_owner or not asks:
            return None
        readers = {self.notice.to.casefold(), self.fact("for").casefold()}
        if any(
            {each.who.casefold(), (each.instead_of or "").casefold()} & (readers - {""})
            for each in asks
        ):
            return None
        return self._named(asks[0].who)

    @property
    def now_with(self) -> str:
        """Who has an overdue question now, and until when, as a sentence with its stop."""
        has = self._there(self.fact("has"))
        who = self._named(has) if has else self.answers
        until = self.fact("until")
        if not until or self._is_over("until"):
            return f"{capitalize(who)} {'have' if who == 'you' else 'has'} it now."
        is_to = "are to" if who == "you" else "is to"
        by = written_instant(until, self.reader)
        return f"{capitalize(who)} {is_to} answer by {by}."

    @property
    def line(self) -> str:
        """The line that is doubted."""
        if is_faq(self.fact("about")):
            return "this entry of the FAQ"
        card = self.fact("card")
        return (
            f"this line of the card on {shorten(card)}"
            if card
            else "this line of a card"
        )

    @property
    def doubts(self) -> Row | None:
        """The people who doubt a line, each with their reason; None in older notices."""
        rows = rows_of(self.notice.facts, "doubts")
        lines = []
        for row in rows:
            name = shorten(self.reader.name(str(row.get("by"))))
            note = row.get("note")
            lines.append(
                f"{name}: {clean(str(note))}" if note else f"{name}: no reason"
            )
        return Row("Doubted by", lines) if lines else None

    @property
    def wanted_by(self) -> str:
        """When an answer is wanted of the reader, if it is overdue: `now`, or `by` an instant."""
        until = "" if self._is_over("until") else self.fact("until")
        if not until or self.fact("has").casefold() != self.notice.to.casefold():
            return "now"
        return f"by {written_instant(until, self.reader)}"

    @property
    def with_another(self) -> str:
        """Who has an overdue question now, as a sentence after a space, if not the reader."""
        has = self._there(self.fact("has"))
        mine = not has or has.casefold() == self.notice.to.casefold()
        return "" if mine else f" {self.now_with}"

    @property
    def source(self) -> str:
        """The source of the answer, or that there is none."""
        return clean(self.fact("source")) if self.fact("source") else UNSOURCED


def written_instant(value: str, reader: Reader) -> str:
    """Write an instant as ``Thu 4 Feb, 15:00`` in the reader's time zone.

    Returns ``soon`` for a text that is not an instant.
    """
    try:
        local = datetime.fromisoformat(value).astimezone(reader.zone)
    except (ValueError, OverflowError):
        return "soon"
    return f"{reader.day(local)}, {local:%H:%M}"
