from __future__ import annotations

import re

import pytest

from launch_kits import verbs
from tests.launches import LEAD, NOW, OPS, PMM, SLUG, brief_with, kit_with, opened
from tests.room.visiting import Visit, text_of

PAGE = f"/launches/{SLUG}/share"


def made(visit: Visit, path: str = PAGE, **fields: str) -> list[str]:
    """The addresses of a new link, as the page shows them, without their server."""
    answer = visit.send(path, **fields)
    assert answer.status_code == 200, text_of(answer.text)
    found = re.findall(r'readonly value="([^"]*)"', answer.text)
    return [re.sub("^(https?|webcal)://[^/]*", "", each) for each in found]


def test_the_lead_makes_a_link_and_revokes_it(visit):
    visit.sign_in(LEAD)
    assert "No link works" in visit.text(PAGE)
    (address,) = made(visit, kind="launch", days="30")
    stranger = visit.another(host="http://abc.tunnel.example")
    assert "Falcon 2" in stranger.get(address).text
    page = visit.get(PAGE).text
    assert address not in page, "it is shown once"
    assert "Falcon 2, read-only" in text_of(page)
    number = re.search(r"/share/(\d+)/revoke", page)
    assert number
    visit.send(f"{PAGE}/{number[1]}/revoke")
    refused = stranger.get(address)
    assert refused.status_code == 404
    assert "Falcon" not in refused.text
    assert "Workload" not in refused.text, "no navigation for strangers"


def test_others_subscribe_and_share_nothing_else(visit):
    visit.sign_in(LEAD)
    made(visit, kind="launch", days="7")
    visit.sign_in(PMM)
    assert "Make a link" not in visit.text(PAGE)
    assert visit.send(PAGE, kind="launch", days="7").status_code == 403
    assert visit.send(f"{PAGE}/1/revoke").status_code == 403
    first, _ = made(visit, f"{PAGE}/calendar", whose="mine")
    feed = visit.another().get(first)
    assert feed.headers["content-type"].startswith("text/calendar")
    assert "Positioning" in feed.text
    assert "Training" not in feed.text
    whole, _ = made(visit, f"{PAGE}/calendar", whose="all")
    assert "Training" in visit.another().get(whole).text
    again, _ = made(visit, f"{PAGE}/calendar", whose="mine")
    assert visit.another().get(first).status_code == 404
    assert visit.another().get(whole).status_code == 200
    newer = visit.another().get(again)
    uids = re.compile("UID:(.*)")
    assert uids.findall(newer.text) == uids.findall(feed.text)


def test_the_calendar_of_all_is_for_people_with_a_part_and_ends_with_it(visit):
    visit.sign_in(PMM)
    whole, _ = made(visit, f"{PAGE}/calendar", whose="all")
    verbs.delegate(visit.store, person=PMM, to=OPS, now=NOW)
    assert visit.another().get(whole).status_code == 404
    assert "all tasks" not in visit.text(PAGE)
    refused = visit.send(f"{PAGE}/calendar", whose="all")
    assert refused.status_code == 409
    assert "only people with a part in Falcon 2" in text_of(refused.text)
    made(visit, f"{PAGE}/calendar", whose="mine")


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "everything", "days": "30"},
        {"kind": "calendar", "days": "30"},
        {"kind": "launch", "days": "400"},
        {"kind": "launch"},
        {"kind": "documents", "days": "30", "audience": "all"},
        {"kind": "documents", "days": "30", "audience": "internal"},
        {"kind": "picture", "days": "30", "sites": "http://wiki.example.com"},
        {"kind": "picture", "days": "30", "sites": "https://a.example; script-src *"},
    ],
)
def test_a_link_that_cannot_be_made_is_refused_in_words(visit, fields):
    visit.sign_in(LEAD)
    refused = visit.send(PAGE, **fields)
    assert refused.status_code == 409
    assert "No link works" in visit.text(PAGE)


def test_the_public_address_is_in_a_link(arriving, visit):
    env = {
        "LAUNCH_KITS_URL": "https://launches.example.com",
        "LAUNCH_KITS_AUTH_HEADER": "X-Email",
        "LAUNCH_KITS_TRUSTED_PROXIES": "127.0.0.1",
    }
    proxied = arriving(**env)
    proxied.browser = proxied.another(host="https://launches.example.com")
    proxied.browser.headers["X-Email"] = LEAD
    answer = proxied.send(f"{PAGE}/calendar", whose="mine")
    assert 'value="webcal://launches.example.com/shared/' in answer.text


def test_a_single_document_is_shared(store, arriving):
    kit = kit_with(battlecard={"audience": "partner"})
    opened(store, brief_with(kit=kit))
    visit = arriving()
    visit.sign_in(LEAD)
    given = {"kind": "documents", "days": "30", "audience": "partner"}
    refused = visit.send(PAGE, document="positioning", **given)
    assert refused.status_code == 409, "it is for colleagues"
    made(visit, document="battlecard:kite", **given)
    page = visit.text(PAGE)
    assert 'The document of "Battlecard: Kite" for partner readers' in page
