import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from launch_kits.documents.escaping import Markdown, escape, link
from launch_kits.inputs.links import LONGEST

#: reads more markup than our own pages do: raw HTML, images, strikethrough and inline footnotes as
#: well
READER = (
    MarkdownIt("commonmark", {"html": True})
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
)

#: places of values in templates: the text before and after, and the place of the text among the
#: inline tokens
PLACES = [
    "{}",
    "- {}",
    "1. {}",
    "> {}",
    "# {}",
    "text\n{}",
    "- text\n  {}",
    "**{}**",
    "{}[^1]\n\n[^1]: x",
    "| a |\n|---|\n| {} |",
]

HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(list("*_`[]()|<>#~\\!&:;=+-.$^{}\"' \n\t1a")),
        st.sampled_from(
            [
                "<script>",
                "[x](javascript:alert(1))",
                "![x](http://x.y/z.png)",
                "---",
                "```",
                "~~~",
                "1. ",
                "- ",
                "# ",
                ":::",
            ]
        ),
        st.sampled_from(
            [
                "<!-- layout: folded -->",
                "&lt;",
                "&#x6a;",
                "[^1]",
                "[^1]: x",
                "| a | b |",
                "<a@b.c>",
                "===",
                "|-|",
            ]
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=8,
).map("".join)


def shown(text: str) -> str:
    """A value as a reader should see it."""
    kept = re.sub(
        r"[\u202a-\u202e\u2066-\u2069]",
        "",
        re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", text),
    )
    return kept.strip(" ")


@pytest.mark.parametrize(
    "text",
    [
        "Valkey 9.0",
        "1.2M QPS on AWS r7g",
        "valkey-9",
        "snake_case stays",
        "R&D, AT&T",
        "< 5 ms, a < b > c",
        "~40% less",
        "USD 0 (forever)",
        "-5% and +3",
        "C# and F#",
        "a/b, 50:50; “quoted”, it's fine!",
        "https://acme.example/a_b?c=d",
        "#1 in its market",
        "--flag",
        "2027-03-02",
    ],
)
def test_text_without_markup_is_unchanged(text):
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# Big", r"\# Big"),
        ("1. First", r"1\. First"),
        ("- item", r"\- item"),
        ("> quote", r"\> quote"),
        ("two\n\n# lines", "two # lines"),
        ("*bold* `code` [a](b)", r"\*bold\* \`code\` \[a\](b)"),
        ("a | b", r"a \| b"),
        ("_word_ in_side", r"\_word\_ in_side"),
        ("<b>&amp;", "&lt;b>&amp;amp;"),
        ("ends with \\", "ends with \\\\"),
    ],
)
def test_only_what_could_be_markup_is_escaped(text, escaped):
    assert escape(text) == escaped


@given(text=HOSTILE)
def test_no_tag_is_left_for_readers_that_do_not_know_a_backslash_before_it(text):
    assert not re.search(r"<[A-Za-z/!?]", escape(text))


@pytest.mark.parametrize("place", PLACES)
@settings(deadline=None)
@given(text=HOSTILE)
@example("#")
@example("=\n")
@example("x\\")
@example("<1@b.c>")
@example("---")
@example(":-:")
@example("&#106;")
def test_a_value_is_shown_as_it_is_in_every_place(place, text):
    tokens = READER.parse(place.format(escape(f"a{text}a")))
    blocks = READER.parse(place.format("plain"))
    assert [token.type for token in tokens] == [token.type for token in blocks]
    tokens = READER.parse(place.format(escape(text)))
    if shown(text).strip():
        assert [token.type for token in tokens] == [token.type for token in blocks]
        inline = [
            child
            for token in tokens
            for child in token.children or ()
            if child.type != "softbreak"
        ]
        assert {child.type for child in inline} <= {
            "text",
            "strong_open",
            "strong_close",
            "footnote_ref",
        }
        written = "".join(child.content for child in inline if child.type == "text")
        assert re.sub(r"\s+", " ", shown(text)).strip() in re.sub(r"\s+", " ", written)


@settings(deadline=None)
@given(url=HOSTILE, text=HOSTILE)
@example("javascript:alert(1)", "x")
@example("https://x.y/a)b|c", "x")
@example("http://x.y/\n[z](http://q.r)", "]")
@example("https://x.y/?a&lt;b", "x")
@example("https://x.y/", "^[^1]: x")
@example("https://user:secret@x.y/", "x")
def test_only_http_and_https_become_links(url, text):
    for address in (url, f"https://x.y/{url}"):
        inline = READER.parse(f"- {link(address, text or 'x')}")[3].children or []
        opened = [token for token in inline if token.type == "link_open"]
        assert len(opened) == len(
            [token for token in inline if token.type == "link_close"]
        )
        assert all(
            re.match(
                r"https?://[^\s/?#@]+([/?#]|$)", str(token.attrs["href"]), re.IGNORECASE
            )
            for token in opened
        )
        assert (
            len(opened) == 1 or address == url or len(str(link(address, "x"))) > LONGEST
        )
        assert {token.type for token in inline} <= {"text", "link_open", "link_close"}


def test_markdown_is_unchanged_and_text_added_to_it_is_escaped():
    bold = Markdown("**b**")
    assert escape(bold) is bold
    assert bold + "*" == r"**b**\*"
    assert Markdown("%s!") % "<i>" == "&lt;i>!"
    assert Markdown(", ").join(["*", bold]) == r"\*, **b**"


def test_nothing_is_shown_for_none():
    assert escape(None) == ""
    assert escape(750000) == "750000"


def test_an_address_without_a_text_is_written_once():
    url = "https://x.y/a?b=1&copy;=_2_"
    written = link(url, url)
    assert written == f"<{url}>"
    opened, shown_text, _ = READER.parse(str(written))[1].children
    assert opened.attrs["href"] == shown_text.content == url
    assert link("ftp://x.y/", "ftp://x.y/") == "ftp://x.y/"


@pytest.mark.parametrize(
    "text",
    [
        "a" + "_" * 200_000 + "a",
        "_" * 200_000,
        "-" * 200_000 + "a",
        "=" * 200_000 + "a",
    ],
)
def test_a_long_text_is_escaped_soon(text):
    began = time.process_time()
    assert escape(text).replace("\\", "") == text
    assert time.process_time() - began < 20
