from __future__ import annotations

from datetime import timedelta

from launch_kits.database.store import Store
from launch_kits.inputs.audience import Audience
from launch_kits.room.links import LIFE, LinkKind, links_of, make_link
from launch_kits.verbs import approve, done
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SLUG,
    brief_with,
    kit_with,
    opened,
)
from tests.room.visiting import text_of

CARD = "battlecard:kite"


def link(store: Store, kind: LinkKind, **more: object) -> str:
    given = {"audience": Audience.INTERNAL, "by": LEAD, "now": NOW, **more}
    return f"/shared/{make_link(store, SLUG, kind=kind, **given)}"


def stranger(visit):
    return visit.another(host="http://abc.tunnel.example")


def test_a_launch_is_shown_read_only_and_its_reads_are_counted(visit):
    address = link(visit.store, LinkKind.LAUNCH)
    holder = stranger(visit)
    answer = holder.get(address)
    for text in ("Falcon 2", "Positioning", "Launch day"):
        assert text in text_of(answer.text)
    assert "/launches/" not in answer.text, "nothing that needs a sign-in"
    assert "<form" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert holder.get(f"{address}/timeline.svg").status_code == 200
    assert holder.post(address).status_code == 405
    (use,) = links_of(visit.store, SLUG, now=NOW)
    assert use.reads == 1, "one of an address in ten minutes"
    visit.now = NOW + LIFE
    assert holder.get(address).status_code == 404


def test_a_link_opens_only_its_own_part(visit):
    launch = link(visit.store, LinkKind.LAUNCH)
    picture = link(visit.store, LinkKind.PICTURE)
    feed = link(visit.store, LinkKind.CALENDAR, person=PMM)
    partner = link(visit.store, LinkKind.DOCUMENTS, audience=Audience.PARTNER)
    holder = stranger(visit)
    for address in (
        f"{launch}/calendar.ics",
        f"{launch}/{CARD}/html",
        f"{picture}/calendar.ics",
        feed,
        f"{feed}/timeline.svg",
        f"{partner}/timeline.svg",
        f"{partner}/calendar.ics",
    ):
        answer = holder.get(address)
        assert answer.status_code == 404, address
        assert "Falcon" not in answer.text


def test_a_picture_is_framed_by_the_sites_of_its_link_alone(visit):
    sites = ["https://*.notion.site", "https://wiki.example.com"]
    framed = link(visit.store, LinkKind.PICTURE, sites=sites)
    answer = stranger(visit).get(framed)
    policy = answer.headers["content-security-policy"]
    assert f"frame-ancestors {' '.join(sites)}" in policy
    assert "'none'" not in policy.partition("frame-ancestors")[2]
    picture = stranger(visit).get(f"{framed}/timeline.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")


def test_partners_get_finished_documents_of_their_circle(store, arriving):
    card = KIT["stages"][1]["tasks"][0]
    for_partners = {**card, "audience": "partner"}
    opened(store, brief_with(kit=kit_with(battlecard=for_partners)))
    visit = arriving()
    address = link(store, LinkKind.DOCUMENTS, audience=Audience.PARTNER)
    holder = stranger(visit)
    assert "No document is finished yet" in holder.get(address).text
    assert holder.get(f"{address}/{CARD}/html").status_code == 404
    for key in ("positioning", CARD):
        done(store, SLUG, key, by=PMM, now=NOW)
    approve(store, SLUG, CARD, by=LEGAL, now=NOW + timedelta(minutes=1))
    visit.now = NOW + timedelta(minutes=2)
    page = text_of(holder.get(address).text)
    assert "Battlecard: Kite" in page
    assert "Battlecard: Osprey" not in page
    document = holder.get(f"{address}/{CARD}/html")
    # the claims of the ledger are for colleagues
    assert "Falcon is faster" not in document.text
    customers = link(store, LinkKind.DOCUMENTS, audience=Audience.CUSTOMER)
    assert "Kite" not in holder.get(customers).text
    assert holder.get(f"{customers}/{CARD}/html").status_code == 404


def test_a_link_to_one_document_gives_no_other(store, arriving):
    for_partners = {"audience": "partner", "review": None}
    opened(store, brief_with(kit=kit_with(battlecard=for_partners)))
    for key in ("positioning", CARD, "battlecard:osprey"):
        done(store, SLUG, key, by=PMM, now=NOW)
    visit = arriving()
    partner = {"audience": Audience.PARTNER}
    address = link(store, LinkKind.DOCUMENTS, task=CARD, **partner)
    holder = stranger(visit)
    page = text_of(holder.get(address).text)
    assert "Battlecard: Kite" in page
    assert "Osprey" not in page
    assert holder.get(f"{address}/{CARD}/html").status_code == 200
    assert holder.get(f"{address}/battlecard:osprey/html").status_code == 404
