from launch_kits.views.notices.facts import mapping_of, rows_of, texts_of


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
