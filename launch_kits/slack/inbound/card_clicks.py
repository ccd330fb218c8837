"""Cards in Slack: shown, copied, and flagged line by line."""

from __future__ import annotations

from dataclasses import replace

from launch_kits import verbs
from launch_kits.database.records import CardUseKind
from launch_kits.errors import NotFound
from launch_kits.slack.api.payloads import ActionPlace, Click, Command, Submission
from launch_kits.slack.inbound.seller_reader import reader_of
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.inbound.undoing import undoable
from launch_kits.slack.messages.card import (
    PER_LINE,
    WORDS,
    card_message,
    choice_message,
    copy_message,
    unknown_card,
)
from launch_kits.slack.messages.card_forms import (
    card_change_form,
    concede_form,
    flag_form,
    uphold_form,
)
from launch_kits.verbs.card_flags import find_line, line_subject
from launch_kits.verbs.card_reviews import card_subject, find_card
from launch_kits.verbs.desk_rows import find_question
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change, reading
from launch_kits.views import answers
from launch_kits.views.cards import (
    CardName,
    SellersCard,
    find_cards,
    names_of_cards,
    read_card,
)
from launch_kits.views.notices.text import capitalize, shorten

__all__ = [
    "concede_line",
    "copy_card",
    "flag_line",
    "name_card_change",
    "on_card",
    "open_card",
    "show_change_form",
    "show_concede_form",
    "show_flag_form",
    "show_uphold_form",
    "uphold_line",
    "verify_card",
]


def on_card(slack: SlackSession, command: Command) -> None:
    """Show a card, the answer to the words of a buyer, or a choice of cards."""
    typed = " ".join(command.words[1:])
    email = slack.email(command.user)
    with slack.store.read() as session:
        found = find_cards(session, typed, email=email)
        known = [] if found else names_of_cards(session, email=email)
    if not found:
        said = unknown_card(typed, known)
    elif len(found) > 1:
        said = choice_message(found, "Several cards are called so. Which do you need?")
    else:
        _show_card(slack, command.user, command.place, found[0])
        return
    slack.answer(command.user, command.place, said)


def open_card(slack: SlackSession, click: Click) -> None:
    """Show the card of a button."""
    place = click.place
    name = CardName(place.launch, "", place.task, "", place.check)
    _show_card(slack, click.user, place, name)


def copy_card(slack: SlackSession, click: Click) -> None:
    """Show the lines of a card that customers may be told, as plain text."""
    place = click.place
    email = slack.email(click.user)
    name = CardName(place.launch, "", place.task, "", place.check)
    card = _read(slack, name)
    slack.answer(click.user, place, copy_message(card))
    _count(slack, card, CardUseKind.COPIED, email)


def show_flag_form(slack: SlackSession, click: Click) -> None:
    """Show the form that calls a line wrong."""
    place = click.place
    slack.email(click.user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        line = find_line(change, place.task)
    view = flag_form(place, line=line)
    slack.open(click.trigger, view)


def flag_line(slack: SlackSession, submission: Submission) -> None:
    """Call a line wrong, with or without a reason."""
    place = submission.place
    email = slack.email(submission.user)
    with slack.changing(place.launch) as change:
        found = verbs.flag(
            change,
            place.launch,
            place.task,
            by=email,
            note=submission.values.get("note"),
            now=change.now,
        )
        owner = shorten(change.name(found.owner))
        if not found.changed:
            said = f"You have said so already; {owner} knows of it."
        elif found.known:
            said = (
                f"Thank you. {owner} knows of it; it is marked until it is corrected."
            )
        elif found.questioned:
            said = (
                f"Thank you. It is marked as questioned until {owner} has answered; "
                "you get a message then."
            )
        else:
            said = f"Thank you, {owner} is told."
        slack.owe(change.session, submission.user, place, said)
    if found.changed:
        slack.later(place.launch)


def show_uphold_form(slack: SlackSession, click: Click) -> None:
    """Show the form that upholds a doubted line."""
    place = click.place
    email = slack.email(click.user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        change.must_not_be_cancelled()
        line = find_line(change, place.task)
        subject = line_subject(change, place.task)
        change.must(change.actor(email, email), Verb.ANSWER_QUESTION, subject)
    view = uphold_form(place, line=line)
    slack.open(click.trigger, view)


def uphold_line(slack: SlackSession, submission: Submission) -> None:
    """Say that a doubted line holds, with the reason."""
    place = submission.place
    email = slack.email(submission.user)
    with slack.changing(place.launch) as change:
        verbs.uphold(
            change,
            place.launch,
            place.task,
            by=email,
            note=submission.values.get("note", ""),
            now=change.now,
        )
        context = slack.context_of(change)
        said = "Thank you. The person who doubted it is told why it holds."
        slack.owe(change.session, submission.user, place, said)
    slack.later(place.launch)
    slack.show_message(place, context)


def verify_card(slack: SlackSession, click: Click) -> None:
    """Say that a card still holds as it is."""
    place = click.place
    email = slack.email(click.user)
    with slack.changing(place.launch) as change:
        outcome = verbs.verify_card(
            change, place.launch, place.task, by=email, now=change.now
        )
        context = slack.context_of(change)
        reader = context.reader(email, now=change.now)
        said = answers.for_people(outcome.message, context.view, reader=reader)
        told = undoable(change, outcome, f"{capitalize(said)}.")
        slack.owe(change.session, click.user, place, told)
    if outcome.changed:
        slack.later(place.launch)
    slack.show_message(place, context)


def show_change_form(slack: SlackSession, click: Click) -> None:
    """Show the form that names the change a card needs."""
    place = click.place
    email = slack.email(click.user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        change.must_run()
        card, _ = find_card(change, place.task)
        subject = card_subject(change, card)
        change.must(change.actor(email, email), Verb.VERIFY, subject)
    slack.open(click.trigger, card_change_form(place, name=card.name))


def name_card_change(slack: SlackSession, submission: Submission) -> None:
    """Name the change that a card needs."""
    place = submission.place
    email = slack.email(submission.user)
    with slack.changing(place.launch) as change:
        outcome = verbs.name_card_change(
            change,
            place.launch,
            place.task,
            by=email,
            note=submission.values.get("note", ""),
            now=change.now,
        )
        context = slack.context_of(change)
        reader = context.reader(email, now=change.now)
        said = answers.for_people(outcome.message, context.view, reader=reader)
        slack.owe(change.session, submission.user, place, f"{capitalize(said)}.")
    slack.later(place.launch)
    slack.show_message(place, context)


def show_concede_form(slack: SlackSession, click: Click) -> None:
    """Show the form that calls a doubted line wrong indeed, as its owner."""
    place = click.place
    email = slack.email(click.user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        change.must_not_be_cancelled()
        place = _of_line(change, place)
        line = find_line(change, place.task)
        subject = line_subject(change, place.task)
        change.must(change.actor(email, email), Verb.ANSWER_QUESTION, subject)
    slack.open(click.trigger, concede_form(place, line=line))


def concede_line(slack: SlackSession, submission: Submission) -> None:
    """Say that a doubted line is wrong, with the reason."""
    place = submission.place
    email = slack.email(submission.user)
    with slack.changing(place.launch) as change:
        outcome = verbs.concede(
            change,
            place.launch,
            place.task,
            by=email,
            note=submission.values.get("note", ""),
            now=change.now,
        )
        context = slack.context_of(change)
        said = "It is known to be wrong already."
        if outcome.changed:
            said = "Thank you. It is marked until it is corrected; those who doubt it are told."
        slack.owe(change.session, submission.user, place, said)
    if outcome.changed:
        slack.later(place.launch)
    slack.show_message(place, context)


def _of_line(change: Change, place: ActionPlace) -> ActionPlace:
    """The place of a button about a line; the question whether it holds names that line."""
    if not place.task.isdecimal():
        return place
    question = find_question(change, int(place.task))
    return replace(place, task=question.about or "")


def _show_card(
    slack: SlackSession, user: str, place: ActionPlace, name: CardName
) -> None:
    email = slack.email(user)
    card = _read(slack, name)
    context = slack.context(name.launch)
    reader = reader_of(context, slack.member(user), now=slack.now())
    slack.answer(user, place, card_message(card, reader=reader))
    _count(slack, card, CardUseKind.OPENED, email)


def _read(slack: SlackSession, name: CardName) -> SellersCard:
    """Read a card; raises NotFound if the launch has none of this name any more."""
    with slack.store.read() as session:
        card = read_card(
            session,
            name.launch,
            name.key,
            said=name.said,
            now=slack.now(),
            words=WORDS,
            per_line=PER_LINE,
        )
    if card is None:
        raise NotFound("this card is gone: the launch has no such competitor any more")
    return card


def _count(
    slack: SlackSession, card: SellersCard, kind: CardUseKind, email: str
) -> None:
    """Count the use of a card or of the FAQ."""
    now = slack.now()
    verbs.count_use(slack.store, card.launch, card.counted, kind, by=email, now=now)
