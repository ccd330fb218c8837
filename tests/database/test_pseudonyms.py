from __future__ import annotations

import pytest

from launch_kits.database.pseudonyms import (
    Pseudonym,
    Replacer,
    is_pseudonym,
    names_beside,
)

PIA = Replacer("pia@example.com", names=["Pia Lind"], ids=["U0PIA"])
BY = Pseudonym(3)


@pytest.mark.parametrize(
    ("written", "replaced"),
    [
        ("pia@example.com", "person-3@forgotten.invalid"),
        ("news:one:-:PIA@Example.com:1", "news:one:-:person-3@forgotten.invalid:1"),
        ("<mailto:pia@example.com|Pia>.", "<mailto:person-3@forgotten.invalid|Pia>."),
        ("?to=pia%40example.com&x", "?to=person-3%40forgotten.invalid&x"),
        ("?to=%3Apia%40example.com", "?to=%3Aperson-3%40forgotten.invalid"),
        ("Ask pia@example.com.", "Ask person-3@forgotten.invalid."),
        ("Pia Lind and U0PIA", "person-3 and person-3"),
        (
            [{"email": "pia@example.com", "name": "P."}, {"pia@example.com": 1}],
            [
                {"email": "person-3@forgotten.invalid", "name": "person-3"},
                {"person-3@forgotten.invalid": 1},
            ],
        ),
    ],
)
def test_a_person_is_replaced(written: object, replaced: object) -> None:
    assert PIA.names(written)
    assert PIA.replaced(written, BY) == replaced
    assert not PIA.names(replaced)


@pytest.mark.parametrize(
    "other",
    [
        "x.pia@example.com",
        "pia+x@example.com",
        "pia@example.com.au",
        "pia@example.community",
        "Pia Lindt",
        "U0PIA2",
        {"email": "lee@example.com", "name": "Pia"},
        {"email": "lind@example.com", "name": "Pia Lind", "backup": "pmm"},
        {"who": "lind@example.com", "known_as": "Pia Lind"},
        7,
        None,
    ],
)
def test_others_stay(other: object) -> None:
    assert not PIA.names(other)
    assert PIA.replaced(other, BY) == other


def test_names_beside_the_address_are_found() -> None:
    snapshot = {
        "team": {
            "pmm": {"email": "Pia@example.com", "name": "Pia"},
            "lead": {"email": "lee@example.com", "name": "Lee"},
        },
        "handed": [{"from": "pia@example.com", "name": "P. Lind"}],
        "absences": [
            {"who": "lee@example.com", "backup": "pia@example.com", "name": "Pia L."},
            {"who": "pia@example.com", "known_as": "Pia", "backup": "sam@example.com"},
        ],
    }
    assert list(names_beside(snapshot)) == [
        ("Pia", {"pia@example.com"}),
        ("Lee", {"lee@example.com"}),
        ("P. Lind", {"pia@example.com"}),
        ("Pia L.", {"pia@example.com"}),
        ("Pia", {"pia@example.com"}),
    ]
    handed, left = PIA.replaced(snapshot, BY)["absences"]
    assert (handed["name"], left["known_as"]) == ("person-3", "person-3")


def test_a_longer_name_of_another_person_stays_in_a_text() -> None:
    replacer = Replacer("pia@example.com", names=["Pia Lind"], others=["Pia Lind Berg"])
    assert not replacer.names("Pia Lind Berg has it")
    assert replacer.replaced("Pia Lind Berg told Pia Lind", BY) == (
        "Pia Lind Berg told person-3"
    )


def test_an_address_within_the_name_of_another_person_is_replaced() -> None:
    written = {"email": "lee@example.com", "name": "Lee for pia@example.com"}
    assert PIA.names(written)
    assert PIA.replaced(written, BY)["name"] == "Lee for person-3@forgotten.invalid"


def test_a_pseudonym_is_known() -> None:
    assert is_pseudonym(BY.email)
    assert not is_pseudonym("pia@example.com")
