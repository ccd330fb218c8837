"""The session that serves people's clicks, modals and commands: it shows and answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from launch_kits import outbox
from launch_kits.database.queries import revision_of
from launch_kits.database.records import MemberStanding
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings
from launch_kits.slack.api.faults import SlackFault, is_final
from launch_kits.slack.api.interactive import Web
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound import inbox
from launch_kits.slack.inbound.admission import (
    NAMELESS,
    OUTSIDE,
    Admission,
    SecondAccount,
)
from launch_kits.slack.inbound.members import Member
from launch_kits.slack.inbound.owed import OwedAnswer
from launch_kits.slack.messages.answers import note
from launch_kits.slack.messages.blocks import Block, Message
from launch_kits.slack.messages.context import context_of
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.home import MOST_AT_HOME, my_home
from launch_kits.slack.messages.my_cards import cards_blocks, cards_kept_by
from launch_kits.slack.messages.my_launches import launches_blocks, launches_of
from launch_kits.slack.outbound.conversation import digest, render_for
from launch_kits.verbs import Change, changing
from launch_kits.verbs.actors import Door, Via
from launch_kits.verbs.message_comparison import close_if_over
from launch_kits.verbs.offers import message_for
from launch_kits.views.notices.context import ContextLoader, MessageContext
from launch_kits.views.personal_queue import PersonalQueue, read_queue

__all__ = ["DoneBefore", "Host", "SlackSession"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Host:
    """The functions outside Slack, given by the process that opens the app."""

    #: follows up a verb in a launch: documents, notices, the board
    follow_up: Callable[[str], None]
    #: opens a launch for the person with an email, does something in the same transaction, and
    #: gives the launch its run; raises LaunchKitsError
    start: Callable[[Brief, str, Callable[[Session], None]], None]
    #: the page of a launch's run in Prefect by the run's id; None if it is unknown
    run_page: Callable[[str], str | None] = lambda _: None


class DoneBefore(Exception):
    """The payload was worked on before; its transaction changes nothing."""


class SlackSession:
    """The context of all answers.

    ``clock`` gives the present, aware instant. ``later`` is called with each changed launch.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        web: Web,
        host: Host,
        clock: Callable[[], datetime],
        later: Callable[[str], None],
    ) -> None:
        self.store = store
        self.settings = settings
        self.web = web
        self.host = host
        self.now = clock
        self.later = later
        self.admission = Admission(web, store, settings, clock=clock)
        self._via = Via(Door.SLACK)
        #: the key of the payload that is worked on
        self.key: str | None = None
        #: whether a transaction has marked it as done
        self.finished = False

    def for_payload(self, key: str) -> SlackSession:
        """The session for the work on one payload."""
        mine = copy(self)
        mine.key = key
        mine.finished = False
        return mine

    def admit(self, user: str, body: Mapping[str, object]) -> None:
        """Let only full members of the app's own workspace in.

        Raises Outsider for others, NotNow if Slack has to be asked and does not answer, Rejected
        for an unknown user.
        """
        self._via = self.admission.admit(user, body)

    @contextmanager
    def changing(self, launch: str) -> Iterator[Change]:
        """The transaction of a verb on a launch; it marks the payload as done as well.

        Verbs are called with the change that this gives, so that they are done once. Raises
        DoneBefore, NotFound.
        """
        with changing(self.store, launch, now=self.now(), via=self._via) as change:
            self.mark(change.session)
            yield change
        self.finished = True

    def mark(self, session: Session) -> None:
        """Mark the payload as done, in the transaction that carries it out.

        Raises DoneBefore if it was done by another process.
        """
        if self.key is None or self.finished:
            return
        if not inbox.finish(session, self.key, now=self.now()):
            raise DoneBefore(self.key)

    def owe(
        self, session: Session, user: str, place: ActionPlace, said: Message | str
    ) -> None:
        """Keep the answer to a payload, in the transaction that carries it out.

        It is given when the work on the payload is over.
        """
        if self.key is not None:
            content = OwedAnswer(user, place, said).content()
            inbox.owe(session, self.key, content, now=self.now())

    def member(self, user: str) -> Member:
        """A full member by Slack's id; raises Outsider, NotNow, Rejected."""
        return self.admission.member(user)

    def email(self, user: str) -> str:
        """The email of a full member, as at the first contact.

        Raises LaunchKitsError: Outsider, NotNow, Rejected, or if Slack does not tell it.
        """
        return self.admission.email(user)

    def picked(self, user: str) -> str:
        """The email of a member that a person picked; raises Refused, SlackFault."""
        member = self.admission.user(user)
        if member.standing is not MemberStanding.MEMBER:
            raise Refused(
                "the person picked is not a full member of this workspace; pick another one"
            )
        if member.taken:
            raise Refused(
                "another Slack account used the app with this person's email first; "
                "pick that one"
            )
        if not member.email:
            raise Refused("Slack does not tell this person's email; pick another one")
        return member.email

    def context_of(self, change: Change) -> MessageContext:
        """A launch as a transaction holds it."""
        here = self.settings
        return context_of(change, documents=here.documents, room=here.url)

    def context(self, launch: str) -> MessageContext:
        """A launch as it is now; raises NotFound."""
        return self.contexts().of(launch, now=self.now())

    def contexts(self) -> ContextLoader:
        """The launches as they are now."""
        here = self.settings
        return ContextLoader(self.store, documents=here.documents, room=here.url)

    def queue(self, email: str) -> PersonalQueue:
        """What waits for a person, as much of it as is ever shown."""
        return read_queue(
            self.store, self.contexts(), email, now=self.now(), most=MOST_AT_HOME
        )

    def page(self, context: MessageContext) -> str | None:
        """The page of the launch's run in Prefect, if it has one."""
        run = context.view.flow_run_id
        return self.host.run_page(run) if run else None

    def open(self, trigger: str, view: View) -> None:
        """Show a modal to the person who clicked; raises SlackFault."""
        self.web.send("views.open", trigger_id=trigger, view=view)

    def push(self, trigger: str, view: View) -> None:
        """Show a modal over the one in which a person clicked; raises SlackFault."""
        self.web.send("views.push", trigger_id=trigger, view=view)

    def show_home(self, user: str, *, note: Message | str | None = None) -> None:
        """Bring a member's App Home up to date; raises SlackFault."""
        member = self.admission.user(user)
        if member.standing is not MemberStanding.MEMBER:
            view = my_home(PersonalQueue(), note=f"Sorry: {OUTSIDE[member.standing]}.")
        elif member.taken:
            view = my_home(PersonalQueue(), note=f"Sorry: {SecondAccount(user)}.")
        elif member.email:
            launches = self._launches(member.email)
            view = my_home(self.queue(member.email), note=note, launches=launches)
        else:
            view = my_home(PersonalQueue(), note=NAMELESS)
        self.web.send("views.publish", user_id=user, view=view)

    def _launches(self, email: str) -> list[Block]:
        """The running launches in which a person has a part, and the use of their cards."""
        contexts = self.contexts()
        now = self.now()
        slugs = launches_of(self.store, email)
        found = (contexts.of(slug, now=now) for slug in slugs)
        readers = ((each, each.reader(email, now=now)) for each in found)
        return [
            *launches_blocks(readers, email),
            *cards_blocks(cards_kept_by(self.store, email, launches=slugs)),
        ]

    def show_message(self, place: ActionPlace, context: MessageContext) -> None:
        """Bring the clicked message up to date now.

        ``context`` is the launch after the action. If this fails, the next delivery does it.
        """
        if not place.ts or place.fleeting:
            return
        with self.store.read() as session:
            notice = outbox.find_at(session, place.channel, place.ts)
        if notice is None or not notice.living:
            return
        if notice.launch != context.view.slug:
            context = self.context(notice.launch)
        with self.store.write() as session:
            outbox.mark(session, [notice.key])  # until it is known to be shown
        now = self.now()
        close_if_over(self.store, notice, context, now=now)
        neutral = message_for(notice, context, now=now)
        message = render_for(notice, neutral, channel=place.channel, context=context)
        try:
            self.web.send(
                "chat.update", channel=place.channel, ts=place.ts, **_content(message)
            )
        except SlackFault as fault:
            _log.info(
                "a message could not be updated now; the next delivery updates it",
                extra={"notice": notice.key, "reason": str(fault)},
            )
            return
        with self.store.write() as session:
            # a newer state may have been shown before this older one, so show it again
            newest = revision_of(session, notice.launch) == context.view.revision
            shown = digest(message) if newest else None
            outbox.note(session, notice.key, shown=shown)

    def answer(self, user: str, place: ActionPlace, said: Message | str) -> bool:
        """Show an answer to one person only, in the place of the action.

        Returns False if Slack may take it later. A fault is logged.
        """
        if place.home:
            return self._try(lambda: self.show_home(user, note=said))
        content = _content(note(said) if isinstance(said, str) else said)
        taken = bool(url := place.url) and self._try(
            lambda: self.web.answer(
                url, response_type="ephemeral", replace_original=False, **content
            )
        )
        if taken or not place.channel:
            return taken or not url
        return self._try(
            lambda: self.web.send(
                "chat.postEphemeral", channel=place.channel, user=user, **content
            ),
            last=True,
        )

    def _try(self, ask: Callable[[], object], *, last: bool = False) -> bool:
        try:
            ask()
        except SlackFault as fault:
            _log.warning("cannot answer a user in Slack: %s", fault)
            return last and is_final(fault)
        return True


def _content(message: Message) -> dict[str, object]:
    return {"text": message.text, "blocks": list(message.blocks), "parse": "none"}
