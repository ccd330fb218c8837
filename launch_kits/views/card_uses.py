"""How the cards of a launch are used: opened, copied, flagged, questioned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from launch_kits.database.queries import find_launch, tasks_of
from launch_kits.database.records import CardUse, CardUseKind
from launch_kits.inputs.brief import Brief
from launch_kits.views.card_keepers import card_keeper
from launch_kits.views.desk import questioned_in

__all__ = ["CardInUse", "read_card_uses"]


@dataclass(frozen=True, slots=True)
class CardInUse:
    """How a card of a launch is used."""

    key: str
    name: str
    #: email of the person who keeps it; the lead if no task is about it
    owner: str
    #: by `CardUseKind`
    counts: Mapping[str, int]
    #: people who opened or copied it
    readers: int
    #: references of claims that were flagged and are not answered for
    flagged: tuple[str, ...]
    #: references of claims in doubt
    questioned: tuple[str, ...]
    used_at: datetime | None


def read_card_uses(session: Session, slug: str) -> list[CardInUse]:
    """Read how the cards of a launch are used, in the order of its brief.

    Raises NotFound.
    """
    brief = Brief.kept(find_launch(session, slug).brief)
    tasks = tasks_of(session, slug)
    keepers = {each.key: card_keeper(tasks, each.key) for each in brief.competitors()}
    query = select(CardUse).where(CardUse.launch == slug).order_by(col(CardUse.id))
    uses = session.exec(query).all()
    doubted = sorted(questioned_in(session, slug))
    return [
        _in_use(
            each.key,
            each.name,
            owner=keeper.owner if (keeper := keepers[each.key]) else brief.lead.email,
            uses=[use for use in uses if use.card == each.key],
            questioned=[ref for ref in doubted if ref.startswith(f"{each.key}.")],
        )
        for each in brief.competitors()
    ]


def _in_use(
    key: str,
    name: str,
    *,
    owner: str,
    uses: Sequence[CardUse],
    questioned: Sequence[str],
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
        questioned=tuple(questioned),
        used_at=max((use.at for use in uses), default=None),
    )
