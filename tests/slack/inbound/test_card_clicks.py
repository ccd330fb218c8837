from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from launch_kits.database.store import Store
from launch_kits.inputs.loading import load_brief
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.verbs import flag, open_launch
from tests.desk import OTHER, SELLER, uses, with_desk
from tests.launches import LEAD, NOW, PMM, SLUG, at, events, ledger_of, notices
from tests.slack.block_kit import buttons_of
from tests.slack.office import Office, office, words

EXAMPLE = Path(__file__).parents[3] / "examples/valkey-9/brief.yaml"


def shown(office: Office) -> list[str]:
    return words(office.slack.told[-1])


def buttons(office: Office) -> dict[str, str]:
    """Action id → value of the last answer's buttons."""
    blocks = office.slack.told[-1]["blocks"]
    return {
        each["action_id"]: each["value"]
        for block in blocks
        for each in buttons_of(block)
    }


def press(office: Office, person: str, action: str) -> None:
    """Press a button of the last answer, which one person sees."""
    container = {"type": "message", "is_ephemeral": True, "channel_id": "C9"}
    office.click(person, action, buttons(office)[action], container=container)


def count_words(message: dict[str, Any]) -> int:
    """All words that the reader of a message sees, on its buttons too."""
    return sum(len(text.split()) for text in words(message))


def test_the_front_of_a_card_has_a_button_on_each_line(desk_office: Office) -> None:
    desk_office.type(SELLER, "card osprey")
    assert shown(desk_office) == [
        "Falcon against Osprey",
        "Verified Mon 4 Jan. ✓ may be told to customers.",
        "*Where they win*",
        "Osprey is well known [osprey.example.com]",
        "That was wrong",
        "*Where we win*",
        "Falcon is faster [osprey.example.com]",
        "That was wrong",
        "[Copy] [Ask the answer desk]",
    ]
    assert list(buttons(desk_office)) == [
        *("card_wrong:0", "card_wrong:1", "card_copy", "desk_ask")
    ]
    (use,) = uses(desk_office.store)
    assert (use.card, use.kind, use.by) == ("osprey", "opened", SELLER)


def test_the_answer_to_a_buyer_comes_with_its_source(desk_office: Office) -> None:
    desk_office.type(SELLER, "card Osprey Data Hub you are more expensive than osprey")
    assert shown(desk_office) == [
        "Compare the price with support included.",
        "That was wrong",
        "Source: <https://osprey.example.com>",
        'It answers "Osprey is cheaper than you", from the card on Osprey Data Hub.',
        "[Copy] [Whole card] [Ask the answer desk]",
    ]
    assert "card_wrong:0" in buttons(desk_office)


def test_an_unknown_answer_is_not_sourced_and_offers_the_desk(
    desk_office: Office,
) -> None:
    desk_office.type(SELLER, "card osprey is there a GUI?")
    assert shown(desk_office) == [
        '"is there a GUI?": not sourced. Do not guess; the answer desk finds out.',
        "[Whole card] [Ask the answer desk]",
    ]
    press(desk_office, SELLER, "desk_ask")
    assert desk_office.told.startswith('Your question "is there a GUI?" is asked. Sue')
    press_whole = ActionPlace(launch=SLUG, task="osprey").pack()
    desk_office.click(SELLER, "card_open:0", press_whole)
    assert shown(desk_office)[0] == "Falcon against Osprey"


def test_a_line_known_to_have_no_source_says_so(desk_office: Office) -> None:
    desk_office.type(SELLER, "card osprey any osprey's discounts?")
    assert shown(desk_office)[:2] == [
        (
            '"any osprey\'s discounts?": not sourced. '
            "Do not guess; the answer desk finds out."
        ),
        "Osprey's discounts: not sourced.",
    ]


def test_a_card_is_within_200_words_and_two_seconds(
    desk_office: Office,
) -> None:
    open_launch(desk_office.store, load_brief(EXAMPLE).brief, now=NOW, accept_late=True)
    taken = []
    for typed in (
        "card redis",
        "card redis it is open source again",
        "card redis do you run on Windows",
        "card redis what does redis cloud cost",
    ):
        began = time.process_time()
        desk_office.type(SELLER, typed)
        taken.append(time.process_time() - began)
        assert count_words(desk_office.slack.told[-1]) <= 200
    # of the processor, so that a busy machine is no reason
    assert max(taken) < 2
    desk_office.type(SELLER, "card redis")
    assert "BSD 3-Clause licence. ✓ [github.com]" in shown(desk_office)


def test_a_card_with_endless_lines_stays_within_200_words(
    empty_store: Store, tmp_path: Path
) -> None:
    long = " ".join(["word"] * 90)
    ledger = ledger_of("osprey")
    for section, count in (("why_we_win", 9), ("their_strengths", 9)):
        ledger[section] = [
            {"id": f"{section[:3]}{at}", "claim": long, "src": ["site"]}
            for at in range(count)
        ]
    ledger["card"] |= {"us": long, "them": long, "verified_on": "2026-01-01"}
    ledger["objections"] = [
        {"id": "q1", "they_say": long, "answer": f"Yes {long * 9}", "src": ["site"]}
    ]
    alternatives = [{"key": "osprey", "name": "Osprey", "claims": ledger}]
    with_desk(empty_store, positioning={"alternatives": alternatives}, faq=[])
    with office(tmp_path, empty_store, SELLER) as made:
        for typed in ("card osprey", "card osprey word word"):
            made.type(SELLER, typed)
            assert count_words(made.slack.told[-1]) <= 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("card", "Which card do you need?"),
        ("card eagle", 'No card is called "eagle". Which card do you need?'),
    ],
)
def test_an_unknown_name_is_a_choice_of_the_known_ones(
    desk_office: Office, typed: str, said: str
) -> None:
    desk_office.type(SELLER, typed)
    assert shown(desk_office) == [
        said,
        "[Osprey Data Hub, Falcon 2] [Kite, Falcon 2]",
    ]
    press(desk_office, SELLER, "card_open:1")
    assert shown(desk_office)[0] == "Falcon against Kite"


def test_several_cards_of_one_name_are_a_choice_that_keeps_the_words(
    empty_store: Store, tmp_path: Path
) -> None:
    claims = [ledger_of("osprey"), ledger_of("kite")]
    alternatives = [
        {"key": "osprey", "name": "Kite", "claims": claims[0]},
        {"key": "kite", "name": "Kite Cloud", "claims": claims[1]},
    ]
    with_desk(empty_store, positioning={"alternatives": alternatives}, faq=[])
    with office(tmp_path, empty_store, SELLER) as made:
        made.type(SELLER, "card kite are they faster?")
        assert shown(made)[0] == "Several cards are called so. Which do you need?"
        press(made, SELLER, "card_open:0")
        assert shown(made)[0] == "Falcon is faster"


def test_the_first_flag_tells_the_owner_the_second_marks_the_line(
    desk_office: Office,
) -> None:
    desk_office.type(SELLER, "card osprey")
    press(desk_office, SELLER, "card_wrong:1")
    assert words(desk_office.slack.modals[-1][1])[0] == (
        'The card on Osprey Data Hub says:\n"Falcon is faster"'
    )
    desk_office.fill(SELLER, note="Their new engine is faster")
    assert desk_office.told == "Thank you, Pia is told."
    assert (
        events(desk_office.store, verb="flag")[0].note == "Their new engine is faster"
    )
    value = ActionPlace(launch=SLUG, task="osprey.y1").pack()
    desk_office.click(SELLER, "card_wrong:1", value)
    desk_office.fill(SELLER)
    assert desk_office.told == "You have said so already; Pia knows of it."
    desk_office.click(OTHER, "card_wrong:1", value)
    desk_office.fill(OTHER)
    assert desk_office.told == (
        "Thank you. It is marked as questioned until Pia has answered; "
        "you get a message then."
    )
    desk_office.type(SELLER, "card osprey")
    assert (
        "Falcon is faster (questioned, wait for the answer) [osprey.example.com]"
        in shown(desk_office)
    )
    assert [each.to for each in notices(desk_office.store, "question")] == [PMM]


def test_the_owner_says_in_slack_why_a_doubted_line_holds(desk_office: Office) -> None:
    value = ActionPlace(launch=SLUG, task="osprey.y1").pack()
    desk_office.click(SELLER, "card_wrong:1", value)
    desk_office.fill(SELLER, note="Their new engine is faster")
    asked = desk_office.message(PMM, "Please check this line")
    assert "[It holds] [It is wrong]" in words(asked)
    desk_office.press(PMM, asked, "card_uphold")
    assert desk_office.fill(PMM)["errors"] == {"note": "Please write a few words."}
    desk_office.fill(PMM, note="Measured again last week")
    assert desk_office.told.startswith("Thank you. The person who doubted it is told")
    asked = desk_office.message(PMM, "Answered by you: the line")
    assert [each for each in words(asked) if each.startswith("[")] == []
    told = desk_office.slack.messages(to=SELLER)[-1]["text"]
    assert told.startswith("About the line that you doubted")
    # its button in an old view is of no use any more
    desk_office.click(PMM, "card_uphold", value)
    desk_office.fill(PMM, note="Again")
    assert "no one doubts" in desk_office.told


def test_the_owner_says_in_slack_that_a_doubted_line_is_wrong(
    desk_office: Office,
) -> None:
    value = ActionPlace(launch=SLUG, task="osprey.y1").pack()
    desk_office.click(SELLER, "card_wrong:1", value)
    desk_office.fill(SELLER)
    asked = desk_office.message(PMM, "Please check this line")
    assert "[It holds] [It is wrong]" in words(asked)
    desk_office.press(PMM, asked, "card_concede")
    assert desk_office.fill(PMM)["errors"] == {"note": "Please write a few words."}
    desk_office.fill(PMM, note="Measured again last week")
    assert desk_office.told == (
        "Thank you. It is marked until it is corrected; those who doubt it are told."
    )
    closed = desk_office.message(PMM, "Called wrong by you")
    assert [each for each in words(closed) if each.startswith("[")] == []
    told = desk_office.slack.messages(to=SELLER)[-1]["text"]
    assert "Pia says that it is wrong: Measured again last week." in told
    desk_office.type(OTHER, "card osprey")
    assert any("(wrong, wait for" in line for line in shown(desk_office))
    desk_office.click(OTHER, "card_wrong:1", value)
    desk_office.fill(OTHER)
    assert desk_office.told == (
        "Thank you. Pia knows of it; it is marked until it is corrected."
    )


def test_the_owner_answers_the_doubt_of_two_people_with_the_same_buttons(
    desk_office: Office,
) -> None:
    value = ActionPlace(launch=SLUG, task="osprey.y1").pack()
    for person in (SELLER, OTHER):
        desk_office.click(person, "card_wrong:1", value)
        desk_office.fill(person)
    asked = desk_office.message(PMM, "Please say by")
    assert "[It holds] [It is wrong]" in words(asked)
    desk_office.press(PMM, asked, "desk_wrong")
    desk_office.fill(PMM, note="It was measured badly")
    assert desk_office.told.startswith("Thank you. It is marked")
    desk_office.message(PMM, "Answered by you")


def test_a_card_is_reviewed_in_slack(desk_office: Office) -> None:
    value = ActionPlace(launch=SLUG, task="osprey").pack()
    desk_office.click(SELLER, "card_verify", value)
    assert desk_office.told == (
        "Nothing was changed: only Pia, Ola or Lee can review the card on "
        "Osprey Data Hub."
    )
    desk_office.click(PMM, "card_verify", value)
    assert desk_office.told == (
        "The card on Osprey Data Hub counts as reviewed today; the next review is due "
        "by Sun 11 Apr."
    )
    assert "[Undo]" in shown(desk_office)
    (event,) = events(desk_office.store, verb="update")
    assert event.by == PMM


def test_a_card_needs_a_change(desk_office: Office) -> None:
    value = ActionPlace(launch=SLUG, task="osprey").pack()
    desk_office.click(PMM, "card_change", value)
    assert desk_office.fill(PMM)["errors"] == {"note": "Please write a few words."}
    desk_office.fill(PMM, note="The price went up")
    assert desk_office.told == (
        "Lee is told the change that the card on Osprey Data Hub needs."
    )
    told = desk_office.slack.messages(to=LEAD)[-1]["text"]
    assert told == (
        "Falcon 2: Pia says that the card on Osprey Data Hub has to change: "
        "The price went up."
    )


def test_a_flag_sent_twice_counts_once(desk_office: Office) -> None:
    value = ActionPlace(launch=SLUG, task="osprey.y1").pack()
    desk_office.click(SELLER, "card_wrong:1", value)
    payload = desk_office.people.filled(SELLER, desk_office.slack.modals[-1][1])
    for _ in range(2):
        desk_office.people.post(payload)
        desk_office.settle()
    (flag,) = events(desk_office.store, verb="flag")
    assert flag.note is None


def test_a_line_that_is_gone_cannot_be_flagged(desk_office: Office) -> None:
    value = ActionPlace(launch=SLUG, task="osprey.y9").pack()
    desk_office.click(SELLER, "card_wrong:1", value)
    assert 'has no claim "osprey.y9"' in desk_office.told
    assert desk_office.slack.modals == []


def test_copy_gives_what_customers_may_be_told(desk_office: Office) -> None:
    desk_office.type(SELLER, "card osprey")
    press(desk_office, SELLER, "card_copy")
    assert desk_office.told == (
        "None of this may be told to customers: it is for colleagues only."
    )
    assert [each.kind for each in uses(desk_office.store)] == ["opened", "copied"]
    open_launch(desk_office.store, load_brief(EXAMPLE).brief, now=NOW, accept_late=True)
    desk_office.type(SELLER, "card redis can we move from redis 7.4")
    press(desk_office, SELLER, "card_copy")
    assert shown(desk_office)[0] == "This may be told to customers:"
    assert shown(desk_office)[1].endswith("https://valkey.io/topics/migration/")
    desk_office.type(SELLER, "card redis")
    press(desk_office, SELLER, "card_copy")
    assert shown(desk_office)[1].startswith("BSD 3-Clause licence.\n")


def test_a_line_in_doubt_is_not_copied(desk_office: Office) -> None:
    open_launch(desk_office.store, load_brief(EXAMPLE).brief, now=NOW, accept_late=True)
    for person in (SELLER, OTHER):
        flag(desk_office.store, "valkey-9", "redis.y1", by=person, now=NOW)
    desk_office.type(SELLER, "card redis")
    press(desk_office, SELLER, "card_copy")
    assert "BSD" not in shown(desk_office)[1]


def test_a_card_past_its_review_says_so(desk_office: Office) -> None:
    desk_office.now = at("05-03")
    desk_office.type(SELLER, "card kite")
    assert shown(desk_office)[1] == (
        "Verified Mon 4 Jan. Its review was due Sun 4 Apr: check a line at its source "
        "before you use it. ✓ may be told to customers."
    )


def test_a_card_that_is_gone_says_so(desk_office: Office) -> None:
    desk_office.click(
        SELLER, "card_open:0", ActionPlace(launch=SLUG, task="gone").pack()
    )
    assert "this card is gone" in desk_office.told
