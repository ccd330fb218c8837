from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits import errors
from launch_kits.errors import InputError
from launch_kits.inputs import model_paths
from launch_kits.inputs.base import Model
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.validation import MOST_MEANT, MOST_SLIPS, salvage, validate
from launch_kits.inputs.yaml_source import Yaml, parse
from tests.spoilt import spoil, text_of

MODELS = {"brief": Brief, "kit": Kit, "ledger": Ledger}


def faults_of(kind: str, *changes: tuple[str, str]) -> list[tuple[int | None, str]]:
    """Lines and words of the faults of a sound input with some of it written differently."""
    _, faults = salvage(
        MODELS[kind], parse(spoil(text_of(f"{kind}.yaml"), *changes), shown="x.yaml")
    )
    return [(fault.line, fault.message) for fault in faults]


@pytest.mark.parametrize("kind", MODELS)
def test_a_sound_input_is_read(kind):
    assert faults_of(kind) == []


@pytest.mark.parametrize(
    ("written", "line", "message"),
    [
        (
            "launch: 2026",
            1,
            "launch: not a text; put a number or a date in quotes",
        ),
        (
            "launch: Note 3",
            1,
            (
                'launch: "Note 3" takes lower-case letters, digits and hyphens only; '
                "write it such as note-3"
            ),
        ),
        ("launch: falcon-2\ntier: 4", 2, 'tier: "4" is not one of 1, 2, 3'),
        (
            'launch: falcon-2\ntier: "1"',
            2,
            'tier: "1" is not one of 1, 2, 3; write it without quotes',
        ),
        (
            "launch: falcon-2\nmarket: b2bb",
            2,
            'market: "b2bb" is not one of b2b, b2c, both; did you mean "b2b"?',
        ),
        (
            "launch: falcon-2\nblackouts: {}",
            2,
            "blackouts: not a list; use a value like [one, two]",
        ),
        (
            "launch: falcon-2\nworkdays: [2027]",
            2,
            "workdays.0: 2027 is not a date; use a value like 2027-03-02",
        ),
        (
            "launch: falcon-2\nworkdays: [soon]",
            2,
            "workdays.0: not a date; use a value like 2027-03-02",
        ),
    ],
)
def test_a_fault_says_what_is_wrong_and_how_to_mend_it(written, line, message):
    assert faults_of("brief", ("launch: falcon-2", written)) == [(line, message)]


@pytest.mark.parametrize(
    ("kind", "old", "new", "meant"),
    [
        ("brief", "launch_on:", "lanch_on:", "launch_on"),
        ("brief", "manager: lead", "manger: lead", "manager"),
        ("brief", "alternatives:", "alternative:", "alternatives"),
        ("kit", "stages:", "stage:", "stages"),
        ("kit", "each:", "eahc:", "each"),
        ("kit", "title: Story", "titel: Story", "title"),
        ("ledger", "objections:", "objektions:", "objections"),
        ("ledger", "as_of:", "asof:", "as_of"),
        ("ledger", "they_say:", "the_say:", "they_say"),
    ],
)
def test_a_misspelt_key_is_one_fault_with_the_key_that_was_meant(kind, old, new, meant):
    ((line, message),) = faults_of(kind, (old, new))
    assert line == text_of(f"{kind}.yaml").partition(old)[0].count("\n") + 1
    assert message.endswith(f'did you mean "{meant}"?')


def test_a_key_that_is_near_none_is_told_the_keys_there_are():
    ((_, message),) = faults_of("kit", ("lag: 1", "lag: 1, zzz: 2"))
    assert message.endswith("; known keys: task, lag")


def test_a_comma_in_a_text_without_quotes_is_told_as_one():
    found = faults_of("kit", ("lag: 1", "lag: 1, or two of them"))
    assert [message for _, message in found] == [
        'a comma cuts the text off before "or two of them"; put the whole text in quotes'
    ]


def test_all_faults_are_told_at_once_in_the_order_of_their_lines():
    changes = [
        ("kit: kit.yaml\n", ""),
        ("2027-02-09", "2027-02-31"),
        ("name: Lee", "nmae: Lee"),
        ("amount: 0", "amount: x"),
    ]
    with pytest.raises(InputError) as raised:
        validate(Brief, parse(spoil(text_of("brief.yaml"), *changes), shown="x.yaml"))
    lines = [fault.line for fault in raised.value.faults]
    assert lines == sorted(lines)
    assert [fault.code for fault in raised.value.faults] == [
        "missing",
        "bad-value",
        "unknown-key",
        "float-parsing",
    ]
    assert str(raised.value).count("\n") == 3
    assert str(raised.value).startswith('x.yaml:1: "kit" is missing; add it\n')


def test_a_faulty_value_in_a_list_does_not_make_the_list_short():
    assert faults_of("kit", ("days: 2", "days: two")) == [
        (12, "stages.0.tasks.1.days: not a whole number; use a value like 3")
    ]


def test_an_empty_list_is_too_short():
    kit = "kit: small\ntitle: Small\nstages: []\n"
    _, faults = salvage(Kit, parse(kit, shown="x.yaml"))
    assert [fault.message for fault in faults] == ["stages: empty; fill it in"]


def test_a_value_of_no_type_that_fits_is_one_fault():
    assert len(faults_of("brief", ("amount: 0", "amount: much"))) == 1


def test_a_bomb_of_aliases_is_one_fault():
    bomb = "summary: &a [x, x]\n" + "".join(
        f"goals{n}: &{n} [*a, *a, *a]\n" for n in range(9)
    )
    ((line, message),) = faults_of(
        "brief", ("launch: falcon-2\n", f"launch: falcon-2\n{bomb}")
    )
    assert line == 2
    assert message.endswith("; 36 more follow, down to line 11")


def test_a_merge_that_is_not_read_leaves_nothing_missing():
    found = faults_of(
        "brief",
        (
            "{name: Lou, email: legal@example.com}",
            "\n    <<: {name: Lou, email: l@example.com}",
        ),
    )
    assert found == [(10, "merge keys (<<) are not read; write the values out")]


@pytest.mark.parametrize("text", ["- launch", "launch", "2027-01-01", "---\n", "~"])
def test_what_is_not_a_mapping_is_one_fault(text):
    value, (fault,) = salvage(Brief, parse(text, shown="x.yaml"))
    assert value is None
    assert (fault.line, fault.code) == (1, "not-a-mapping")


def test_a_faulty_input_is_read_as_far_as_it_goes():
    text = spoil(
        text_of("brief.yaml"),
        ("launch_on: 2027-02-09", "launch_on: soon"),
        ("product: Falcon 2\n", ""),
    )
    brief, faults = salvage(Brief, parse(text, shown="x.yaml"))
    assert len(faults) == 2
    assert brief is not None
    assert brief.team["pmm"].email == "pmm@example.com"


def test_an_entry_that_is_not_a_mapping_keeps_its_name():
    written = '{url: "https://osprey.example.com", as_of: 2027-01, by: them}'
    text = spoil(text_of("ledger.yaml"), (written, "https://osprey.example.com"))
    ledger, faults = salvage(Ledger, parse(text, shown="x.yaml"))
    assert len(faults) == 1
    assert ledger is not None
    assert list(ledger.sources) == ["site"]


def test_an_unknown_key_in_an_entry_whose_own_key_is_faulty_is_a_fault():
    role = '  "": {name: Pia, email: pia@example.com, mood: good}\n'
    text = spoil(text_of("brief.yaml"), ("team:\n", f"team:\n{role}"))
    _, faults = salvage(Brief, parse(text, shown="x.yaml"))
    assert {(fault.line, fault.code) for fault in faults} == {
        (7, "unknown-key"),
        (7, "string-pattern-mismatch"),
    }


def test_the_input_itself_stays_as_it_was_read():
    source = parse(spoil(text_of("kit.yaml"), ("days: 2", "days: two")), shown="x.yaml")
    before = repr(source.data)
    salvage(Kit, source)
    assert repr(source.data) == before


class Small(Model):
    """A model with one day and one text."""

    day: date
    text: str = ""


def test_models_are_frozen_and_take_no_unknown_keys():
    small = validate(Small, Yaml("x", {"day": date(2027, 1, 1), "text": "  trimmed "}))
    assert small.text == "trimmed"
    with pytest.raises(ValueError, match="frozen"):
        small.text = "other"  # type: ignore[misc]


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 3000)
    | st.dates()
    | st.text(max_size=8)
    | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(list(MODELS)), st.data())
def test_any_value_in_any_place_is_a_value_or_a_fault(kind, data):
    source = parse(text_of(f"{kind}.yaml"), shown="x.yaml")
    where = data.draw(st.sampled_from([place for place in source.lines if place]))
    parent = source.data
    for step in where[:-1]:
        parent = parent[step]
    parent[where[-1]] = data.draw(ANY)
    value, faults = salvage(MODELS[kind], source)
    assert value is not None or faults
    assert all(fault.line is not None for fault in faults)


def test_a_key_with_an_alias_can_be_missing():
    written = spoil(
        text_of("brief.yaml"), ("team:\n", "blackouts:\n  - {to: 2027-01-01}\nteam:\n")
    )
    _, faults = salvage(Brief, parse(written, shown="brief.yaml"))
    assert [(fault.line, fault.code) for fault in faults] == [(7, "missing")]


def test_very_many_unknown_keys_are_compared_with_the_known_ones_only_a_few_times(
    monkeypatch,
):
    compared = []

    def compare(word, *_, **__):
        compared.append(word)
        return []

    monkeypatch.setattr(errors, "get_close_matches", compare)
    monkeypatch.setattr(model_paths, "get_close_matches", compare)
    keys = "".join(f"k{at}: 1\n" for at in range(MOST_SLIPS + 1))
    value, faults = salvage(Kit, parse(keys, shown="x.yaml"))
    assert value is None
    assert sum(fault.code == "unknown-key" for fault in faults) == MOST_SLIPS + 1
    assert len(compared) == errors.MOST_SUGGESTIONS + MOST_MEANT
