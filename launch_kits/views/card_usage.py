"""How often people opened, copied and flagged each battlecard and FAQ entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from launch_kits.claims.doubtable import faq_ref
from launch_kits.claims.lines import Mark
from launch_kits.database.queries import find_launch, tasks_of
from launch_kits.database.records import CardUse, CardUseKind
from launch_kits.inputs.brief import Brief
from launch_kits.views.card_keepers import line_owner
from launch_kits.views.doubted import questioned_in
from launch_kits.views.notices.text import cut

__all__ = ["CardInUse", "read_card_uses"]

#: characters of a question of the FAQ in the name of its entry
LONG = 100


@dataclass(frozen=True, slots=True)
class CardInUse:
    """The use of a card or of an entry of the FAQ."""

    #: of the competitor, or the reference of the entry
    key: str
    #: of the competitor, or the question
    name: str
    #: email of the person who keeps it; the lead if no task is about a card
    owner: str
    #: by `CardUseKind`
    counts: Mapping[str, int]
    #: people who opened or copied it
    readers: int
    #: references of claims that were flagged and are not answered for
    flagged: tuple[str, ...]
    #: references of claims in doubt
    questioned: tuple[str, ...]
    #: those of them of which their owner said that they are wrong
    wrong: tuple[str, ...]
    used_at: datetime | None


def read_card_uses(session: Session, slug: str) -> list[CardInUse]:
    """Read how the cards of a launch are used, in the order of its brief.

    Entries of the FAQ follow that were used or called wrong. Raises NotFound.
    """
    brief = Brief.kept(find_launch(session, slug).brief)
    tasks = tasks_of(session, slug)
    query = select(CardUse).where(CardUse.launch == slug).order_by(col(CardUse.id))
    uses: dict[str, list[CardUse]] = {}
    for use in session.exec(query).all():
        uses.setdefault(use.card, []).append(use)
    doubted = questioned_in(session, slug)
    names = {each.key: each.name for each in brief.competitors()}
    entries = {faq_ref(each.ask): each.ask for each in brief.faq}
    names |= {
        ref: f"FAQ: {cut(ask, LONG)}" for ref, ask in entries.items() if ref in uses
    }
    return [
        _in_use(
            key,
            name,
            owner=line_owner(brief, tasks, key),
            uses=uses.get(key, ()),
            doubted={
                ref: mark
                for ref, mark in doubted.items()
                if ref == key or ref.startswith(f"{key}.")
            },
        )
        for key, name in names.items()
    ]


def _in_use(
    key: str,
    name: str,
    *,
    owner: str,
    uses: Sequence[CardUse],
    doubted: Mapping[str, Mark],
) -> CardInUse:
    counts = Counter(use.kind for use in uses)
    flagged = (use.claim for use in uses if use.claim and use.settled_at is None)
    return CardInUse(
        key=key,
        name=name,
        owner=owner,
        counts={kind: counts[kind] for kind in CardUseKind},
        readers=len({use.by for use in uses if use.kind != CardUseKind.FLAGGED}),
        flagged=tuple(dict.fromkeys(flagged)),
        questioned=tuple(sorted(doubted)),
        wrong=tuple(sorted(ref for ref in doubted if doubted[ref] is Mark.WRONG)),
        used_at=max((use.at for use in uses), default=None),
    )
