from __future__ import annotations

from tests.lint.brief_codes import codes, linted
from tests.spoilt import Folder


def test_proved_words_pass(folder: Folder):
    folder.spoil(
        "brief.yaml",
        ("text: It is fast", "text: The fastest"),
        ("title: Speed", "title: The best speed"),
    )
    assert codes(folder) == []
    folder.spoil("brief.yaml", (", proof: [osprey.y1]}\n  themes", "}\n  themes"))
    assert [code for _, _, code in codes(folder)] == [
        "attribute-without-proof",
        "superlative-without-proof",
        "superlative-without-proof",
    ]


def test_messages_are_read_too(folder: Folder):
    folder.spoil(
        "brief.yaml",
        (
            "product: Falcon 2",
            "product: Falcon 2\nmessages:\n  ten: The fastest falcon",
        ),
    )
    assert codes(folder) == [("brief.yaml", 4, "superlative-without-proof")]


def test_the_remedy_names_a_key_that_the_place_has(folder: Folder):
    folder.spoil(
        "brief.yaml",
        ("product: Falcon 2", "product: Falcon 2\nsummary: The fastest falcon"),
        ("text: It is fast", "text: The fastest"),
        (", proof: [osprey.y1]}\n  themes", "}\n  themes"),
    )
    found = [
        each.message
        for each in linted(folder).warnings
        if each.code == "superlative-without-proof"
    ]
    assert [message.rpartition("; ")[2] for message in found] == [
        "say less, or write it as an attribute, with the claim that proves it under its proof",
        "name the claim that proves it under proof, or say less",
    ]
