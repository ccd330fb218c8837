"""Cards in use: counted, and flagged line by line if sellers find something wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from launch_kits.database.records import (
    CardUse,
    CardUseKind,
    EventVerb,
    NoticeKind,
    Question,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.inputs.ledger import Claim
from launch_kits.inputs.positioning import Alternative
from launch_kits.verbs.advance import settle
from launch_kits.verbs.cards import keeper_of
from launch_kits.verbs.desk import open_question
from launch_kits.verbs.desk_answers import settle_flags
from launch_kits.verbs.desk_clock import people_of
from launch_kits.verbs.desk_rows import written
from launch_kits.verbs.flags import flags_of, settle_flag_news
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb, VerbSubject
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.notices.news import NewsEvent
from launch_kits.views.notices.text import quoted

__all__ = [
    "ENOUGH",
    "Flagged",
    "count_use",
    "find_line",
    "flag",
    "line_subject",
    "uphold",
]

#: people who find a line wrong until it is marked
ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Flagged(Outcome):
    """The outcome of a flag: who keeps the card, and whether the line is in doubt by it."""

    owner: str = ""
    questioned: bool = False


def count_use(
    store: Store, slug: str, card: str, kind: CardUseKind, *, by: str, now: datetime
) -> None:
    """Count that a person opened or copied a card; the launch does not change by it."""
    with store.write() as session:
        session.add(CardUse(launch=slug, card=card, kind=kind, by=by, at=now))


def flag(
    store: Store | Change,
    slug: str,
    ref: str,
    *,
    by: str,
    note: str | None = None,
    now: datetime,
) -> Flagged:
    """Say that a line of a card is wrong, by the claim's reference such as ``redis.w3``.

    The first person's flag is a note to the card's owner. The second one's puts a question to the
    owner, and the line is marked until that is answered. Raises NotFound, Refused for a cancelled
    launch.
    """
    reason = written(note, "note") if note and note.strip() else None
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        by = change.actor(by, by)
        change.must(by, Verb.FLAG)
        alternative, claim = find_line(change, ref)
        flags = flags_of(change, ref)
        keeper = keeper_of(change, alternative)
        owner = keeper.owner if keeper else change.lead
        people = {each.by.casefold() for each in flags}
        if by.casefold() in people:
            message = f"you have flagged {ref} already; {owner} knows of it"
            return Flagged(changed=False, message=message, owner=owner)
        _set(change, alternative.key, ref, by=by, note=reason)
        if len(people) + 1 >= ENOUGH and not _is_questioned(change, ref):
            # the question says all that the note about the first flag did
            settle_flag_news(change, ref, how="asked")
            open_question(change, claim.text, by=by, owner=owner, about=ref)
            message = (
                f"{ref} is marked as questioned until {owner} has answered; "
                "you will hear of it"
            )
            return Flagged(changed=True, message=message, owner=owner, questioned=True)
        _tell_of_first(change, alternative, claim, by=by, note=reason)
        settle(change)
        told = change.away.reached(owner)
    message = f"{told} is told that {ref} may be wrong"
    return Flagged(changed=True, message=message, owner=told)


def _tell_of_first(
    change: Change, alternative: Alternative, claim: Claim, *, by: str, note: str | None
) -> None:
    """Tell the owner of a card that one person doubts a line of it."""
    keeper = keeper_of(change, alternative)
    facts = {
        "event": NewsEvent.CARD_FLAGGED,
        "name": alternative.name,
        "claim": f"{alternative.key}.{claim.id}",
        "quote": claim.text,
        "by": by,
        "note": note,
    }
    owner = keeper.owner if keeper else change.lead
    change.tell(NoticeKind.NEWS, owner, task=keeper, facts=facts)


def uphold(
    store: Store | Change,
    slug: str,
    ref: str,
    *,
    by: str | None = None,
    note: str,
    now: datetime,
) -> Outcome:
    """Say that a line of a card holds, which a person called wrong; that person is told why.

    The owner of the card may, their backup, manager and the lead. Raises Refused for a line that no
    one doubts, one that is put to its owner as a question, and an empty note; NotYours, NotFound.
    """
    reason = written(note, "note")
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        _, claim = find_line(change, ref)
        subject = line_subject(change, ref)
        by = change.actor(by, str(subject.owner))
        change.must(by, Verb.ANSWER_QUESTION, subject)
        if _is_questioned(change, ref):
            raise Refused(f"{ref} is questioned by several people; answer the question")
        if not flags_of(change, ref):
            raise Refused(f"no one doubts {ref} any more")
        change.record(EventVerb.ANSWER, by=by, note=reason, claim=ref)
        settle_flag_news(change, ref, how="answered", by=by)
        facts = {"question": claim.text, "answer": reason, "by": by, "about": ref}
        people = [each for each in settle_flags(change, ref) if each != by]
        for person in dict.fromkeys(people):
            change.tell(NoticeKind.ANSWER, person, facts=facts)
        settle(change)
    told = f"; {', '.join(dict.fromkeys(people))} will hear of it" if people else ""
    return Outcome(changed=True, message=f"{ref} holds{told}")


def line_subject(change: Change, ref: str) -> VerbSubject:
    """The people who answer for a line of a card; raises NotFound."""
    alternative, claim = find_line(change, ref)
    keeper = keeper_of(change, alternative)
    owner = keeper.owner if keeper else change.lead
    people = people_of(change, owner)
    return VerbSubject(
        name=ref,
        title=quoted(claim.text),
        lead=change.lead,
        owner=owner,
        backup=people["backup"],
        manager=people["manager"],
    )


def _set(change: Change, card: str, ref: str, *, by: str, note: str | None) -> None:
    change.session.add(
        CardUse(
            launch=change.launch.slug,
            card=card,
            kind=CardUseKind.FLAGGED,
            claim=ref,
            by=by,
            at=change.now,
            note=note,
        )
    )
    change.record(EventVerb.FLAG, by=by, note=note, claim=ref)


def find_line(change: Change, ref: str) -> tuple[Alternative, Claim]:
    """Return a line of a card and whose card it is, by its reference; raises NotFound."""
    key, _, claim_id = ref.partition(".")
    competitors = change.brief.competitors()
    for each in competitors:
        claim = each.ledger.find(claim_id) if each.ledger else None
        if each.key == key and claim is not None:
            return each, claim
    refs = [
        f"{each.key}.{claim.id}"
        for each in competitors
        if each.ledger
        for _, _, claim in each.ledger.each()
    ]
    hint = suggest(ref, refs) or "; write one such as redis.y4"
    raise NotFound(f'launch "{change.launch.slug}" has no claim "{ref}"{hint}')


def _is_questioned(change: Change, ref: str) -> bool:
    query = select(Question.id).where(
        Question.launch == change.launch.slug,
        Question.about == ref,
        col(Question.answered_at).is_(None),
    )
    return change.session.exec(query).first() is not None
