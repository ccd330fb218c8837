import pytest

from launch_kits.documents.formats.sections import Layout, parser, parts


def divided(markdown: str) -> list[tuple[Layout, bool, str]]:
    return [
        (part.layout, part.section, " ".join(token.content for token in part.tokens))
        for part in parts(parser().parse(markdown))
    ]


def test_a_section_begins_with_a_heading_of_level_two():
    found = divided("# T\n\na\n\n## A\n\n### B\n\n## C")
    assert [(section, text.split()) for _, section, text in found] == [
        (False, ["T", "a"]),
        (True, ["A", "B"]),
        (True, ["C"]),
    ]


@pytest.mark.parametrize("layout", Layout)
def test_a_line_sets_the_layout_of_the_sections_after_it(layout):
    found = divided(f"## A\n\n<!-- layout: {layout} -->\n\n## B\n\n## C")
    assert [(each, text.strip()) for each, _, text in found if text.strip()] == [
        (Layout.PLAIN, "A"),
        (layout, "B"),
        (layout, "C"),
    ]


def test_a_heading_or_a_layout_within_a_list_begins_nothing():
    assert len(divided("- ## A\n- <!-- layout: folded -->")) == 1
    assert len(divided("<!-- layout: unknown -->")) == 1


def test_html_images_and_other_addresses_stay_text():
    text = "<b>x</b> ![x](https://x.y/z.png) [x](javascript:alert)"
    (inline,) = [token for token in parser().parse(text) if token.type == "inline"]
    kinds = {child.type for child in inline.children}
    assert kinds == {"text", "link_open", "link_close"}
