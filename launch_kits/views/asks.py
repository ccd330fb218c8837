"""Answers and help that people owe besides those about tasks and gates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from launch_kits.claims.doubtable import DoubtableLine, doubtable_line
from launch_kits.database.records import (
    CardUse,
    CardUseKind,
    Event,
    EventVerb,
    FaqStatus,
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    Question,
    Task,
    TaskStatus,
)
from launch_kits.inputs.brief import Brief
from launch_kits.outbox import merged_into
from launch_kits.plan.absence import Deputies
from launch_kits.plan.calendars import Calendars
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.card_keepers import card_keeper, line_owner
from launch_kits.views.doubted import ENOUGH
from launch_kits.views.notices.outsiders import name_of

__all__ = ["CARD_AHEAD", "people_asked", "read_asks"]

#: days before the last fresh one of a card on which its owner is asked for the review
CARD_AHEAD = timedelta(7)


def read_asks(
    session: Session,
    launch: Launch,
    calendars: Calendars,
    tasks: Collection[Task],
    *,
    now: datetime,
) -> tuple[ToDecide, ...]:
    """Read the answers and the help that people owe, at an aware instant.

    Those about its tasks and gates that its view tells are not among them; calls for help may be
    over, as `owed` finds.
    """
    if launch.status == LaunchStatus.CANCELLED:
        return ()
    asks = _Asks(session, launch, calendars.brief, tasks, Deputies(calendars, now))
    found = [*asks.questions(), *asks.flags(), *asks.contents()]
    if launch.status == LaunchStatus.RUNNING:
        found += [*asks.calls(), *asks.blocked(), *asks.cards()]
    return tuple(found)


def people_asked(brief: Brief, owner: str) -> list[str]:
    """The people who are asked a question of the desk one after another, its owner first.

    Their emails: the backup of the owner, the manager and the lead follow.
    """
    person = brief.person(owner)
    roles = [person.backup, person.manager] if person else []
    behind = [brief.team[role].email for role in roles if role]
    return list(dict.fromkeys([owner, *behind, brief.lead.email]))


@dataclass(frozen=True)
class _Asks:
    """A launch with its people at an instant."""

    session: Session
    launch: Launch
    brief: Brief
    tasks: Collection[Task]
    away: Deputies

    @property
    def today(self) -> date:
        return self._day(self.away.now, self.brief.zone())

    def _day(self, at: datetime, zone: ZoneInfo) -> date:
        return at.astimezone(zone).date()

    def _name(self, email: str) -> str:
        return name_of(self.session, self.brief, email)

    def _ask(
        self,
        wanted: AnswerKind,
        person: str,
        *,
        title: str,
        key: str,
        besides: Collection[str] = (),
        owner: str | None = None,
        due: date | None = None,
        due_at: datetime | None = None,
        late: bool = False,
        why: str | None = None,
        notice: Notice | None = None,
    ) -> ToDecide:
        """Return an answer that a person owes, or the one who acts for them."""
        deputy = self.away.of(person, besides=besides)
        return ToDecide(
            wanted=wanted,
            who=deputy or person,
            instead_of=person if deputy else None,
            title=title,
            key=key,
            owner=owner,
            due=due,
            due_at=due_at,
            late=late,
            why=why,
            notice=notice,
        )

    def questions(self) -> Iterator[ToDecide]:
        """Open questions, owed by their owner and the person who has them now; FAQ entries."""
        query = select(Question).where(
            Question.launch == self.launch.slug,
            col(Question.answered_at).is_(None)
            | (col(Question.faq) == FaqStatus.PROPOSED),
        )
        for row in self.session.exec(query.order_by(col(Question.id))).all():
            if row.answered_at is None:
                yield from self._open(row)
            else:
                yield self._ask(
                    AnswerKind.FAQ,
                    self.brief.lead.email,
                    title=row.text,
                    key=str(row.id),
                    owner=self._name(row.faq_by or row.answered_by or row.owner),
                    why=row.answer,
                )

    def _open(self, row: Question) -> Iterator[ToDecide]:
        people = people_asked(self.brief, row.owner)
        has = people[min(max(row.reminded, 1), len(people)) - 1]
        wanted = AnswerKind.QUESTION if row.about is None else AnswerKind.DOUBT
        for person in dict.fromkeys([row.owner, has]):
            yield self._ask(
                wanted,
                person,
                title=row.text,
                key=str(row.id),
                owner=None if person == row.owner else self._name(row.owner),
                due=self._day(row.due_at, self.brief.zone(person)),
                due_at=row.due_at,
                late=row.reminded > 0,
            )

    def _notices(self, kind: NoticeKind) -> Iterator[tuple[Notice, Task]]:
        """The messages of a kind that reached their reader, or will, each with its task."""
        query = select(Notice).where(
            Notice.launch == self.launch.slug,
            Notice.kind == kind,
            col(Notice.closed).is_(None),
            Notice.status != NoticeStatus.DEAD,
        )
        tasks = {task.key: task for task in self.tasks}
        for notice in self.session.exec(
            query.order_by(col(Notice.filed_at), col(Notice.key))
        ).all():
            gone = notice.status == NoticeStatus.DROPPED and merged_into(notice) is None
            task = tasks.get(notice.task or "")
            if task is not None and not gone:
                yield notice, task

    def calls(self) -> Iterator[ToDecide]:
        """Calls for help with tasks that are overdue, the newest of each reader and task."""
        found = {
            (notice.to, task.key): (notice, task)
            for notice, task in self._notices(NoticeKind.ESCALATION)
        }
        for notice, task in found.values():
            yield self._about(task, AnswerKind.HELP, notice.to, notice=notice)

    def contents(self) -> Iterator[ToDecide]:
        """Approved documents whose new content is to be approved."""
        found = {
            (notice.to, task.key): (notice, task)
            for notice, task in self._notices(NoticeKind.REVIEW)
            if "content" in notice.facts and task.status == TaskStatus.DONE
        }
        for notice, task in found.values():
            yield self._about(task, AnswerKind.CONTENT, notice.to, notice=notice)

    def blocked(self) -> Iterator[ToDecide]:
        """Blocked tasks whose reason a named person can remove."""
        keys = {
            task.key: task for task in self.tasks if task.status == TaskStatus.BLOCKED
        }
        if not keys:
            return
        query = select(Event).where(
            Event.launch == self.launch.slug,
            Event.verb == EventVerb.BLOCK,
            col(Event.task).in_(keys),
        )
        events = self.session.exec(query.order_by(col(Event.id))).all()
        for event in {event.task: event for event in events}.values():
            helper = event.data.get("waits_on")
            task = keys[str(event.task)]
            if helper and helper.casefold() != task.owner.casefold():
                yield self._about(task, AnswerKind.UNBLOCK, helper, why=event.note)

    def _about(
        self,
        task: Task,
        wanted: AnswerKind,
        person: str,
        *,
        notice: Notice | None = None,
        why: str | None = None,
    ) -> ToDecide:
        return self._ask(
            wanted,
            person,
            title=task.title,
            key=task.key,
            besides=[task.owner],
            owner=self._name(task.owner),
            due=task.due if wanted is not AnswerKind.CONTENT else None,
            why=why,
            notice=notice,
        )

    def cards(self) -> Iterator[ToDecide]:
        """Battlecards whose review is due soon, or overdue, each owed by its owner."""
        for alternative in self.brief.competitors():
            ledger = alternative.ledger
            keeper = card_keeper(self.tasks, alternative.key)
            if ledger is None or keeper is None or not ledger.sources:
                continue
            due = ledger.card.next_review_on
            if self.today >= due - CARD_AHEAD:
                yield self._ask(
                    AnswerKind.CARD,
                    keeper.owner,
                    title=alternative.name,
                    key=alternative.key,
                    due=due,
                )

    def flags(self) -> Iterator[ToDecide]:
        """Lines that a person called wrong, until the card is verified again.

        A line that more people doubt is a question instead; one that its owner calls wrong, too,
        waits for the lead's update.
        """
        query = select(CardUse).where(
            CardUse.launch == self.launch.slug,
            CardUse.kind == CardUseKind.FLAGGED,
            col(CardUse.settled_at).is_(None),
        )
        uses = self.session.exec(query.order_by(col(CardUse.id))).all()
        if not uses:
            return
        query_doubts = select(Question.about).where(
            Question.launch == self.launch.slug, col(Question.answered_at).is_(None)
        )
        doubted = set(self.session.exec(query_doubts).all())
        doubted |= {
            claim
            for claim, flags in Counter(use.claim for use in uses).items()
            if flags >= ENOUGH
        }
        for use in {use.claim: use for use in uses}.values():
            line = doubtable_line(self.brief, str(use.claim))
            if line is not None and use.claim not in doubted:
                yield from self._flag(use, line)

    def _flag(self, use: CardUse, line: DoubtableLine) -> Iterator[ToDecide]:
        ledger = line.ledger
        day = self._day(use.at, self.brief.zone())
        if ledger is not None and ledger.card.verified_on >= day:
            return
        yield self._ask(
            AnswerKind.FLAG,
            line_owner(self.brief, self.tasks, line.card),
            title=line.text,
            key=line.ref,
            owner=self._name(use.by),
            why=use.note,
        )
