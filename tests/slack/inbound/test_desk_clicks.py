from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.verbs import answer, ask, cancel
from tests.desk import KNOWN, LINK, NEW, OTHER, SELLER, SUPPORT, question
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    at,
    brief_with,
    events,
    launch,
    notices,
    opened,
)
from tests.slack.block_kit import buttons_of
from tests.slack.office import Office, words


def shown(office: Office) -> list[str]:
    return words(office.slack.told[-1])


def press(office: Office, person: str, action: str) -> None:
    """Press a button of the last answer, which one person sees."""
    (value,) = (
        each["value"]
        for block in office.slack.told[-1]["blocks"]
        for each in buttons_of(block)
        if each["action_id"] == action
    )
    container = {"type": "message", "is_ephemeral": True, "channel_id": "C9"}
    office.click(person, action, value, container=container)


def asked(office: Office) -> int:
    office.type(SELLER, f"ask {SLUG} {NEW}")
    return question(office.store).id


def test_a_question_is_put_and_its_owner_and_the_channel_hear_of_it(
    desk_office: Office,
) -> None:
    asked(desk_office)
    # in the time zone of the seller's profile, Berlin
    assert desk_office.told == (
        f'Your question "{NEW}" is asked. Sue answers by Tue 12 Jan, 16:00; '
        "you get a message then."
    )
    told = desk_office.message(SUPPORT, "Please answer by Tue 12 Jan, 10:00")
    assert words(told) == [
        f'Please answer by Tue 12 Jan, 10:00: "{NEW}"',
        "[Answer]",
        "Launch: Falcon 2",
        "Asked by: Seller",
    ]
    (channel,) = [
        each
        for each in desk_office.slack.messages(to="#falcon-2-launch")
        if each["text"].startswith("Seller asks")
    ]
    assert channel["text"] == (
        f'Seller asks: "{NEW}" Sue answers by Tue 12 Jan, 10:00.'
    )


def test_a_question_about_a_cancelled_launch_is_refused_without_its_key(
    desk_office: Office,
) -> None:
    cancel(desk_office.store, SLUG, now=desk_office.now)
    desk_office.type(SELLER, f"ask {SLUG} {NEW}")
    assert desk_office.told == (
        "Not done: Falcon 2 is cancelled; nothing can be changed in it."
    )


def test_a_question_that_is_asked_again_when_it_is_late_makes_no_old_promise(
    desk_office: Office,
) -> None:
    asked(desk_office)
    desk_office.now += timedelta(days=2)
    desk_office.type(SELLER, f"ask {SLUG} {NEW}")
    assert desk_office.told == (
        f'Your question "{NEW}" is not answered yet. An answer was due Tue 12 Jan, 16:00; '
        "your message about it says who has it now."
    )


def test_a_known_answer_is_given_at_once_and_asked_anyway(desk_office: Office) -> None:
    desk_office.type(SELLER, f"ask {SLUG} {KNOWN}")
    assert shown(desk_office) == [
        "No, on Linux alone.",
        "[That was wrong] [Ask anyway]",
        "Source: <https://osprey.example.com>",
        f'An automatic match, from the FAQ: "{KNOWN}"',
    ]
    assert notices(desk_office.store, "question") == []
    press(desk_office, SELLER, "desk_anyway")
    assert desk_office.told.startswith(f'Your question "{KNOWN}" is asked. Sue answers')
    assert {each.to for each in notices(desk_office.store, "question")} == {
        SUPPORT,
        "#falcon-2-launch",
    }


def test_an_answer_of_the_faq_that_is_wrong_is_told_to_who_answers(
    desk_office: Office,
) -> None:
    desk_office.type(SELLER, f"ask {SLUG} {KNOWN}")
    press(desk_office, SELLER, "card_wrong:0")
    form = desk_office.slack.modals[-1][1]
    assert form["title"]["text"] == "That was wrong"
    assert f'The FAQ says:\n"{KNOWN} No, on Linux alone."' in words(form)
    desk_office.fill(SELLER, note="It runs there since May")
    assert desk_office.told == "Thank you, Sue is told."
    note = desk_office.slack.messages(to=SUPPORT)[-1]
    assert note["text"] == (
        f'Please check this entry of the FAQ (Falcon 2): "{KNOWN} No, on Linux alone." '
        "Seller says that it is wrong: It runs there since May."
    )
    labels = [
        each["text"]["text"] for block in note["blocks"] for each in buttons_of(block)
    ]
    assert "It holds" in labels


def test_a_question_that_is_open_is_not_asked_twice(desk_office: Office) -> None:
    asked(desk_office)
    desk_office.type(SELLER, f"ask {SLUG} {NEW}")
    assert f'"{NEW}" is open already. Sue answers by' in desk_office.told
    assert len(events(desk_office.store, verb="ask")) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ask", "Write /launch ask, then the launch, then your question."),
        (f"ask {SLUG}", "Write /launch ask, then the launch, then your question."),
        ("ask falcn-2 why", 'no launch "falcn-2"; did you mean "falcon-2"?'),
    ],
)
def test_a_question_needs_a_launch_and_words(
    desk_office: Office, typed: str, said: str
) -> None:
    desk_office.type(SELLER, typed)
    assert said in desk_office.told


def test_the_owner_answers_in_a_form(desk_office: Office) -> None:
    number = asked(desk_office)
    message = desk_office.message(SUPPORT, "Please answer")
    desk_office.press(SUPPORT, message, "desk_answer")
    form = desk_office.slack.modals[-1][1]
    assert words(form) == [
        f'Falcon 2\nSeller asks:\n"{NEW}"',
        "Your answer []",
        "Source (optional) []",
        "For everyone (optional) []",
    ]
    assert desk_office.fill(SUPPORT, answer="Yes, it can.", source=LINK) == {}
    row = question(desk_office.store)
    assert (row.answer, row.source, row.answered_by) == ("Yes, it can.", LINK, SUPPORT)
    assert desk_office.told == "Answered. Seller gets a message."
    told = desk_office.message(SELLER, f'Your question, "{NEW}"')
    assert words(told) == [
        f'Your question, "{NEW}": Sue answers: Yes, it can.',
        "Launch: Falcon 2",
        f"Source: <{LINK}>",
    ]
    (closed,) = [
        each
        for each in desk_office.slack.messages(to=SUPPORT)
        if each["ts"] == message["ts"]
    ]
    assert words(closed) == [f'Answered by you: "{NEW}"']
    assert question(desk_office.store).id == number


def test_the_channels_message_has_the_answer_in_its_thread(
    desk_office: Office,
) -> None:
    number = asked(desk_office)
    place = ActionPlace(launch=SLUG, task=str(number)).pack()
    desk_office.click(SUPPORT, "desk_answer", place)
    desk_office.fill(SUPPORT, answer="Yes, it can.", source=LINK)
    told = desk_office.slack.messages(to="#falcon-2-launch")
    (closed,) = [each for each in told if each["text"].startswith("Answered by Sue")]
    replies = [each for each in told if each.get("thread_ts") == closed["ts"]]
    assert [words(each) for each in replies] == [
        ["Sue answers: Yes, it can.", f"Source: <{LINK}>"]
    ]
    # a corrected answer is edited there
    desk_office.click(SUPPORT, "desk_answer", place)
    desk_office.fill(SUPPORT, answer="Not yet.", source=LINK)
    told = desk_office.slack.messages(to="#falcon-2-launch")
    replies = [each for each in told if each.get("thread_ts") == closed["ts"]]
    assert [words(each)[0] for each in replies] == ["Sue corrects the answer: Not yet."]


def test_an_answer_is_proposed_and_added_with_one_click_each(
    desk_office: Office,
) -> None:
    number = asked(desk_office)
    place = ActionPlace(launch=SLUG, task=str(number))
    desk_office.click(SUPPORT, "desk_answer", place.pack())
    desk_office.fill(SUPPORT, answer="Yes, it can.", source=LINK)
    assert shown(desk_office)[-1] == "[Propose it for the FAQ]"
    press(desk_office, SUPPORT, "desk_propose")
    assert desk_office.told == "Proposed: the lead decides."
    message = desk_office.message(LEAD, "Add this answer to the FAQ?")
    assert "[Add it] [Leave it out]" in words(message)
    desk_office.press(LEAD, message, "desk_add_to_faq")
    assert launch(desk_office.store).brief["faq"][-1]["ask"] == NEW
    assert desk_office.told == "It is in the FAQ, for colleagues."
    assert words(desk_office.message(LEAD, "Added to the FAQ by you")) == [
        f'Added to the FAQ by you: "{NEW}"'
    ]
    desk_office.click(LEAD, "desk_decline_faq", place.pack())
    assert desk_office.told == "That was decided already."


def test_the_form_proposes_it_at_once(desk_office: Office) -> None:
    number = asked(desk_office)
    place = ActionPlace(launch=SLUG, task=str(number)).pack()
    desk_office.click(SUPPORT, "desk_answer", place)
    desk_office.fill(SUPPORT, answer="Yes", source=LINK, faq="propose")
    assert question(desk_office.store).faq == "proposed"
    assert "The lead decides whether it comes into the FAQ." in desk_office.told
    message = desk_office.message(LEAD, "Add this answer to the FAQ?")
    desk_office.press(LEAD, message, "desk_decline_faq")
    assert desk_office.told == "It stays out of the FAQ."
    assert question(desk_office.store).faq == "declined"


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"answer": " "}, {"answer": "Please write a few words."}),
        (
            {"answer": "Yes", "source": "The engineers", "faq": "propose"},
            {"source": "The FAQ needs a link to the source."},
        ),
    ],
)
def test_a_form_that_lacks_something_says_so(
    desk_office: Office, values: dict[str, str], faults: dict[str, str]
) -> None:
    place = ActionPlace(launch=SLUG, task=str(asked(desk_office))).pack()
    desk_office.click(SUPPORT, "desk_answer", place)
    answered = desk_office.fill(SUPPORT, **values)
    assert answered == {"response_action": "errors", "errors": faults}
    assert question(desk_office.store).answer is None


def test_others_get_no_form(desk_office: Office) -> None:
    place = ActionPlace(launch=SLUG, task=str(asked(desk_office))).pack()
    desk_office.click(PMM, "desk_answer", place)
    assert desk_office.slack.modals == []
    assert "Nothing was changed: only Sue, Ola or Lee can answer " in desk_office.told


def test_an_answer_given_twice_is_told_once(desk_office: Office) -> None:
    number = asked(desk_office)
    answer(desk_office.store, number, text="Yes", source=LINK, now=NOW)
    place = ActionPlace(launch=SLUG, task=str(number)).pack()
    desk_office.click(SUPPORT, "desk_answer", place)
    desk_office.fill(SUPPORT, answer="Yes", source=LINK)
    assert desk_office.told == "It has this answer already."
    assert len(notices(desk_office.store, "answer")) == 1


def test_the_front_of_a_card_opens_a_form_for_a_question(desk_office: Office) -> None:
    desk_office.type(SELLER, "card osprey")
    press(desk_office, SELLER, "desk_ask")
    form = desk_office.slack.modals[-1][1]
    assert words(form) == ["Falcon 2", "Your question []"]
    assert desk_office.fill(SELLER, question="") == {
        "response_action": "errors",
        "errors": {"question": "Please write a few words."},
    }
    desk_office.fill(SELLER, question=NEW)
    assert question(desk_office.store).text == NEW


def test_a_question_that_is_gone_or_cancelled_says_so(desk_office: Office) -> None:
    for task in ("77777", "x", ""):
        place = ActionPlace(launch=SLUG, task=task).pack()
        desk_office.click(SUPPORT, "desk_answer", place)
        assert "no question" in desk_office.told or "is gone" in desk_office.told
    number = ask(desk_office.store, SLUG, NEW, by=OTHER, now=NOW).id
    cancel(desk_office.store, SLUG, now=at("01-11", 11))
    place = ActionPlace(launch=SLUG, task=str(number)).pack()
    desk_office.click(SUPPORT, "desk_answer", place)
    assert "is cancelled" in desk_office.told


def test_a_question_without_a_launch_is_kept_while_one_is_chosen(
    desk_office: Office,
) -> None:
    opened(desk_office.store, brief_with(launch="eagle-1", product="Eagle 1"))
    desk_office.type(SELLER, f"ask {NEW}")
    told = desk_office.slack.told[-1]
    assert words(told) == [
        f'Which launch is it about? "{NEW}"',
        "[Eagle 1] [Falcon 2]",
    ]
    (row,) = (each for each in told["blocks"] if each["type"] == "actions")
    chosen = row["elements"][1]
    container = {"type": "message", "is_ephemeral": True, "channel_id": "C9"}
    desk_office.click(SELLER, chosen["action_id"], chosen["value"], container=container)
    assert desk_office.told.startswith(f'Your question "{NEW}" is asked. Sue')
    assert len(events(desk_office.store, verb="ask")) == 1


def test_a_question_too_long_for_a_button_is_asked_with_a_launch(
    desk_office: Office,
) -> None:
    opened(desk_office.store, brief_with(launch="eagle-1", product="Eagle 1"))
    desk_office.type(SELLER, f"ask {'word ' * 395}")
    assert "which launch? Name it before the question" in desk_office.told
