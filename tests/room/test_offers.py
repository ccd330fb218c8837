"""Nothing that a page offers a person is refused to them, or leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from launch_kits.room.forgery import FIELD
from launch_kits.verbs import approve, ask, block, done, extend, flag
from tests.desk import NEW, SELLER, SUPPORT, with_desk
from tests.launches import LEAD, LEGAL, NOW, PMM, SALES, SLUG
from tests.room.visiting import WORDS_OF_THE_PROGRAM, Visit, text_of

#: what a person writes into a long field
WRITTEN = "Is the invoice in yen?"
#: files that take long to make, and are no pages
HEAVY = re.compile(r"/documents/.+/(pdf|pptx|docx)$")
#: forms after which the visitor is no one any more
ENDING = re.compile(r"/sign-out$|/sessions/|/sign-in$")
#: answers to a person who may not, to an address that is not there, and to a fault
WRONG = {401, 403, 404, 405, 429}


class _Offers(HTMLParser):
    """The addresses and forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        #: method, address and values of each form
        self.forms: list[tuple[str, str, list[tuple[str, str]]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "data-to"):
            if given.get(name, "").startswith("/"):
                self.addresses.append(given[name].partition("#")[0])
        if tag == "form":
            self.forms.append((given.get("method", "get"), given["action"], []))
        named = given.get("name")
        chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if named and self.forms and tag in ("input", "button") and chosen:
            self.forms[-1][2].append((named, given.get("value", "")))
        if named and tag == "textarea":
            self.forms[-1][2].append((named, WRITTEN))


def walked(visit: Visit) -> Iterator[tuple[str, _Offers]]:
    """Follow all that the pages offer, and yield what each address answers with."""
    waiting = ["/launches", "/me"]
    seen = set()
    while waiting:
        address = waiting.pop()
        if address in seen or HEAVY.search(address):
            continue
        seen.add(address)
        answer = visit.get(address)
        where = f"{visit.whom}: {address}"
        assert answer.status_code in {200, 303, 422}, (where, text_of(answer.text))
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        offers = _Offers(answer.text)
        yield address, offers
        waiting += offers.addresses
        waiting += [
            f"{to.partition('#')[0]}?{urlencode(values)}"
            for method, to, values in offers.forms
            if method == "get"
        ]


@pytest.fixture
def busy(store, arriving):
    """A launch in which each kind of act is to be had."""
    with_desk(store)
    done(store, SLUG, "positioning", by=PMM, now=NOW)
    done(store, SLUG, "battlecard:osprey", by=PMM, now=NOW)
    approve(store, SLUG, "battlecard:osprey", by=LEGAL, now=NOW)
    done(store, SLUG, "battlecard:kite", by=PMM, now=NOW)
    block(store, SLUG, "research", note="No data", by=PMM, now=NOW)
    extend(store, SLUG, "legal_review", until=date(2027, 3, 1), by=LEGAL, now=NOW)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    flag(store, SLUG, "osprey.y1", by=SELLER, now=NOW, note="Outdated")
    return arriving


@pytest.mark.parametrize("whom", [LEAD, PMM, LEGAL, SALES, SUPPORT, None])
def test_nothing_that_is_offered_is_refused(busy, whom):
    visit = busy()
    visit.whom = whom
    if whom:
        visit.sign_in(whom)
    forms = {
        (to, tuple(value for value in values if value[0] != FIELD))
        for _, offers in walked(visit)
        for method, to, values in offers.forms
        if method == "post" and not ENDING.search(to)
    }
    assert forms
    for to, values in sorted(forms):
        answer = visit.send(to, **dict(values))
        said = (whom, to, text_of(answer.text))
        assert answer.status_code not in WRONG, said
        assert answer.status_code < 500, said
        if whom and answer.status_code == 303:
            assert not answer.headers["location"].startswith("/sign-in"), to
            told = visit.said(answer)
            assert WORDS_OF_THE_PROGRAM.findall(told) == [], (to, told)
