"""No page, file or feed holds a line whose circle its reader is not in."""

from __future__ import annotations

import io
import zipfile
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from launch_kits.inputs.audience import Audience
from launch_kits.room.links import LinkKind, make_link
from launch_kits.verbs import done
from tests.launches import LEAD, NOW, PMM, SLUG, brief_with, kit_with, ledger_of, opened

OUTSIDE = [each for each in Audience if each is not Audience.INTERNAL]
circles = st.sampled_from(list(Audience))
SOURCE = {"url": "https://falcon.example.com", "as_of": "2027-01"}
#: a launch of its own for each example
numbers = count()


def brief_of(slug: str, drawn: list[Audience]):
    """A brief whose texts name the circle that may read them, with documents that print them."""
    words = [f"Only{each.title()}{number}" for number, each in enumerate(drawn)]
    given = [*zip(words, map(str, drawn), strict=True)]
    ledger = ledger_of("osprey")
    ledger["why_we_win"] += [
        {"id": f"m{number}", "claim": word, "src": ["site"], "audience": audience}
        for number, (word, audience) in enumerate(given[:3])
    ]
    documents = {
        "positioning": {"document": "sales_faq.md.j2", "audience": str(drawn[0])},
        "research": {"document": "launch_plan.md.j2", "audience": str(drawn[1])},
        "battlecard": {"audience": str(drawn[2]), "review": None},
        "legal_review": {
            "each": "partners",
            "title": "Kit: {{ item.name }}",
            "document": "partner_kit.md.j2",
            "audience": str(drawn[3]),
            "after": [],
            "review": None,
            "role": "pmm",
        },
        "training": {"after": []},
    }
    return brief_with(
        launch=slug,
        kit=kit_with(**documents),
        partners=[{"key": "nord", "name": "Nord"}],
        positioning={
            "alternatives": [
                {"key": "osprey", "name": "Osprey", "claims": ledger},
                {"key": "kite", "name": "Kite", "claims": ledger_of("kite")},
            ]
        },
        faq=[
            {
                "ask": f"Is it {word}?",
                "answer": f"It is {word}.",
                "audience": audience,
                "source": SOURCE,
            }
            for word, audience in given
        ],
        commitments=[
            {"text": f"We promise {word}.", "audience": audience, "source": SOURCE}
            for word, audience in given
        ],
    ), given


def readable(content: bytes) -> str:
    """All text of a file, that of an Office document unpacked."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(
            parts.read(name).decode("utf-8", "replace") for name in parts.namelist()
        )


@pytest.fixture
def empty(arriving):
    return arriving()


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=st.lists(circles, min_size=4, max_size=6))
def test_no_reader_gets_a_line_of_a_circle_that_they_are_not_in(empty, drawn):
    slug = f"{SLUG}{next(numbers)}"
    store = empty.store
    brief, given = brief_of(slug, drawn)
    opened(store, brief)
    documents = ("positioning", "research", "battlecard:osprey", "legal_review:nord")
    for key in documents:
        done(store, slug, key, by=PMM, now=NOW)
    empty.sign_in(LEAD)
    stranger = empty.another(host="http://abc.tunnel.example")
    given_to = 0
    for reader in OUTSIDE:
        hidden = {
            word for word, circle in given if not reader.may_read(Audience(circle))
        }
        link = make_link(
            store, slug, kind=LinkKind.DOCUMENTS, audience=reader, by=LEAD, now=NOW
        )
        pages = [stranger.get(f"/shared/{link}")]
        for key in documents:
            for form in ("md", "html", "docx"):
                pages += [
                    stranger.get(f"/shared/{link}/{key}/{form}"),
                    empty.get(f"/launches/{slug}/documents/{key}/{reader}/{form}"),
                ]
        for page in pages:
            assert page.status_code in {200, 404, 409}, page.text
            text = readable(page.content)
            assert [word for word in hidden if word in text] == [], page.url
            given_to += page.status_code == 200
    assert given_to >= len(OUTSIDE), "the pages of the links at least"


def test_each_reader_gets_the_lines_of_their_circle(empty):
    """The search above would find a line that is told."""
    circles_of = [*[Audience.CUSTOMER] * 3, Audience.PARTNER]
    brief, given = brief_of(SLUG, circles_of)
    opened(empty.store, brief)
    empty.sign_in(LEAD)
    base = f"/launches/{SLUG}/documents"
    for path, word in (
        (f"{base}/positioning/customer/md", given[0][0]),
        (f"{base}/positioning/customer/docx", given[0][0]),
        (f"{base}/legal_review:nord/partner/html", given[0][0]),
    ):
        assert word in readable(empty.get(path).content), path
