"""The flagged lines of cards and of the FAQ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from launch_kits.claims.doubtable import (
    DoubtableLine,
    doubtable_line,
    doubtable_refs,
)
from launch_kits.database.records import (
    CardUse,
    CardUseKind,
    EventVerb,
    NoticeKind,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.verbs.advance import settle
from launch_kits.verbs.desk import open_question
from launch_kits.verbs.desk_answers import settle_flags
from launch_kits.verbs.desk_clock import people_of
from launch_kits.verbs.desk_rows import written
from launch_kits.verbs.flags import (
    flags_of,
    is_conceded,
    is_questioned,
    settle_flag_news,
)
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb, VerbSubject
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.card_keepers import card_keeper, line_owner
from launch_kits.views.doubted import ENOUGH
from launch_kits.views.notices.news import NewsEvent
from launch_kits.views.notices.text import quoted

__all__ = [
    "Flagged",
    "add_flag",
    "answered_line",
    "find_line",
    "flag",
    "line_subject",
    "uphold",
]


@dataclass(frozen=True, slots=True)
class Flagged(Outcome):
    """The outcome of a flag: who keeps the card, and whether the line is in doubt by it.

    ``known`` says that the owner has said themself that it is wrong.
    """

    owner: str = ""
    questioned: bool = False
    known: bool = False


def flag(
    store: Store | Change,
    slug: str,
    ref: str,
    *,
    by: str,
    note: str | None = None,
    now: datetime,
) -> Flagged:
    """Say that a line is wrong, by its reference.

    That is the claim of a card such as ``redis.w3``, or ``faq.`` and the digest of a question in
    the FAQ. The first person's flag is a note to the owner of the card, or to the person who
    answers the desk. The second one's puts a question to them, and the line is marked until that
    is answered. Raises NotFound, Refused for a cancelled launch.
    """
    reason = written(note, "note") if note and note.strip() else None
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        by = change.actor(by, by)
        change.must(by, Verb.FLAG)
        line = find_line(change, ref)
        flags = flags_of(change, ref)
        owner = line_owner(change.brief, change.tasks.values(), line.card)
        people = {each.by.casefold() for each in flags}
        if by.casefold() in people:
            message = f"you have flagged {ref} already; {owner} knows of it"
            return Flagged(changed=False, message=message, owner=owner)
        known = is_conceded(change, ref)
        _set(change, line, by=by, note=reason)
        if known:
            settle(change)
            message = (
                f"{owner} knows that {ref} is wrong; it is marked until it is corrected"
            )
            return Flagged(changed=True, message=message, owner=owner, known=True)
        if len(people) + 1 >= ENOUGH and not is_questioned(change, ref):
            # the question says all that the note about the first flag did
            settle_flag_news(change, ref, how="asked")
            open_question(change, line.text, by=by, owner=owner, about=ref)
            message = (
                f"{ref} is marked as questioned until {owner} has answered; "
                "you will hear of it"
            )
            return Flagged(changed=True, message=message, owner=owner, questioned=True)
        _tell_of_first(change, line, owner, by=by, note=reason)
        settle(change)
        told = change.away.reached(owner)
    message = f"{told} is told that {ref} may be wrong"
    return Flagged(changed=True, message=message, owner=told)


def _tell_of_first(
    change: Change, line: DoubtableLine, owner: str, *, by: str, note: str | None
) -> None:
    """Tell the owner of a line that one person doubts it."""
    facts = {
        "event": NewsEvent.CARD_FLAGGED,
        "name": line.name,
        "claim": line.ref,
        "quote": line.text,
        "by": by,
        "note": note,
    }
    keeper = card_keeper(change.tasks.values(), line.card)
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
    """Say why a line holds that a person called wrong.

    Its owner may, their backup, manager and the lead. Raises Refused for a line that no
    one doubts, one that is put to its owner as a question, and an empty note; NotYours, NotFound.
    """
    reason = written(note, "note")
    with changing(store, slug, now=now) as change:
        line, by = answered_line(change, ref, by)
        if is_questioned(change, ref):
            raise Refused(f"{ref} is questioned by several people; answer the question")
        if not flags_of(change, ref):
            raise Refused(f"no one doubts {ref} any more")
        change.record(EventVerb.ANSWER, by=by, note=reason, claim=ref)
        settle_flag_news(change, ref, how="answered", by=by)
        facts = {"question": line.text, "answer": reason, "by": by, "about": ref}
        people = [each for each in settle_flags(change, ref) if each != by]
        for person in dict.fromkeys(people):
            change.tell(NoticeKind.ANSWER, person, facts=facts)
        settle(change)
    told = f"; {', '.join(dict.fromkeys(people))} will hear of it" if people else ""
    return Outcome(changed=True, message=f"{ref} holds{told}")


def answered_line(
    change: Change, ref: str, by: str | None
) -> tuple[DoubtableLine, str]:
    """Return a line, and the email of the person who answers for it, by default its owner.

    Raises Refused for a cancelled launch; NotYours, NotFound.
    """
    change.must_not_be_cancelled()
    line = find_line(change, ref)
    subject = line_subject(change, ref)
    by = change.actor(by, str(subject.owner))
    change.must(by, Verb.ANSWER_QUESTION, subject)
    return line, by


def line_subject(change: Change, ref: str) -> VerbSubject:
    """The people who answer for a line; raises NotFound."""
    line = find_line(change, ref)
    owner = line_owner(change.brief, change.tasks.values(), line.card)
    people = people_of(change, owner)
    return VerbSubject(
        name=ref,
        title=quoted(line.text),
        lead=change.lead,
        owner=owner,
        backup=people["backup"],
        manager=people["manager"],
    )


def _set(change: Change, line: DoubtableLine, *, by: str, note: str | None) -> None:
    add_flag(change, line, by=by, note=note)
    change.record(EventVerb.FLAG, by=by, note=note, claim=line.ref)


def add_flag(change: Change, line: DoubtableLine, *, by: str, note: str | None) -> None:
    """Flag a line, so that it is marked; its event is the caller's."""
    change.session.add(
        CardUse(
            launch=change.launch.slug,
            card=line.card,
            kind=CardUseKind.FLAGGED,
            claim=line.ref,
            by=by,
            at=change.now,
            note=note,
        )
    )


def find_line(change: Change, ref: str) -> DoubtableLine:
    """Return a line by its reference; raises NotFound."""
    line = doubtable_line(change.brief, ref)
    if line is not None:
        return line
    hint = suggest(ref, doubtable_refs(change.brief)) or "; write one such as redis.y4"
    raise NotFound(f'launch "{change.launch.slug}" has no claim "{ref}"{hint}')
