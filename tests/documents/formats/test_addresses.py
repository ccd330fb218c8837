from launch_kits.documents.formats.addresses import with_addresses
from launch_kits.documents.formats.blocks import Notes, Paragraph, Run
from launch_kits.documents.formats.outline import outline


def sources(markdown: str) -> list[str]:
    (_, last) = with_addresses(outline(f"- a[^1]\n\n## Sources\n\n[^1]: {markdown}"))
    (notes,) = (block for block in last.blocks if isinstance(block, Notes))
    return [
        "".join(run.text for run in block.runs)
        for item in notes.items
        for block in item
        if isinstance(block, Paragraph)
    ]


def test_a_shortened_address_is_written_in_full() -> None:
    text = "[valkey.io/…/migration](https://valkey.io/topics/migration/): ours"
    assert sources(text) == ["valkey.io/topics/migration: ours"]


def test_a_title_is_followed_by_its_address() -> None:
    text = "[Release notes](https://a.example/b), 3 May 2026"
    assert sources(text) == ["Release notes, a.example/b, 3 May 2026"]


def test_a_whole_address_is_not_repeated_and_a_place_has_none() -> None:
    assert sources("[a.example/b](https://a.example/b)") == ["a.example/b"]
    assert sources("CRM, report 12") == ["CRM, report 12"]


def test_links_outside_of_sources_stay_as_they_are() -> None:
    given = outline("See [it](https://a.example/b/c).")
    assert with_addresses(given) == given
    assert given[0].blocks[0].runs[1] == Run("it", href="https://a.example/b/c")
