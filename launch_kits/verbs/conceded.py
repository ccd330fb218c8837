"""Lines of which their owner says that they are wrong, as those who doubt them said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from launch_kits.claims.doubtable import DoubtableLine
from launch_kits.database.records import EventVerb, NoticeKind
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.verbs.advance import settle
from launch_kits.verbs.card_flags import add_flag, answered_line
from launch_kits.verbs.card_reviews import tell_lead_of_card
from launch_kits.verbs.desk_answers import answer_about
from launch_kits.verbs.desk_rows import write_documents, written
from launch_kits.verbs.flags import flags_of, is_conceded, settle_flag_news
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.transaction import Change, changing

__all__ = ["concede"]


def concede(
    store: Store | Change,
    slug: str,
    ref: str,
    *,
    by: str | None = None,
    note: str,
    now: datetime,
) -> Outcome:
    """Say that a line is wrong, as people said who doubt it, by its reference.

    They are told, and the lead, who updates the launch. The line is marked until it is changed or
    upheld. Its owner may, their backup, manager and the lead. Raises Refused for a line that no one
    doubts and an empty note; NotYours, NotFound.
    """
    reason = written(note, "note")
    with changing(store, slug, now=now) as change:
        line, by = answered_line(change, ref, by)
        flags = flags_of(change, ref)
        if not flags:
            raise Refused(f"no one doubts {ref} any more")
        if is_conceded(change, ref):
            return Outcome(changed=False, message=f"{ref} is known to be wrong already")
        people = [
            each for each in dict.fromkeys(each.by for each in flags) if each != by
        ]
        # the owner's word is a flag beside those of others, so that the line stays marked
        add_flag(change, line, by=by, note=reason)
        change.record(EventVerb.ANSWER, by=by, note=reason, claim=ref, wrong=True)
        settle_flag_news(change, ref, how="wrong", by=by)
        answer_about(change, ref, by=by, answer=reason)
        _tell(change, line, people, by=by, note=reason)
        write_documents(change, about=ref)
        settle(change)
    told = f"; {', '.join(people)} will hear of it" if people else ""
    return Outcome(changed=True, message=f"{ref} is marked until it is corrected{told}")


def _tell(
    change: Change, line: DoubtableLine, people: Sequence[str], *, by: str, note: str
) -> None:
    """Tell the people who doubt a line, and the lead, that it is wrong."""
    facts = {
        "question": line.text,
        "answer": note,
        "by": by,
        "about": line.ref,
        "wrong": True,
    }
    for person in people:
        change.tell(NoticeKind.ANSWER, person, facts=facts)
    tell_lead_of_card(
        change, line.name, by=by, note=note, claim=line.ref, quote=line.text
    )
