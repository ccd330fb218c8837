"""The answer desk in Slack: questions, answers, and entries of the FAQ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from launch_kits import verbs
from launch_kits.errors import NotFound
from launch_kits.inputs.links import is_web_link
from launch_kits.slack.api.payloads import ActionPlace, Click, Command, Submission
from launch_kits.slack.inbound.launch_names import SeveralLaunches, find_subject
from launch_kits.slack.inbound.members import Member
from launch_kits.slack.inbound.seller_reader import reader_of
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.answers import note
from launch_kits.slack.messages.blocks import Message
from launch_kits.slack.messages.desk_forms import (
    answer_form,
    answered_message,
    ask_form,
    known_message,
    launch_choice,
    put_message,
)
from launch_kits.verbs.desk_answers import question_subject
from launch_kits.verbs.desk_rows import find_question
from launch_kits.verbs.faq_entries import can_be_proposed
from launch_kits.verbs.flags import card_of, reasons_of
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import reading
from launch_kits.views.concerned import launches_concerning
from launch_kits.views.notices.context import MessageContext

__all__ = [
    "add_to_faq",
    "ask_anyway",
    "ask_from_card",
    "decline_faq",
    "faults_of_form",
    "on_ask",
    "on_form",
    "propose",
    "show_answer_form",
]


#: the input of a form that must not be empty
_NEEDED = {
    "desk_ask": "question",
    "desk_answer": "answer",
    "card_uphold": "note",
    "card_concede": "note",
    "card_change": "note",
}


def on_ask(slack: SlackSession, command: Command) -> None:
    """Ask the answer desk, and answer its user at once if the answer is known."""
    words = command.words[1:]
    try:
        slug, question = find_subject(slack.store, words) if words else ("", ())
    except SeveralLaunches as error:
        choice = launch_choice(" ".join(words), _own_first(slack, command.user, error))
        if choice is None:
            raise
        slack.answer(command.user, command.place, choice)
        return
    if not question:
        usage = "Write /launch ask, then the launch, then your question."
        slack.answer(command.user, command.place, usage)
        return
    place = replace(command.place, launch=slug)
    _ask(slack, command.user, place, " ".join(question))


def _own_first(
    slack: SlackSession, user: str, error: SeveralLaunches
) -> list[tuple[str, str]]:
    """The running launches: first those that concern the person, each the newest first."""
    email = slack.email(user)
    with slack.store.read() as session:
        own = set(launches_concerning(session, email))
    return sorted(error.launches, key=lambda each: each[0] not in own)


def ask_from_card(slack: SlackSession, click: Click) -> None:
    """Ask the words of a buyer, or show the form for a question if there are none."""
    place = click.place
    if place.check:
        _ask(slack, click.user, place, place.check)
        return
    context = slack.context(place.launch)
    slack.open(click.trigger, ask_form(place, product=context.view.product))


def ask_anyway(slack: SlackSession, click: Click) -> None:
    """Ask a person the question that was answered automatically."""
    place = click.place
    email = slack.email(click.user)
    member = slack.member(click.user)
    with slack.changing(place.launch) as change:
        number = _number(place)
        asked = verbs.ask_anyway(change, number, by=email, now=change.now)
        text = find_question(change, number).text
        said = _put(text, asked, slack.context_of(change), member, now=change.now)
        slack.owe(change.session, click.user, place, said)
    if asked.changed:
        slack.later(place.launch)


def show_answer_form(slack: SlackSession, click: Click) -> None:
    """Show the form for an answer to a person who may answer."""
    place = click.place
    email = slack.email(click.user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        change.must_not_be_cancelled()
        question = find_question(change, _number(place))
        by = change.actor(email, email)
        subject = question_subject(change, question)
        change.must(by, Verb.ANSWER_QUESTION, subject)
        context = slack.context_of(change)
        about = question.about
        doubts = reasons_of(change, about) if about else []
        view = answer_form(
            place,
            question,
            asker=context.name(question.asked_by),
            product=change.launch.product,
            card=card_of(change, about) if about else "",
            doubts=[(context.name(str(each["by"])), each["note"]) for each in doubts],
        )
    slack.open(click.trigger, view)


def propose(slack: SlackSession, click: Click) -> None:
    """Propose an answer for the FAQ."""
    _decide(slack, click, verbs.propose_for_faq, "Proposed: the lead decides.")


def add_to_faq(slack: SlackSession, click: Click) -> None:
    """Add a proposed answer to the FAQ."""
    _decide(slack, click, verbs.add_to_faq, "It is in the FAQ, for colleagues.")


def decline_faq(slack: SlackSession, click: Click) -> None:
    """Leave a proposed answer out of the FAQ."""
    _decide(slack, click, verbs.decline_faq, "It stays out of the FAQ.")


def faults_of_form(_slack: SlackSession, submission: Submission) -> dict[str, str]:
    """Check a form of sellers or of the answer desk; returns faults by the names of the inputs."""
    values = submission.values
    needed = _NEEDED.get(submission.name)
    if needed and not values.get(needed):
        return {needed: "Please write a few words."}
    proposed = "faq" in values
    if proposed and not is_web_link(values.get("source", "")):
        return {"source": "The FAQ needs a link to the source."}
    return {}


def on_form(slack: SlackSession, submission: Submission) -> None:
    """Ask or answer a question, as a form says."""
    if submission.name == "desk_ask":
        text = submission.values.get("question", "")
        _ask(slack, submission.user, submission.place, text)
        return
    place = submission.place
    values = submission.values
    email = slack.email(submission.user)
    with slack.changing(place.launch) as change:
        number = _number(place)
        outcome = verbs.answer(
            change,
            number,
            text=values.get("answer", ""),
            source=values.get("source"),
            by=email,
            now=change.now,
        )
        question = find_question(change, number)
        offered = can_be_proposed(question, change.brief) and question.about is None
        said = ""
        if offered and "faq" in values:
            verbs.propose_for_faq(change, number, by=email, now=change.now)
            said = "The lead decides whether it comes into the FAQ."
            offered = False
        context = slack.context_of(change)
        told = answered_message(
            launch=place.launch,
            number=number,
            askers=[context.name(each) for each in outcome.told],
            can_be_proposed=offered,
            said=said,
        )
        if not outcome.changed:
            told = note("It has this answer already.")
        slack.owe(change.session, submission.user, place, told)
    if outcome.changed:
        slack.later(place.launch)
    slack.show_message(place, context)


def _decide(
    slack: SlackSession, click: Click, verb: Callable[..., verbs.Outcome], said: str
) -> None:
    """Take a step of an answer on its way into the FAQ."""
    place = click.place
    email = slack.email(click.user)
    with slack.changing(place.launch) as change:
        outcome = verb(change, _number(place), by=email, now=change.now)
        context = slack.context_of(change)
        told = said if outcome.changed else "That was decided already."
        slack.owe(change.session, click.user, place, told)
    if outcome.changed:
        slack.later(place.launch)
    slack.show_message(place, context)


def _ask(slack: SlackSession, user: str, place: ActionPlace, text: str) -> None:
    email = slack.email(user)
    member = slack.member(user)
    with slack.changing(place.launch) as change:
        asked = verbs.ask(change, place.launch, text, by=email, now=change.now)
        if asked.known is None:
            said = _put(text, asked, slack.context_of(change), member, now=change.now)
        else:
            said = known_message(asked.known, launch=place.launch, number=asked.id)
        slack.owe(change.session, user, place, said)
    if asked.changed:
        slack.later(place.launch)


def _put(
    text: str,
    asked: verbs.Asked,
    context: MessageContext,
    member: Member,
    *,
    now: datetime,
) -> Message:
    """Tell that a question was put, and by when its owner answers."""
    due_at = asked.due_at or now
    return put_message(
        text,
        owner=context.name(_answering(context, asked.owner)),
        due_at=due_at,
        late=due_at < now,
        reader=reader_of(context, member, now=now),
        again=not asked.changed,
    )


def _answering(context: MessageContext, owner: str) -> str:
    """The person who answers: the owner of a question, or who acts for them."""
    away = context.view.away
    return away.reached(owner) if away else owner


def _number(place: ActionPlace) -> int:
    """The number of the question that a button is about; raises NotFound."""
    if not place.task.isdecimal():
        raise NotFound("this question is gone")
    return int(place.task)
