from __future__ import annotations

import pytest

from tests.lint.brief_codes import codes, linted
from tests.spoilt import Folder

SOURCE = ', source: {url: "https://acme.example", as_of: 2026-10}'


@pytest.mark.parametrize(
    ("lines", "warned"),
    [
        ("commitments: [{text: Two years of warranty, audience: customer}]", False),
        ("commitments: [{text: It needs 40 % less, audience: customer}]", True),
        ("commitments: [{text: It needs 40 % less}]", False),
        (
            f"commitments: [{{text: It needs 40 % less, audience: customer{SOURCE}}}]",
            False,
        ),
        ("faq: [{ask: How much?, answer: 40 % less, own_word: true}]", True),
        ("faq: [{ask: How long?, answer: Two years, own_word: true}]", False),
        ("faq: [{ask: How much?, answer: 40 % less}]", False),
    ],
)
def test_check_warns_of_a_promise_that_is_more_than_our_own_word(
    folder: Folder, lines: str, warned: bool
) -> None:
    folder.spoil("brief.yaml", ("launch_on:", f"{lines}\nlaunch_on:"))
    found = [code for _, _, code in codes(folder) if code == "promise-without-source"]
    assert found == ["promise-without-source"] * warned


def test_check_says_that_messages_are_left_out(folder: Folder) -> None:
    assert "message-left-out" not in [code for _, _, code in codes(folder)], (
        "its kit makes no documents"
    )
    document = "document: one_pager.md.j2, role: pmm, days: 3}"
    folder.spoil("kit.yaml", ("role: pmm, days: 3}", document))
    found = [
        each for each in linted(folder).warnings if each.code == "message-left-out"
    ]
    message = (
        "without messages (ten, twenty_five, fifty, hundred) documents print the value statement "
        "or the summary in their place; write `messages`, `ten` first: it is the headline"
    )
    assert [each.message for each in found] == [message]
    folder.spoil("brief.yaml", ("launch_on:", "messages: {ten: It runs}\nlaunch_on:"))
    assert "message-left-out" not in [code for _, _, code in codes(folder)]
