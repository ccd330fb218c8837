"""The answer desk in Slack: a known answer, a question that was put, and the forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from launch_kits.claims.doubtable import DoubtableLine, is_faq
from launch_kits.claims.known_answers import KnownAnswer
from launch_kits.database.records import Question
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.answers import note
from launch_kits.slack.messages.blocks import (
    Block,
    Message,
    button,
    context,
    first_line,
    message,
    paragraph,
    rows,
)
from launch_kits.slack.messages.forms import View, checkboxes, modal, text_input
from launch_kits.verbs.desk_rows import MOST
from launch_kits.views.notices.desk_notice import UNSOURCED, written_instant
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.text import clean, cut, shorten
from launch_kits.views.reader import Reader

__all__ = [
    "answer_form",
    "answered_message",
    "ask_form",
    "card_change_form",
    "concede_form",
    "flag_form",
    "known_message",
    "put_message",
    "uphold_form",
]

#: characters of a question in a message
LONG = 300
#: the button at a line, and the title of its form
WRONG = "That was wrong"


def known_message(known: KnownAnswer, *, launch: str, number: int) -> Message:
    """Return the known answer to a question, with a button that asks a person anyway."""
    says = cut(clean(known.says), 1500)
    mark = f" ({known.mark})" if known.mark else ""
    asks = cut(clean(known.asks), LONG)
    place = ActionPlace(launch=launch, task=str(number))
    anyway = button("desk_anyway", "Ask anyway", place.pack())
    return message(
        f"{says}{mark}",
        [
            first_line(f"{says}{mark}"),
            {"type": "actions", "elements": [*_doubt(known, launch), anyway]},
            *rows(Row("Source", [each], link=True) for each in known.references),
            context(f'An automatic match, from {known.place}: "{asks}"'),
        ],
    )


def _doubt(known: KnownAnswer, launch: str) -> list[Block]:
    """The button that calls a known answer wrong."""
    if known.ref.startswith("question."):
        return []
    place = ActionPlace(launch=launch, task=known.ref)
    return [button("card_wrong:0", WRONG, place.pack())]


def put_message(
    question: str,
    *,
    owner: str,
    due_at: datetime,
    reader: Reader,
    again: bool,
    late: bool = False,
) -> Message:
    """Return that a question was put to its owner, with the hour of the answer.

    ``late`` says whether that hour has passed.
    """
    due = written_instant(due_at.isoformat(), reader)
    asked = f'"{cut(clean(question), LONG)}"'
    word = "is open already" if again else "is asked"
    if late:
        return note(
            f"Your question {asked} is not answered yet. An answer was due {due}; "
            "your message about it says who has it now."
        )
    return note(
        f"Your question {asked} {word}. {shorten(owner)} answers by {due}; "
        "you get a message then."
    )


def answered_message(
    *,
    launch: str,
    number: int,
    askers: Sequence[str],
    can_be_proposed: bool,
    said: str = "",
) -> Message:
    """Return that an answer is given, with a button that proposes it for the FAQ.

    ``askers`` are the names of the people who hear of it.
    """
    told = f"Answered. {_hear(askers)} {said}".strip()
    if not can_be_proposed:
        return note(told)
    place = ActionPlace(launch=launch, task=str(number)).pack()
    offer = button("desk_propose", "Propose it for the FAQ", place)
    return message(told, [first_line(told), {"type": "actions", "elements": [offer]}])


def _hear(askers: Sequence[str]) -> str:
    """Say who gets a message about the answer."""
    names = [shorten(each) for each in askers]
    if not names:
        return ""
    *most, last = names
    if not most:
        return f"{last} gets a message."
    return f"{', '.join(most)} and {last} get a message each."


def ask_form(
    place: ActionPlace,
    *,
    product: str,
) -> View:
    """Return the form for a question to the answer desk."""
    return modal(
        "Ask the answer desk",
        [
            paragraph(shorten(product)),
            text_input("question", "Your question", lines=True, most=MOST),
        ],
        name="desk_ask",
        private=place.pack(),
        submit="Ask",
        close="Cancel",
    )


def flag_form(place: ActionPlace, *, line: DoubtableLine) -> View:
    """Return the form that says that a line is wrong."""
    why = text_input(
        "note",
        "What is wrong with it?",
        optional=True,
        lines=True,
        most=MOST,
        hint="The person who answers for it reads it. A link to a source helps.",
    )
    return _of_line(WRONG, [_says(line), why], place, name="card_wrong")


def uphold_form(place: ActionPlace, *, line: DoubtableLine) -> View:
    """Return the form that says why a doubted line holds."""
    why = text_input(
        "note",
        "Why does it hold?",
        lines=True,
        most=MOST,
        hint="The person who doubts it reads this. A link to a source helps.",
    )
    return _of_line("It holds", [_says(line), why], place, name="card_uphold")


def concede_form(place: ActionPlace, *, line: DoubtableLine) -> View:
    """Return the form that calls a doubted line wrong indeed."""
    why = text_input(
        "note",
        "Why is it wrong?",
        lines=True,
        most=MOST,
        hint="The people who doubt it read this, and the lead, who updates the launch.",
    )
    return _of_line("It is wrong", [_says(line), why], place, name="card_concede")


def card_change_form(place: ActionPlace, *, name: str) -> View:
    """Return the form that names the change a card needs; ``name`` is the competitor's."""
    needed = text_input(
        "note",
        "The change that it needs",
        lines=True,
        most=MOST,
        hint="The lead reads it, who updates the launch. A link to a source helps.",
    )
    return _of_line(
        "Needs a change",
        [paragraph(f"The card on {shorten(name)}"), needed],
        place,
        name="card_change",
    )


def _says(line: DoubtableLine) -> Block:
    place = f"The card on {shorten(line.name)}" if line.name else "The FAQ"
    return paragraph(f'{place} says:\n"{cut(clean(line.text), LONG)}"')


def _of_line(
    title: str, blocks: Sequence[Block], place: ActionPlace, *, name: str
) -> View:
    """Return a form about a line."""
    return modal(
        title,
        blocks,
        name=name,
        private=place.pack(),
        submit="Say so",
        close="Cancel",
    )


def answer_form(
    place: ActionPlace,
    question: Question,
    *,
    asker: str,
    product: str,
    card: str = "",
    doubts: Sequence[tuple[str, str | None]] = (),
) -> View:
    """Return the form for the answer to a question.

    ``card`` is the competitor whose card has the doubted line; ``doubts`` are the people who doubt
    it, by name, each with their reason.
    """
    return modal(
        "Answer",
        [
            paragraph(_asked(question, asker=asker, product=product, card=card)),
            *rows(_doubts(doubts)),
            text_input(
                "answer",
                "Your answer",
                lines=True,
                initial=question.answer or "",
                most=MOST,
            ),
            text_input(
                "source",
                "Source",
                optional=True,
                initial=question.source or "",
                most=MOST,
                hint=f"A link, or a few words. Without one it is told as {UNSOURCED}.",
            ),
            None
            if question.about
            else checkboxes(
                "faq",
                "For everyone",
                [("propose", "Propose it for the FAQ; it needs a link as source")],
            ),
        ],
        name="desk_answer",
        private=place.pack(),
        submit="Answer",
        close="Cancel",
    )


def _asked(question: Question, *, asker: str, product: str, card: str) -> str:
    """The question, or the line of a card that is doubted."""
    head = f"{shorten(asker)} asks:"
    if question.about:
        line = "this entry of the FAQ"
        if not is_faq(question.about):
            line = f"this line of the card on {shorten(card)}"
        head = f"Two people doubt {line}. Does it hold?"
    return f'{shorten(product)}\n{head}\n"{cut(clean(question.text), MOST)}"'


def _doubts(doubts: Sequence[tuple[str, str | None]]) -> list[Row]:
    """The people who doubt a line, each with their reason."""
    reasons = [
        f"{shorten(name)}: {clean(why) if why else 'no reason'}" for name, why in doubts
    ]
    return [Row("Doubted by", reasons)] if reasons else []
