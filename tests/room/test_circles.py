"""No page, file or feed holds a line whose circle its reader is not in.

The addresses come from the table of routes, so that a new one is searched by itself.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import count, product
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from starlette.testclient import TestClient

from launch_kits.inputs.audience import Audience
from launch_kits.room.links import LinkKind, make_link
from launch_kits.server.health import Health
from launch_kits.verbs import done
from tests.launches import LEAD, NOW, PMM, SLUG, brief_with, kit_with, ledger_of, opened
from tests.room.visiting import Visit

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
    """All text of a file: that of an Office document unpacked, that of a PDF by its pages."""
    if content.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(content)).pages
        return "\n".join(page.extract_text() for page in pages)
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(
            parts.read(name).decode("utf-8", "replace") for name in parts.namelist()
        )


DOCUMENTS = ("positioning", "research", "battlecard:osprey", "legal_review:nord")


def addresses(
    visit: Visit, part: str, values: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """Each address that is read whose path has a part: its route, and with each of the values.

    Fails for a route with another part, which needs values too.
    """
    for route in visit.room.routes:
        parts = re.findall(r"{(\w+)}", route.path)
        if part not in parts or "GET" not in route.methods:
            continue
        for each in product(*(values[name] for name in parts)):
            given = {
                name: quote(value, safe=":")
                for name, value in zip(parts, each, strict=True)
            }
            yield route.path, route.path.format(**given)


@pytest.fixture
def empty(arriving):
    return arriving()


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    drawn=st.lists(circles, min_size=4, max_size=6),
    heavy=st.sampled_from(["pdf", "pptx"]),
)
def test_no_reader_gets_a_line_of_a_circle_that_they_are_not_in(empty, drawn, heavy):
    slug = f"{SLUG}{next(numbers)}"
    store = empty.store
    brief, given = brief_of(slug, drawn)
    opened(store, brief)
    for key in DOCUMENTS:
        done(store, slug, key, by=PMM, now=NOW)
    empty.sign_in(LEAD)
    stranger = empty.another(host="http://abc.tunnel.example")
    files = {"task": [*DOCUMENTS], "format": ["md", "html", "docx", heavy]}
    served: set[str] = set()

    def must_hide(browser, route: str, address: str, hidden: set[str]) -> None:
        page = browser.get(address)
        assert page.status_code in {200, 404, 409}, (address, page.text)
        text = html.unescape(readable(page.content))
        assert [word for word in hidden if word in text] == [], address
        if page.status_code == 200:
            served.add(route)

    for reader, kind in product(OUTSIDE, LinkKind):
        link = make_link(store, slug, kind=kind, audience=reader, by=LEAD, now=NOW)
        # only the documents tell anyone outside what the brief says
        hidden = {
            word
            for word, circle in given
            if kind is not LinkKind.DOCUMENTS or not reader.may_read(Audience(circle))
        }
        values = {"secret": [link], **files}
        for route, address in addresses(empty, "secret", values):
            must_hide(stranger, route, address, hidden)
    for reader in OUTSIDE:
        hidden = {
            word for word, circle in given if not reader.may_read(Audience(circle))
        }
        values = {"launch": [slug], "reader": [str(reader)], **files}
        for route, address in addresses(empty, "reader", values):
            must_hide(empty, route, address, hidden)
    walked = {
        route.path
        for route in empty.room.routes
        if {"secret", "reader"} & set(re.findall(r"{(\w+)}", route.path))
    }
    # a document may be for none of them; the last test here sees that some are
    assert {path for path in walked - served if "{format}" not in path} == set()


def test_what_no_one_has_to_sign_in_for_tells_nothing_of_a_launch(empty):
    """Health, figures, and each page to a stranger who holds no link."""
    brief, given = brief_of(SLUG, [*circles_of_all()])
    opened(empty.store, brief)
    stranger = empty.another(host="http://abc.tunnel.example")
    words = [*(word for word, _ in given), "Falcon", LEAD, "Lee"]
    health = Health(empty.settings, {})
    app = TestClient(health.application(health.routes))
    answers = [app.get(path) for path in ("/healthz", "/readyz", "/metrics")]
    for route in empty.room.routes:
        if "GET" in route.methods:
            address = re.sub(r"{\w+}", "positioning", route.path)
            answers.append(stranger.get(address.replace("positioning", SLUG, 1)))
    for answer in answers:
        assert [word for word in words if word in answer.text] == [], answer.url
    health.close()


def test_only_lines_for_customers_are_offered_to_be_copied(empty):
    brief, given = brief_of(SLUG, [*circles_of_all()])
    opened(empty.store, brief)
    empty.sign_in(PMM)
    page = empty.get(f"/launches/{SLUG}/cards/osprey").text
    copied = re.findall(r'data-copy="([^"]*)"', page)
    told = [word for word, circle in given if circle == Audience.CUSTOMER]
    assert [word for word in told if word in page and word not in str(copied)] == []
    kept = [word for word, circle in given if circle != Audience.CUSTOMER]
    assert [word for word in kept if word in str(copied)] == []
    assert copied


def circles_of_all() -> Iterator[Audience]:
    """Each circle among the claims, and again among all else."""
    yield from (*Audience, *Audience)


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
