"""The answer desk in Slack: a known answer, a question that was put, and the forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from launch_kits.claims.doubtable import is_faq
from launch_kits.claims.known_answers import KnownAnswer
from launch_kits.database.records import Question
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.answers import note
from launch_kits.slack.messages.blocks import (
    MOST_VALUE,
    Block,
    Message,
    button,
    context,
    first_line,
    message,
    paragraph,
    rows,
)
from launch_kits.slack.messages.card_forms import WRONG
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
    "known_message",
    "launch_choice",
    "put_message",
]

#: characters of a question in a message
LONG = 300
#: launches that a choice offers: Slack takes 25 buttons in a row
MOST_CHOICES = 20


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


def launch_choice(question: str, launches: Sequence[tuple[str, str]]) -> Message | None:
    """Return a button for each running launch that a question may be about.

    ``launches`` have slug and product. Returns None for a question too long for a button.
    """
    said = f'Which launch is it about? "{cut(clean(question), LONG)}"'
    values = [
        ActionPlace(launch=slug, check=question).pack()
        for slug, _ in launches[:MOST_CHOICES]
    ]
    if max(map(len, values)) > MOST_VALUE:
        return None
    offered = [
        button(f"desk_ask:{number}", shorten(product), value)
        for number, ((_, product), value) in enumerate(
            zip(launches, values, strict=False)
        )
    ]
    return message(said, [first_line(said), {"type": "actions", "elements": offered}])


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
