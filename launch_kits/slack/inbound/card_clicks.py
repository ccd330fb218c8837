"""Cards in Slack: shown, copied, and flagged line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from launch_kits import verbs
from launch_kits.claims.doubtable import DoubtableLine
from launch_kits.database.records import CardUseKind
from launch_kits.errors import NotFound
from launch_kits.slack.api.payloads import ActionPlace, Click, Command, Submission
from launch_kits.slack.inbound.seller_reader import reader_of
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.inbound.undoing import undoable
from launch_kits.slack.messages.blocks import Message
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
from launch_kits.verbs.card_flags import answered_line, find_line
from launch_kits.verbs.card_reviews import card_subject, find_card
from launch_kits.verbs.desk_rows import find_question
from launch_kits.verbs.outcome import Outcome
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


#: the answers to the owner of a line who agrees that it is wrong
CONCEDED = "Thank you. It is marked until it is corrected; those who doubt it are told."
CONCEDED_BEFORE = "It is known to be wrong already."


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
    place, line = _doubted_line(slack, click)
    slack.open(click.trigger, uphold_form(place, line=line))


def uphold_line(slack: SlackSession, submission: Submission) -> None:
    """Say that a doubted line holds, with the reason."""
    thanks = "Thank you. The person who doubted it is told why it holds."
    _carry_out(
        slack,
        submission,
        verbs.uphold,
        lambda _change, _outcome, _said: thanks,
        note=submission.values.get("note", ""),
    )


def verify_card(slack: SlackSession, click: Click) -> None:
    """Say that a card still holds as it is."""
    _carry_out(slack, click, verbs.verify_card, undoable)


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
    _carry_out(
        slack,
        submission,
        verbs.name_card_change,
        lambda _change, _outcome, said: said,
        note=submission.values.get("note", ""),
    )


def show_concede_form(slack: SlackSession, click: Click) -> None:
    """Show the form that calls a doubted line wrong indeed, as its owner."""
    place, line = _doubted_line(slack, click)
    slack.open(click.trigger, concede_form(place, line=line))


def concede_line(slack: SlackSession, submission: Submission) -> None:
    """Say that a doubted line is wrong, with the reason."""
    _carry_out(
        slack,
        submission,
        verbs.concede,
        lambda _change, outcome, _said: (
            CONCEDED if outcome.changed else CONCEDED_BEFORE
        ),
        note=submission.values.get("note", ""),
    )


def _carry_out(
    slack: SlackSession,
    asked: Click | Submission,
    verb: Callable[..., Outcome],
    answer: Callable[[Change, Outcome, str], Message | str],
    **given: str,
) -> None:
    """Change a card or a line of it, answer its user, and show the message as it is now.

    ``answer`` makes the answer from the outcome and its sentence; ``given`` goes to the verb.
    """
    place = asked.place
    email = slack.email(asked.user)
    with slack.changing(place.launch) as change:
        outcome = verb(
            change, place.launch, place.task, by=email, now=change.now, **given
        )
        context = slack.context_of(change)
        reader = context.reader(email, now=change.now)
        said = answers.for_people(outcome.message, context.view, reader=reader)
        told = answer(change, outcome, f"{capitalize(said)}.")
        slack.owe(change.session, asked.user, place, told)
    if outcome.changed:
        slack.later(place.launch)
    slack.show_message(place, context)


def _doubted_line(
    slack: SlackSession, click: Click
) -> tuple[ActionPlace, DoubtableLine]:
    """The line of a button for the person who answers for it, and its place.

    Raises NotYours, NotFound, and Refused for a cancelled launch.
    """
    email = slack.email(click.user)
    with reading(slack.store, click.place.launch, now=slack.now()) as change:
        place = _of_line(change, click.place)
        line, _ = answered_line(change, place.task, email)
    return place, line


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
