from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.views.notices.facts import mapping_of, part_fact, rows_of, texts_of
from tests.launches import notices
from tests.views.notices.happenings import HAPPENINGS

#: the facts that hold words of people or of their files
TYPED = {"note", "quote", "reason", "title", "name", "product", "text", "answer"}
#: the faults of a channel, in its own words
FAULTS = {"error", "problem", "why", "because"}


def test_rows_and_texts_are_read_from_lists_alone() -> None:
    row = {"task": "research"}
    facts = {"rows": [row, "no row", None], "texts": ["one", 2], "word": "word"}

    assert rows_of(facts, "rows") == [row]
    assert rows_of(facts, "word") == rows_of(facts, "nothing") == []
    assert texts_of(facts, "texts") == ["one", "2"]
    assert texts_of(facts, "word") == texts_of(facts, "nothing") == []


def test_facts_within_a_fact_are_read_from_a_mapping_alone() -> None:
    facts = {"handed": {"to": "ada@example.com"}, "word": "word"}

    assert mapping_of(facts, "handed") == {"to": "ada@example.com"}
    assert mapping_of(facts, "word") == mapping_of(facts, "nothing") == {}


def sentences_in(value: object, name: str = "") -> list[str]:
    """The values of facts that read as sentences, but for words of people."""
    if isinstance(value, dict):
        return [each for key in value for each in sentences_in(value[key], key)]
    if isinstance(value, list):
        return [each for part in value for each in sentences_in(part, name)]
    if not isinstance(value, str) or name in TYPED | FAULTS:
        return []
    return [f"{name}: {value}"] if len(value.split()) > 4 or ". " in value else []


@pytest.mark.parametrize("name", HAPPENINGS)
def test_facts_of_notices_hold_data_and_no_sentence(store: Store, name: str) -> None:
    HAPPENINGS[name][1](store)
    filed = notices(store)
    assert filed
    found = {each.key: sentences_in(each.facts) for each in filed}
    assert {key: said for key, said in found.items() if said} == {}


def test_a_sentence_among_facts_is_found() -> None:
    facts = {"tasks": [{"said": "The plan does not hold. Move the launch."}]}
    assert sentences_in(facts) == ["said: The plan does not hold. Move the launch."]


def test_a_part_that_is_handed_on_has_six_facts() -> None:
    found = part_fact(
        "a", "A 1", task="x", title="X", due=date(2027, 2, 1), part="owner"
    )
    assert found == {
        "launch": "a",
        "product": "A 1",
        "task": "x",
        "title": "X",
        "due": "2027-02-01",
        "field": "owner",
    }
