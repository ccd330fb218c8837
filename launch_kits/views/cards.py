"""Cards as sellers ask for them: found by name, with the answer to a buyer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from launch_kits.claims.card_front import CardFront, card_front
from launch_kits.claims.doubtable import is_faq
from launch_kits.claims.known_answers import (
    KnownAnswer,
    best_answer,
    card_answers,
    faq_answers,
)
from launch_kits.database.queries import find_launch
from launch_kits.database.records import Launch, LaunchStatus, Task
from launch_kits.errors import NotFound
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.views.doubted import questioned_in

__all__ = [
    "CardName",
    "SellersCard",
    "card_called",
    "find_cards",
    "names_of_cards",
    "read_card",
]

#: signs around or after a name, as people type them
_SIGNS = "\"'“”‘’,:;-–"  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class CardName:
    """A card of a launch that was asked for."""

    launch: str
    product: str
    #: of the alternative
    key: str
    name: str
    #: the words after the name
    said: str = ""


@dataclass(frozen=True, slots=True)
class SellersCard:
    """A card with the answer to a buyer, for a colleague who sells."""

    launch: str
    product: str
    said: str
    #: None if the front is asked for, or the answer is not known
    answer: KnownAnswer | None
    front: CardFront

    @property
    def counted(self) -> str:
        """The key of the card, or the reference of the FAQ's entry."""
        ref = self.answer.ref if self.answer and self.answer.sourced else ""
        return ref if is_faq(ref) else self.front.key


def find_cards(session: Session, text: str, *, email: str | None) -> list[CardName]:
    """The cards whose key or name begins a text, the longest one if several do.

    They are looked for in the running launches of the person with an email, newest first, then in
    the others, then in those that are done. The first launch with such a card counts. Returns
    several if they are called the same, and none for an unknown name.
    """
    words = text.split()
    for launch in _launches(session, email):
        for length in range(len(words), 0, -1):
            called = " ".join(words[:length]).strip(_SIGNS).casefold()
            said = " ".join(words[length:]).strip(_SIGNS + " ")
            found = [
                CardName(launch.slug, launch.product, key, name, said)
                for key, name in _cards(launch.brief)
                if called in (key.casefold(), " ".join(name.split()).casefold())
            ]
            if found:
                return found
    return []


def card_called(
    session: Session, text: str, *, email: str | None, now: datetime, words: int
) -> SellersCard:
    """Read the only card whose key or name begins a text, as `find_cards` looks for it.

    ``words`` bound its front. Raises NotFound if no card is called so, or several are.
    """
    named = find_cards(session, text, email=email)
    if not named:
        raise NotFound(_no_card(text, names_of_cards(session, email=email)))
    if len(named) > 1:
        keys = ", ".join(each.key for each in named)
        raise NotFound(f"several cards are called so; name one by its key: {keys}")
    (found,) = named
    card = read_card(
        session, found.launch, found.key, said=found.said, now=now, words=words
    )
    if card is None:
        raise NotFound(_no_card(text, named))
    return card


def _no_card(text: str, known: Sequence[CardName]) -> str:
    names = ", ".join(each.key for each in known) or "none"
    return f'no card is called "{text}"; there are: {names}'


def names_of_cards(session: Session, *, email: str | None) -> list[CardName]:
    """The cards of the launch in which `find_cards` looks first; of the next one if it has none."""
    for launch in _launches(session, email):
        found = [
            CardName(launch.slug, launch.product, key, name)
            for key, name in _cards(launch.brief)
        ]
        if found:
            return found
    return []


def read_card(
    session: Session,
    slug: str,
    key: str,
    *,
    said: str = "",
    now: datetime,
    words: int,
    per_line: int = 0,
) -> SellersCard | None:
    """Read a card, and the answer to the words of a buyer.

    ``words`` and ``per_line`` bound its front. Returns None if the launch has no such card. Raises
    NotFound for an unknown launch.
    """
    launch = find_launch(session, slug)
    brief = Brief.kept(launch.brief)
    alternative = next((each for each in brief.competitors() if each.key == key), None)
    if alternative is None:
        return None
    today = now.astimezone(brief.zone()).date()
    doubted = questioned_in(session, slug)
    inside = Audience.INTERNAL
    answer = None
    if said:
        known = [
            *card_answers(alternative, today=today, reader=inside, questioned=doubted),
            *faq_answers(brief, today=today, reader=inside, questioned=doubted),
        ]
        answer = best_answer(said, known, of_them=True)
    front = card_front(
        alternative,
        today=today,
        reader=inside,
        words=words,
        per_line=per_line,
        questioned=doubted,
    )
    return SellersCard(slug, launch.product, said, answer, front)


def _launches(session: Session, email: str | None) -> Iterator[Launch]:
    """The launches that are not cancelled, in the order in which cards are looked for."""
    query = select(Launch).where(Launch.status != LaunchStatus.CANCELLED)
    query = query.order_by(col(Launch.opened_at).desc(), Launch.slug)
    running: list[Launch] = []
    ended: list[Launch] = []
    for launch in session.exec(query).all():
        group = running if launch.status == LaunchStatus.RUNNING else ended
        group.append(launch)
    mine = _launches_of(session, running, email) if email else frozenset()
    # the sort is stable: those of the person come first, else the newest
    yield from sorted(running, key=lambda launch: launch.slug not in mine)
    yield from ended


def _launches_of(
    session: Session, running: Sequence[Launch], email: str
) -> frozenset[str]:
    """The launches in whose team a person is, or in which they own a task."""
    who = email.casefold()
    owners = select(Task.launch, Task.owner).distinct()
    owned = {slug for slug, owner in session.exec(owners) if owner.casefold() == who}
    return frozenset(
        each.slug
        for each in running
        if each.slug in owned
        or any(
            str(person["email"]).casefold() == who
            for person in each.brief["team"].values()
        )
    )


def _cards(brief: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Key and name of a brief's alternatives with claims."""
    positioning = brief.get("positioning") or {}
    return [
        (each["key"], each["name"])
        for each in positioning.get("alternatives", [])
        if each.get("claims") is not None
    ]
