"""What holds of each route, found by walking the table: a new page is covered by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from launch_kits.inputs.audience import Audience
from launch_kits.room.assets import address_of
from launch_kits.room.cookies import SESSION
from launch_kits.room.forms.launch_verbs import LAUNCH_VERBS
from launch_kits.room.links import LinkKind, make_link
from launch_kits.room.task_verbs import TASK_VERBS
from launch_kits.verbs import ask, done, flag
from tests.desk import NEW, SELLER, with_desk
from tests.fuzz.hostile import texts
from tests.launches import LEAD, NOW, PMM, SLUG, dump, kit_with
from tests.room.visiting import WORDS_OF_THE_PROGRAM, Visit, text_of

#: routes that no test can walk: a stream without an end
ENDLESS = {"/live"}
#: answers that lead nowhere here, since no OpenID provider is set
WITHOUT_PROVIDER = {"/oidc/start", "/oidc/callback"}
#: the rows that a page read by a link may write: its read log
READ_LOG = "link_read"


@pytest.fixture
def filled(store, arriving) -> Visit:
    """A launch with a question, a link of each kind, and its lead in the browser."""
    for_partners = {"audience": "partner", "review": None}
    with_desk(store, kit=kit_with(battlecard=for_partners))
    for key in ("positioning", "battlecard:osprey"):
        done(store, SLUG, key, by=PMM, now=NOW)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    for by in (SELLER, PMM):
        flag(store, SLUG, "osprey.y1", by=by, now=NOW, note="Outdated")
    flag(store, SLUG, "kite.y1", by=SELLER, now=NOW)
    visit = arriving()
    visit.sign_in(LEAD)
    return visit


def names(visit: Visit) -> dict[str, list[str]]:
    """Values for each part of a path, those of things that are there."""
    secrets = [
        make_link(
            visit.store,
            SLUG,
            kind=kind,
            audience=Audience.PARTNER,
            by=LEAD,
            now=NOW,
            task=None,
        )
        for kind in LinkKind
    ]
    return {
        "launch": [SLUG],
        "task": ["positioning", "battlecard:osprey"],
        "verb": [*TASK_VERBS, *LAUNCH_VERBS],
        "stage": ["story"],
        "check": ["everybody-tells-it"],
        "deed": ["answer"],
        "digest": ["0", address_of("room.css").split("/")[2]],
        "name": ["room.css"],
        "reader": ["internal", "partner"],
        "card": ["osprey"],
        "link": ["1"],
        "secret": secrets,
        "question": ["1"],
        "format": ["html", "csv", "json"],
    }


def addresses(path: str, known: dict[str, list[str]]) -> Iterator[str]:
    """The addresses of a route, with each value of its parts."""
    parts = re.findall(r"{(\w+)}", path)
    for values in product(*(known[part] for part in parts)):
        given = dict(zip(parts, values, strict=True))
        yield path.format(**{name: quote(each) for name, each in given.items()})


def test_reading_changes_nothing(filled):
    """No GET writes a row, whatever mail scanners and previews follow."""
    known = names(filled)
    before = dump(filled.store, without=READ_LOG)
    for route in filled.room.routes:
        if "GET" not in route.methods or route.path in ENDLESS:
            continue
        found = {
            filled.get(address).status_code for address in addresses(route.path, known)
        }
        assert found & {200, 303} or route.path in WITHOUT_PROVIDER, route.path
        assert max(found) < 500, route.path
    assert dump(filled.store, without=READ_LOG) == before


def test_no_form_is_taken_without_its_token(filled):
    known = names(filled)
    before = dump(filled.store)
    for route in filled.room.routes:
        if "POST" not in route.methods:
            continue
        for address in addresses(route.path, known):
            assert filled.browser.post(address).status_code == 403, address
    assert dump(filled.store) == before


def test_no_page_shows_a_person_words_of_the_program(filled):
    """A page has no style or script of its own, no day like 2027-02-05, no key."""
    known = names(filled)
    for route in filled.room.routes:
        if "GET" not in route.methods or route.path in ENDLESS:
            continue
        for address in addresses(route.path, known):
            answer = filled.get(address)
            html = answer.headers.get("content-type", "").startswith("text/html")
            if not html or address.endswith("/html"):
                continue
            for forbidden in ("<style", " style=", "<script>", " onclick="):
                assert forbidden not in answer.text, address
            main = answer.text.partition("<main")[2]
            said = text_of(re.sub(r"<(textarea|option|title)\b.*?</\1>", "", main))
            assert WORDS_OF_THE_PROGRAM.findall(said) == [], address


def sendable(text: str) -> str:
    """A text without halves of characters, which no form can send."""
    return text.encode("utf-8", "replace").decode()


WORDS = texts(most=12).map(sendable)
#: names of fields and of parts of a query that some page reads
READ = [
    *("until", "due", "on", "note", "to", "link", "waits_on", "next", "email"),
    *("decision", "title", "days", "role", "review", "after", "before", "stage"),
    *("checklist", "point", "seen", "confirm", "kind", "audience", "sites", "whose"),
    *("question", "answer", "source", "ref", "form_token", "team.lead.email"),
]
ASKED = [
    *("person", "state", "stage", "all", "next", "until", "due", "on", "q", "copied"),
    *("by", "verb", "task", "since", "before", "code", "error", "part"),
]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_request_makes_the_room_fail(visit, data):
    """Any path, query and form is answered, and none with a server error."""
    if SESSION not in visit.browser.cookies:
        visit.sign_in(LEAD)
    if "known" not in vars(visit):
        visit.known = names(visit)
    routes = [each for each in visit.room.routes if each.path not in ENDLESS]
    route = data.draw(st.sampled_from(routes))
    drawn = {
        part: data.draw(st.one_of(st.sampled_from(visit.known[part]), WORDS)) or "x"
        for part in re.findall(r"{(\w+)}", route.path)
    }
    path = route.path.format(
        **{
            name: quote(each.encode("utf-8", "surrogatepass"), safe="")
            for name, each in drawn.items()
        }
    )
    if "GET" in route.methods:
        query = data.draw(st.dictionaries(st.sampled_from(ASKED), WORDS, max_size=3))
        # the client of the tests sends no address of more than 64 kB
        answer = visit.get(
            path, params={name: text[:1_500] for name, text in query.items()}
        )
    else:
        fields = data.draw(st.dictionaries(st.sampled_from(READ), WORDS, max_size=4))
        fields.pop("form_token", None)
        answer = visit.send(path, **fields)
    assert answer.status_code < 500, (path, answer.text)
