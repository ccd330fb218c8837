"""A competitor's card for a seller: its front, the answer to a buyer, or a choice of cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launch_kits.claims.card_front import FRONT, CardFront, FrontLine, words_in
from launch_kits.claims.known_answers import KnownAnswer
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.blocks import (
    Block,
    Message,
    button,
    context,
    first_line,
    header,
    message,
    paragraph,
    rows,
)
from launch_kits.views.cards import CardName, SellersCard
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.text import clean, cut, shorten
from launch_kits.views.reader import Reader

__all__ = [
    "PER_LINE",
    "WORDS",
    "card_message",
    "choice_message",
    "copy_message",
    "unknown_card",
]

#: words of a card in Slack at most, its buttons included
MOST_WORDS = 200
WRONG = "That was wrong"
COPY = "Copy"
ASK = "Ask the answer desk"
WHOLE = "Whole card"
PER_LINE = words_in(WRONG)
#: words of the lines and headings, so that there is room for the head of the card
WORDS = 150
#: words of an answer and of the objection that it answers
ANSWER = 110
OBJECTION = 30
#: cards in a choice, and sources of an answer
MOST_CHOICES = 10
MOST_SOURCES = 2


def card_message(card: SellersCard, *, reader: Reader) -> Message:
    """Return the front of a card, or the answer to the words of a buyer, in 200 words."""
    if not card.said:
        return _front(card, reader)
    if card.answer is None or not card.answer.sourced:
        return _not_sourced(card)
    return _answer(card, card.answer)


def choice_message(cards: Sequence[CardName], said: str) -> Message:
    """Return a button for each card, below a sentence."""
    offered = [
        button(
            f"card_open:{number}",
            f"{shorten(card.name)}, {shorten(card.product)}",
            _place(card.launch, card.key, card.said),
        )
        for number, card in enumerate(cards[:MOST_CHOICES])
    ]
    return message(said, [first_line(said), {"type": "actions", "elements": offered}])


def unknown_card(typed: str, known: Sequence[CardName]) -> Message:
    """Return that no card is called so, with those there are."""
    if not known:
        said = "There is no card: no launch has an alternative with claims."
        return message(said, [first_line(said)])
    asked = f'No card is called "{cut(clean(typed), 60)}". ' if typed else ""
    return choice_message(known, f"{asked}Which card do you need?")


def copy_message(card: SellersCard) -> Message:
    """Return the lines that customers may be told, as plain text to copy."""
    if card.said:
        found = card.answer
        told = found if found and found.sourced and found.for_customers else None
        lines = [f"{clean(told.says)}", *told.references[:MOST_SOURCES]] if told else []
    else:
        told_lines = (line for line in card.front.lines if line.for_customers)
        lines = [clean(line.text) for line in told_lines]
    if not lines:
        said = "None of this may be told to customers: it is for colleagues only."
        return message(said, [first_line(said)])
    said = "This may be told to customers:"
    return message(said, [first_line(said), paragraph("\n".join(lines))])


def _front(card: SellersCard, reader: Reader) -> Message:
    front = card.front
    title = f"{cut(clean(front.us), 60)} against {cut(clean(front.them), 60)}"
    head = [header(title), *_remarks(front, reader)]
    actions = _actions(card, whole=False)
    verified = (
        f"verified {reader.day(front.verified_on)}"
        if front.verified
        else "not verified: the ledger names no source"
    )
    said = f"The card on {shorten(front.name)}, {verified}."
    if not front.lines:
        none = paragraph("No line of it holds and has a source today.")
        return message(said, [*head, none, actions])
    used = words_in(title) + _words(head[1:]) + words_in(f"{COPY} {ASK}")
    lines = _within(front.lines, MOST_WORDS - used)
    return message(said, [*head, *_lines(card, lines), actions])


def _within(lines: Sequence[FrontLine], words: int) -> list[FrontLine]:
    """The lines that fit, with the button of each and the headings."""
    kept: list[FrontLine] = []
    headed: set[str] = set()
    for line in lines:
        heading = 0 if line.section in headed else words_in(FRONT[line.section])
        cost = words_in(line.shown) + PER_LINE + heading
        if cost <= words:
            words -= cost
            headed.add(line.section)
            kept.append(line)
    return kept


def _lines(card: SellersCard, lines: Sequence[FrontLine]) -> Iterator[Block]:
    section = ""
    for number, line in enumerate(lines):
        if line.section != section:
            section = line.section
            text = {"type": "mrkdwn", "text": f"*{FRONT[section]}*", "verbatim": True}
            yield {"type": "section", "text": text}
        value = _place(card.launch, line.ref)
        wrong = button(f"card_wrong:{number}", WRONG, value)
        yield {**paragraph(line.shown), "accessory": wrong}


def _remarks(front: CardFront, reader: Reader) -> Iterator[Block]:
    verified = (
        f"Verified {reader.day(front.verified_on)}."
        if front.verified
        else "Not verified: the ledger names no source."
    )
    if front.stale:
        due = reader.day(front.next_review_on)
        verified += (
            f" Its review was due {due}: check a line at its source before you use it."
        )
    yield context(f"{verified} ✓ may be told to customers.")
    if front.conflicts:
        subjects = cut(clean(" and ".join(front.conflicts)), 120)
        yield paragraph(f"Sources disagree about {subjects}: claim neither side.")


def _answer(card: SellersCard, answer: KnownAnswer) -> Message:
    says = _cut_words(answer.says, ANSWER)
    mark = f" ({answer.mark})" if answer.mark else ""
    tick = " ✓" if answer.for_customers else ""
    asks = _cut_words(answer.asks, OBJECTION)
    said = f"{says}{mark}{tick}"
    told: Block = paragraph(said)
    wrong = button("card_wrong:0", WRONG, _place(card.launch, answer.ref))
    told = {**told, "accessory": wrong}
    return message(
        said,
        [
            told,
            *rows(
                Row("Source", [link], link=True)
                for link in answer.references[:MOST_SOURCES]
            ),
            context(f'It answers "{asks}", from {answer.place}.')
            if answer.says != answer.asks
            else context(f"From {answer.place}."),
            _actions(card, whole=True),
        ],
    )


def _not_sourced(card: SellersCard) -> Message:
    words = _cut_words(card.said, OBJECTION)
    said = f'"{words}": not sourced. Do not guess; the answer desk finds out.'
    hint = None
    if card.answer is not None:
        hint = context(_cut_words(card.answer.says, ANSWER))
    return message(
        said, [first_line(said), hint, _actions(card, whole=True, copy=False)]
    )


def _actions(card: SellersCard, *, whole: bool, copy: bool = True) -> Block:
    value = _place(card.launch, card.front.key, card.said)
    found = [button("card_copy", COPY, value)] if copy else []
    if whole:
        found.append(button("card_open:0", WHOLE, _place(card.launch, card.front.key)))
    found.append(button("desk_ask", ASK, _place(card.launch, "", card.said)))
    return {"type": "actions", "elements": found}


def _place(launch: str, task: str, said: str = "") -> str:
    """The value of a button: the launch, the card or its line, and the words of a buyer."""
    return ActionPlace(launch=launch, task=task, check=cut(said, 600)).pack()


def _cut_words(text: str, most: int) -> str:
    words = clean(text).split()
    return " ".join(words if len(words) <= most else [*words[:most], "…"])


def _words(blocks: Sequence[Block]) -> int:
    """The words of remarks."""
    found = 0
    for block in blocks:
        parts = block.get("elements") or [block.get("text")]
        if isinstance(parts, list):
            found += sum(
                words_in(str(part["text"])) for part in parts if isinstance(part, dict)
            )
    return found
